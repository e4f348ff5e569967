// What both ICE agents need of libnice's STUN API: an agent with our settings, and its address type.
#pragma once

#include <stun/stunagent.h>
#include <sys/socket.h>

#include <optional>

#include "base/address.h"

namespace parley::ice {

// Short-term credentials and FINGERPRINT, as RFC 8445 section 7.1 asks. A StunAgent is 11 KiB, most of it a table of
// requests sent, so ours live on the stack for one message and are handed what they have to know.
void init_stun_agent(StunAgent& agent);

// IPv4-mapped addresses become AF_INET: a v4 peer expects its own family back.
socklen_t to_sockaddr(const Address& address, sockaddr_storage& out);
std::optional<Address> from_sockaddr(const sockaddr_storage& in, Protocol protocol);

}  // namespace parley::ice
