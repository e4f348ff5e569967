parley_fuzz(tcp_framing net)
