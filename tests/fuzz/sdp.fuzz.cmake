parley_fuzz(sdp_parse sdp)
parley_fuzz(sdp_candidate sdp)
parley_fuzz(sdp_answer sdp)
