// The transport half of a description: what we say of ours, what the peer says of its own.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "sdp/session_description.h"

namespace parley::sdp {

// Ours, as it goes into every description for one peer connection. We are ICE-lite.
inline constexpr std::uint64_t kMaxMessageSize = 262144;  // bytes; what browsers state too

struct LocalTransport {
  std::string ice_ufrag;
  std::string ice_pwd;
  Fingerprint fingerprint;
  std::vector<Candidate> candidates;                 // all we have; may be empty when they are trickled
  std::uint64_t max_message_size = kMaxMessageSize;  // bytes of one message over data channels
};

struct RemoteTransport {
  std::string ufrag;
  std::string pwd;
  Fingerprint fingerprint;        // the strongest hash that was listed
  Setup setup = Setup::kActpass;  // also when the description has none
  friend bool operator==(const RemoteTransport&, const RemoteTransport&) = default;
};

// The attributes in force for a section: its own, and the session's for those it lacks (RFC 8839 section 4, RFC 8122).
TransportAttributes transport_of(const SessionDescription& description, const MediaSection& section);

// The section whose transport all bundled sections share: the first accepted one named by BUNDLE, without BUNDLE the
// first accepted one. nullptr when every section is refused.
const MediaSection* transport_section(const SessionDescription& description);

// Checked: ufrag 4..256 and pwd 22..256 ICE characters, a fingerprint present. Error code "sdp_transport", field
// "ice-ufrag", "ice-pwd", "fingerprint" or "m".
Result<RemoteTransport, Error> remote_transport(const SessionDescription& description);
// The same for a given section of the description.
Result<RemoteTransport, Error> remote_transport(const SessionDescription& description, const MediaSection& section);

// The answerer's a=setup for an offered one: `preferred` (kActive or kPassive) where the offer leaves the choice.
Setup answer_setup(Setup offered, Setup preferred);

// Whether we are the DTLS server, given the peer's a=setup in its answer to our actpass. An answer without the
// attribute or with actpass counts as active.
bool is_dtls_server(Setup remote_answer);

}  // namespace parley::sdp
