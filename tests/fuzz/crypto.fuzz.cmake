parley_fuzz(stun ice)
