parley_fuzz(stun ice)
parley_fuzz(srtp_unprotect srtp)
parley_fuzz(dtls_records dtls)
