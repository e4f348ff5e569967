#include "sdp/extension_answer.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace parley::sdp {
namespace {

struct Rule {
  std::string_view uri;
  bool audio;
  bool video;
};
// The same on every section of a kind, whoever sends on it: Chromium offers a new section only what its first section
// of that kind agreed on, so a viewer's sections without rid would keep it from publishing simulcast later.
constexpr std::array<Rule, 10> kRules{{
    {kUriMid, true, true},
    {kUriRid, false, true},
    {kUriRepairedRid, false, true},
    {kUriTransportCc, true, true},
    {kUriAbsSendTime, true, true},
    {kUriAudioLevel, true, false},
    {kUriAbsCaptureTime, true, true},
    {kUriPlayoutDelay, false, true},
    {kUriVideoOrientation, false, true},
    {kUriDependencyDescriptor, false, true},
}};

// 15 is reserved in the one-byte form, larger ids need the two-byte form (RFC 8285 section 4.2).
bool is_usable_id(std::uint16_t id, bool two_byte_ids) {
  return (id >= 1 && id <= 14) || (two_byte_ids && id >= 16 && id <= 255);
}

// The suffix is the client's: what it only receives is of no use where it sends, and the reverse.
bool serves(const ExtMap& entry, const ExtensionPolicy& policy) {
  if (!entry.direction || (!policy.receiving && !policy.sending)) return true;
  return (policy.receiving && can_send(*entry.direction)) || (policy.sending && can_receive(*entry.direction));
}

bool is_accepted(const ExtMap& entry, MediaType type, const ExtensionPolicy& policy) {
  const auto* const rule = std::ranges::find(kRules, entry.uri, &Rule::uri);
  if (rule == kRules.end() || !is_usable_id(entry.id, policy.two_byte_ids)) return false;
  if (type == MediaType::kAudio ? !rule->audio : !rule->video) return false;
  if (entry.uri == kUriVideoOrientation && !policy.video_orientation) return false;
  if (entry.uri == kUriTransportCc && !policy.transport_cc_feedback) return false;
  return serves(entry, policy);
}

bool is_taken(const std::vector<ExtMap>& accepted, const ExtMap& entry) {
  return std::ranges::any_of(accepted,
                             [&](const ExtMap& other) { return other.id == entry.id || other.uri == entry.uri; });
}

}  // namespace

std::vector<ExtMap> answer_extensions(const MediaSection& offered, const ExtensionPolicy& policy) {
  std::vector<ExtMap> out;
  for (const auto& entry : offered.extmaps) {
    if (!is_accepted(entry, offered.type, policy) || is_taken(out, entry)) continue;
    ExtMap answer = entry;
    if (answer.direction) answer.direction = reversed(*answer.direction);
    out.push_back(std::move(answer));
  }
  // abs-send-time serves receivers that estimate the bandwidth themselves; with transport-cc it would be dead weight.
  const bool transport_cc = std::ranges::find(out, kUriTransportCc, &ExtMap::uri) != out.end();
  if (transport_cc) std::erase_if(out, [](const ExtMap& entry) { return entry.uri == kUriAbsSendTime; });
  return out;
}

}  // namespace parley::sdp
