#include "room/single_connection.h"

#include <algorithm>

namespace parley::room {

namespace {

bool offers_codec(const sdp::MediaSection& section, codec::Codec wanted) {
  return std::any_of(section.rtpmaps.begin(), section.rtpmaps.end(), [&](const sdp::RtpMap& map) {
    const auto codec = codec::codec_of(map.name);
    return codec && (*codec == wanted || (wanted == codec::Codec::kRed && *codec == codec::Codec::kOpus));
  });
}

MediaKind kind_of(const sdp::MediaSection& section) {
  return section.type == sdp::MediaType::kVideo ? MediaKind::kVideo : MediaKind::kAudio;
}

bool client_receives(const sdp::MediaSection& section) {
  return section.is_rtp() && !section.rejected() && !section.mid.empty() && sdp::can_receive(section.direction);
}

}  // namespace

bool SingleConnection::add(TimePoint now, const DownTrack& track) {
  remove(now, track.track_sid);
  slots_[track.track_sid] = {track, {}};
  schedule(now);
  return true;
}

void SingleConnection::remove(TimePoint now, const std::string& track_sid) {
  const auto found = slots_.find(track_sid);
  if (found == slots_.end()) return;
  if (!found->second.mid.empty()) cooling_.insert(found->second.mid);
  slots_.erase(found);
  schedule(now);
}

void SingleConnection::schedule(TimePoint now) {
  changed_ = true;
  if (suspended_) return;
  const Timeouts& timeouts = context_.config.timeouts;
  ask_.set_by(std::max(now + timeouts.offer_urgent, last_asked_ + timeouts.offer_debounce));
}

bool SingleConnection::sections_lack(std::uint32_t& audios, std::uint32_t& videos) const {
  std::uint32_t free_audios = 0;
  std::uint32_t free_videos = 0;
  for (const auto& [mid, kind] : free_) ++(kind == MediaKind::kVideo ? free_videos : free_audios);
  for (const auto& [sid, slot] : slots_) {
    if (slot.mid.empty()) ++(slot.track.kind == MediaKind::kVideo ? videos : audios);
  }
  const bool any = audios + videos > 0;
  audios -= std::min(audios, free_audios);
  videos -= std::min(videos, free_videos);
  return any;
}

std::optional<SignalEvent> SingleConnection::poll(TimePoint now) {
  if (!ask_.due(now)) return std::nullopt;
  if (asked_ || !changed_ || (link_ && link_->ended)) return std::nullopt;
  MediaSectionsEvent event;
  if (!sections_lack(event.audios, event.videos) && cooling_.empty()) {
    changed_ = false;
    return std::nullopt;
  }
  asked_ = true;
  changed_ = false;
  last_asked_ = now;
  unanswered_.set(now + context_.config.timeouts.offer_unanswered);
  return event;
}

bool SingleConnection::overdue(TimePoint now) { return unanswered_.due(now) && asked_; }

void SingleConnection::suspend() {
  suspended_ = true;
  asked_ = false;
  unanswered_.clear();
  ask_.clear();
}

std::optional<SignalEvent> SingleConnection::resume(TimePoint now) {
  suspended_ = false;
  // The client restarts ICE by an offer of its own, which may already bring what is lacking.
  if (changed_) schedule(now);
  return std::nullopt;
}

Duration SingleConnection::hold() const {
  return firefox_ && link_ && link_->connected ? context_.config.timeouts.answer_hold : Duration{};
}

std::vector<sdp::SendPlacement> SingleConnection::place(const sdp::SessionDescription& offer,
                                                        const std::set<std::string>& publishing) {
  firefox_ = sdp::is_from_firefox(offer);
  free_.clear();
  std::set<std::string> usable;
  for (const sdp::MediaSection& section : offer.media) {
    if (client_receives(section) && !publishing.contains(section.mid)) usable.insert(section.mid);
  }
  for (auto& [sid, slot] : slots_) {
    if (!usable.contains(slot.mid)) slot.mid.clear();
    usable.erase(slot.mid);
  }
  for (const sdp::MediaSection& section : offer.media) {
    if (!usable.contains(section.mid) || cooling_.contains(section.mid)) continue;
    Slot* chosen = nullptr;
    for (auto& [sid, slot] : slots_) {
      if (!slot.mid.empty() || slot.track.kind != kind_of(section)) continue;
      slot.undecodable = !offers_codec(section, slot.track.codec);
      if (slot.undecodable) continue;
      chosen = &slot;
      break;
    }
    if (chosen != nullptr) {
      chosen->mid = section.mid;
    } else {
      free_.emplace(section.mid, kind_of(section));
    }
  }

  std::vector<sdp::SendPlacement> placements;
  for (const auto& [sid, slot] : slots_) {
    if (slot.mid.empty()) continue;
    placements.push_back({slot.mid, slot.track.stream_id(), sid, slot.track.participant_sid, slot.track.ssrc,
                          slot.track.rtx_ssrc, slot.track.codec, slot.track.stereo});
  }
  return placements;
}

Placements SingleConnection::placed(TimePoint now, const sdp::PublisherAnswer& answer) {
  asked_ = false;
  unanswered_.clear();
  // Answered inactive just now: from the next offer on they are free.
  const bool cooled = !cooling_.empty();
  for (const std::string& mid : cooling_) {
    const auto* media = answer.section(mid);
    if (media != nullptr && !media->rejected && media->type != sdp::MediaType::kApplication) {
      free_.emplace(mid, media->type == sdp::MediaType::kVideo ? MediaKind::kVideo : MediaKind::kAudio);
    }
  }
  cooling_.clear();

  Placements out;
  bool waiting = false;
  for (auto& [sid, slot] : slots_) {
    const auto* media = slot.mid.empty() ? nullptr : answer.section(slot.mid);
    if (media != nullptr && !media->rejected && sdp::can_send(media->direction) && !media->codecs.empty()) {
      out.placed.push_back({sid, *media});
    } else if (slot.undecodable || media != nullptr) {
      out.refused.push_back(sid);
    } else {
      waiting = true;
    }
  }
  for (const std::string& sid : out.refused) {
    if (!slots_[sid].mid.empty()) cooling_.insert(slots_[sid].mid);
    slots_.erase(sid);
  }
  if (waiting || (cooled && changed_)) schedule(now);
  return out;
}

}  // namespace parley::room
