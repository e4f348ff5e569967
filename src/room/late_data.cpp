#include "room/late_data.h"

namespace parley::room {

void LateData::drop_front() {
  bytes_ -= entries_.front().packet->size();
  entries_.pop_front();
}

void LateData::keep(TimePoint now, SharedBytes packet) {
  bytes_ += packet->size();
  entries_.push_back({now, std::move(packet)});
  while (!entries_.empty() &&
         (entries_.size() > kMaxPackets || bytes_ > kMaxBytes || entries_.front().at + kMaxAge < now)) {
    drop_front();
  }
}

std::vector<SharedBytes> LateData::take(TimePoint now) {
  std::vector<SharedBytes> packets;
  for (Entry& entry : entries_) {
    if (entry.at + kMaxAge >= now) packets.push_back(std::move(entry.packet));
  }
  entries_.clear();
  bytes_ = 0;
  return packets;
}

}  // namespace parley::room
