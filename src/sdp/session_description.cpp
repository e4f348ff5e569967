#include "sdp/session_description.h"

#include <algorithm>

#include "sdp/text.h"

namespace parley::sdp {

bool can_send(Direction direction) { return direction == Direction::kSendRecv || direction == Direction::kSendOnly; }

bool can_receive(Direction direction) { return direction == Direction::kSendRecv || direction == Direction::kRecvOnly; }

Direction direction_of(bool send, bool receive) {
  if (send) return receive ? Direction::kSendRecv : Direction::kSendOnly;
  return receive ? Direction::kRecvOnly : Direction::kInactive;
}

Direction reversed(Direction direction) { return direction_of(can_receive(direction), can_send(direction)); }

std::string_view text_of(Direction direction) {
  switch (direction) {
    case Direction::kSendRecv:
      return "sendrecv";
    case Direction::kSendOnly:
      return "sendonly";
    case Direction::kRecvOnly:
      return "recvonly";
    case Direction::kInactive:
      break;
  }
  return "inactive";
}

std::string_view text_of(Setup setup) {
  switch (setup) {
    case Setup::kActpass:
      return "actpass";
    case Setup::kActive:
      return "active";
    case Setup::kPassive:
      return "passive";
    case Setup::kHoldconn:
      break;
  }
  return "holdconn";
}

std::string_view text_of(MediaType type) {
  switch (type) {
    case MediaType::kAudio:
      return "audio";
    case MediaType::kVideo:
      return "video";
    case MediaType::kApplication:
      return "application";
    case MediaType::kOther:
      break;
  }
  return "other";
}

std::optional<std::string_view> fmtp_value(std::string_view parameters, std::string_view key) {
  while (!parameters.empty()) {
    std::string_view value = text::cut(parameters, ';');
    const std::string_view name = text::trim(text::cut(value, '='));
    if (text::equal_ignoring_case(name, key)) return text::trim(value);
  }
  return std::nullopt;
}

const RtpMap* MediaSection::rtpmap_of(PayloadType payload_type) const {
  const auto it = std::ranges::find(rtpmaps, payload_type, &RtpMap::payload_type);
  return it == rtpmaps.end() ? nullptr : &*it;
}

std::string_view MediaSection::fmtp_of(PayloadType payload_type) const {
  const auto it = std::ranges::find(fmtps, payload_type, &Fmtp::payload_type);
  return it == fmtps.end() ? std::string_view{} : it->parameters;
}

bool MediaSection::has_feedback(PayloadType payload_type, std::string_view value) const {
  return std::ranges::any_of(feedback, [&](const RtcpFeedback& entry) {
    return (!entry.payload_type || *entry.payload_type == payload_type) &&
           text::equal_ignoring_case(entry.value, value);
  });
}

std::optional<PayloadType> MediaSection::rtx_of(PayloadType payload_type) const {
  for (const PayloadType candidate : payload_types) {
    const RtpMap* map = rtpmap_of(candidate);
    if (map == nullptr || !text::equal_ignoring_case(map->name, "rtx")) continue;
    const auto apt = fmtp_value(fmtp_of(candidate), "apt");
    if (apt && text::number<std::uint8_t>(*apt) == payload_type.value) return candidate;
  }
  return std::nullopt;
}

std::optional<Msid> MediaSection::effective_msid() const {
  if (msid) return msid;
  for (const auto& entry : ssrcs) {
    if (entry.msid) return entry.msid;
  }
  return std::nullopt;
}

const Group* SessionDescription::bundle() const {
  const auto it = std::ranges::find(groups, "BUNDLE", &Group::semantics);
  return it == groups.end() ? nullptr : &*it;
}

const MediaSection* SessionDescription::section(std::string_view mid) const {
  const auto it = std::ranges::find(media, mid, &MediaSection::mid);
  return it == media.end() ? nullptr : &*it;
}

MediaSection* SessionDescription::section(std::string_view mid) {
  const auto it = std::ranges::find(media, mid, &MediaSection::mid);
  return it == media.end() ? nullptr : &*it;
}

}  // namespace parley::sdp
