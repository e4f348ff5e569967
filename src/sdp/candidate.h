// One ICE candidate line (RFC 8839 section 5.1, TCP: RFC 6544), as in an a=candidate attribute or a trickled message:
//
//   candidate:<foundation> <component> <transport> <priority> <address> <port> typ <type>
//             [raddr <address>] [rport <port>] [tcptype <active|passive|so>] [<name> <value>]...
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/result.h"

namespace parley::sdp {

enum class CandidateType : std::uint8_t { kHost, kServerReflexive, kPeerReflexive, kRelay };
enum class TcpType : std::uint8_t { kActive, kPassive, kSimultaneousOpen };

// A name and value after the fixed part that we carry but do not read: generation 0, ufrag abcd, network-cost 999, ...
struct CandidateExtension {
  std::string name;
  std::string value;
  friend bool operator==(const CandidateExtension&, const CandidateExtension&) = default;
};

struct Candidate {
  std::string foundation;
  std::uint16_t component = 1;  // 1 RTP (and all that is multiplexed with it), 2 RTCP
  Protocol transport = Protocol::kUdp;
  std::uint32_t priority = 0;
  std::string address;  // an IP address, or a name under .local (mDNS)
  std::uint16_t port = 0;
  CandidateType type = CandidateType::kHost;
  std::string related_address;  // empty when absent
  std::uint16_t related_port = 0;
  std::optional<TcpType> tcp_type;
  std::vector<CandidateExtension> extensions;

  [[nodiscard]] bool is_mdns() const;
  // The transport address; nullopt for names, which we never resolve.
  [[nodiscard]] std::optional<Address> endpoint() const;
  // Value of the first extension of that name ("ufrag"); nullopt when absent.
  [[nodiscard]] std::optional<std::string_view> extension(std::string_view name) const;
  friend bool operator==(const Candidate&, const Candidate&) = default;
};

// Accepts "candidate:…", "a=candidate:…" and the bare value. Error codes: "candidate_malformed" (field names the part),
// "candidate_unsupported" for a transport or type that nobody here could use; callers pass over the latter in silence.
Result<Candidate, Error> parse_candidate(std::string_view line);

// "candidate:…" without "a=" and without a line end.
std::string print_candidate(const Candidate& candidate);

// A host candidate of our own: UDP, or TCP passive (RFC 6544), from the address's protocol. `preference` 0..65535 ranks
// ours among each other (RFC 8445 section 5.1.2.1); TCP always ranks below UDP.
Candidate host_candidate(const Address& address, std::uint16_t preference = 65535);

}  // namespace parley::sdp
