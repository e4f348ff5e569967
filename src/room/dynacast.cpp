#include "room/dynacast.h"

#include <algorithm>

namespace parley::room {

namespace {

// kOff is the largest number on the wire but the least wish.
int rank(VideoQuality quality) { return quality == VideoQuality::kOff ? -1 : static_cast<int>(quality); }

}  // namespace

Dynacast::Entry& Dynacast::entry(const std::string& codec) {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.codec == codec; });
  if (found != entries_.end()) return *found;
  // Clients send every layer of the primary codec until told otherwise, and nothing of a backup codec.
  const auto told = entries_.empty() ? VideoQuality::kHigh : VideoQuality::kOff;
  return entries_.emplace_back(Entry{codec, told, told});
}

std::optional<std::vector<SubscribedCodec>> Dynacast::update(
    TimePoint now, const std::vector<std::pair<std::string, VideoQuality>>& wanted) {
  bool up = false;
  bool down = false;
  for (const auto& [codec, quality] : wanted) {
    Entry& e = entry(codec);
    e.wanted = quality;
    up = up || rank(e.wanted) > rank(e.told);
    down = down || rank(e.wanted) < rank(e.told);
  }
  if (!down) down_.clear();
  if (down && !down_.is_set()) down_.set(now + down_delay_);
  if (!up) return std::nullopt;
  for (Entry& e : entries_) {
    if (rank(e.wanted) > rank(e.told)) e.told = e.wanted;
  }
  return current();
}

std::optional<std::vector<SubscribedCodec>> Dynacast::handle_timeout(TimePoint now) {
  if (!down_.due(now)) return std::nullopt;
  for (Entry& e : entries_) e.told = e.wanted;
  return current();
}

std::vector<SubscribedCodec> Dynacast::current() const {
  std::vector<SubscribedCodec> codecs;
  for (const Entry& e : entries_) {
    SubscribedCodec& codec = codecs.emplace_back(SubscribedCodec{e.codec, {}});
    for (const auto quality : {VideoQuality::kLow, VideoQuality::kMedium, VideoQuality::kHigh}) {
      codec.qualities.push_back({quality, rank(quality) <= rank(e.told)});
    }
  }
  return codecs;
}

}  // namespace parley::room
