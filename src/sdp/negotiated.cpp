#include "sdp/negotiated.h"

#include <algorithm>

namespace parley::sdp {

std::uint8_t NegotiatedMedia::extension_id(std::string_view uri) const {
  const auto it = std::ranges::find(extensions, uri, &NegotiatedExtension::uri);
  return it == extensions.end() ? std::uint8_t{0} : it->id;
}

std::optional<Ssrc> NegotiatedMedia::rtx_ssrc_of(Ssrc primary) const {
  for (const auto& group : ssrc_groups) {
    if (group.semantics == "FID" && group.ssrcs.size() == 2 && group.ssrcs[0] == primary) return group.ssrcs[1];
  }
  return std::nullopt;
}

std::vector<Ssrc> NegotiatedMedia::primary_ssrcs() const {
  std::vector<Ssrc> out;
  for (const auto& group : ssrc_groups) {
    if (group.semantics == "SIM") return group.ssrcs;
  }
  for (const auto& entry : ssrcs) {
    const bool is_repair = std::ranges::any_of(ssrc_groups, [&](const SsrcGroup& group) {
      return group.semantics == "FID" && group.ssrcs.size() == 2 && group.ssrcs[1] == entry.ssrc;
    });
    if (!is_repair) out.push_back(entry.ssrc);
  }
  return out;
}

}  // namespace parley::sdp
