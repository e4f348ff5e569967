#include "sdp/transport.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "sdp/text.h"

namespace parley::sdp {
namespace {

// Strongest first; what is not listed comes last, in the order of the description.
const Fingerprint& strongest(const std::vector<Fingerprint>& fingerprints) {
  static constexpr std::array<std::string_view, 4> kPreferred{"sha-256", "sha-512", "sha-384", "sha-224"};
  for (const std::string_view algorithm : kPreferred) {
    const auto it = std::ranges::find(fingerprints, algorithm, &Fingerprint::algorithm);
    if (it != fingerprints.end()) return *it;
  }
  return fingerprints.front();
}

Error unusable(std::string_view field, std::string_view why) {
  return {"sdp_transport", std::string(field) + ": " + std::string(why), std::string(field)};
}

}  // namespace

TransportAttributes transport_of(const SessionDescription& description, const MediaSection& section) {
  TransportAttributes out = section.transport;
  const TransportAttributes& session = description.transport;
  if (out.ice_ufrag.empty()) out.ice_ufrag = session.ice_ufrag;
  if (out.ice_pwd.empty()) out.ice_pwd = session.ice_pwd;
  if (out.ice_options.empty()) out.ice_options = session.ice_options;
  if (out.fingerprints.empty()) out.fingerprints = session.fingerprints;
  if (!out.setup) out.setup = session.setup;
  return out;
}

const MediaSection* transport_section(const SessionDescription& description) {
  if (const Group* bundle = description.bundle()) {
    for (const auto& mid : bundle->mids) {
      const MediaSection* section = description.section(mid);
      if (section != nullptr && !section->rejected()) return section;
    }
  }
  const auto it = std::ranges::find_if(description.media, [](const MediaSection& s) { return !s.rejected(); });
  return it == description.media.end() ? nullptr : &*it;
}

Result<RemoteTransport, Error> remote_transport(const SessionDescription& description) {
  const MediaSection* section = transport_section(description);
  if (section == nullptr) return unusable("m", "every section is refused");
  return remote_transport(description, *section);
}

Result<RemoteTransport, Error> remote_transport(const SessionDescription& description, const MediaSection& section) {
  // RFC 8839 section 5.4.
  const TransportAttributes transport = transport_of(description, section);
  if (!text::all(transport.ice_ufrag, text::is_ice_char, 4, 256)) {
    return unusable("ice-ufrag", "missing, or not 4 to 256 ICE characters");
  }
  if (!text::all(transport.ice_pwd, text::is_ice_char, 22, 256)) {
    return unusable("ice-pwd", "missing, or not 22 to 256 ICE characters");
  }
  if (transport.fingerprints.empty()) return unusable("fingerprint", "missing; media is only taken over DTLS");
  return RemoteTransport{transport.ice_ufrag, transport.ice_pwd, strongest(transport.fingerprints),
                         transport.setup.value_or(Setup::kActpass)};
}

Setup answer_setup(Setup offered, Setup preferred) {
  if (offered == Setup::kActive) return Setup::kPassive;
  if (offered == Setup::kPassive) return Setup::kActive;
  return preferred == Setup::kActive ? Setup::kActive : Setup::kPassive;
}

bool is_dtls_server(Setup remote_answer) { return remote_answer != Setup::kPassive; }

}  // namespace parley::sdp
