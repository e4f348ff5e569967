parley_fuzz(dcep sctp)
parley_fuzz(sctp_packet sctp)
