parley_fuzz(nack_generator forward)
parley_fuzz(stream_demux forward)
parley_fuzz(incoming_track forward)
parley_fuzz(outgoing_track forward)
