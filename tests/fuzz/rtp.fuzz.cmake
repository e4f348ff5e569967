parley_fuzz(rtp_packet rtp)
parley_fuzz(rtcp_compound rtp)
parley_fuzz(transport_feedback rtp cc)
parley_fuzz(rtx rtp)
