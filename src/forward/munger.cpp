#include "forward/munger.h"

#include <algorithm>
#include <cstdlib>

namespace parley::forward {
namespace {

// Capture clocks that disagree with the time that passed by more than this are wrong.
constexpr std::int64_t kMaxClockError = 2;  // s
// Where the same stream goes on after a pause, its own timestamps are kept if they are no further off than this.
constexpr std::int64_t kMaxResumeError = 1;  // s
// The least step from one stream's last picture to the next one's first: 10 ms, a frame at 100 Hz.
constexpr std::int64_t kStepsPerSecond = 100;

constexpr std::uint16_t kPictureIdMask = 0x7fff;
constexpr std::uint8_t kKeyIdxMask = 0x1f;
// The dependency descriptor's mandatory fields: one byte of flags and template, two of frame number.
constexpr std::uint8_t kDescriptorHead = 3;

std::optional<std::uint16_t> frame_number_of(const FeedPacket& packet) {
  if (packet.dependency_descriptor_size < kDescriptorHead) return std::nullopt;
  return load_be<std::uint16_t>(packet.packet.bytes().data() + packet.dependency_descriptor_offset + 1);
}

}  // namespace

std::int64_t RtpMunger::PictureIds::peek(const codec::PacketInfo& info) const {
  return info.picture_id_long ? long_.peek(*info.picture_id) : short_.peek(*info.picture_id);
}

bool RtpMunger::PictureIds::note(const codec::PacketInfo& info) {
  const std::int64_t wide = peek(info);
  const std::optional<std::int64_t> last = info.picture_id_long ? long_.last() : short_.last();
  if (last && wide <= *last) return false;
  if (info.picture_id_long) {
    long_.unwrap(*info.picture_id);
  } else {
    short_.unwrap(*info.picture_id);
  }
  return true;
}

void RtpMunger::PictureIds::reset() {
  short_.reset();
  long_.reset();
}

RtpMunger::RtpMunger(std::uint32_t clock_rate, std::size_t capacity, std::uint16_t first_sequence)
    : clock_rate_(clock_rate), first_sequence_(first_sequence), map_(capacity, first_sequence) {}

void RtpMunger::set_clock(const FeedClock& clock) {
  if (clock.layer < kMaxLayers) clocks_[clock.layer] = clock;
}

Result<Translation> RtpMunger::translate(const FeedPacket& packet, const Selection& selection) {
  if (selection.action == Selection::Action::kSwitch) begin(packet);
  Run* run = map_.current();
  if (run == nullptr || packet.layer != run->layer || packet.generation != run->generation) {
    return selection.action == Selection::Action::kDrop ? selection.reason : DropReason::kLayerNotSelected;
  }
  // Between two runs (paused, or waiting for a keyframe) nothing is owed: what passes leaves no gap in the numbers.
  const bool between =
      selection.action == Selection::Action::kDrop &&
      (selection.reason == DropReason::kSubscriberPaused || selection.reason == DropReason::kAwaitingKeyframe);
  if (between) return selection.reason;
  if (packet.sequence > run->highest_source) return translate_newest(packet, selection, *run);
  return translate_late(packet, selection, *run);
}

Result<Translation> RtpMunger::translate_newest(const FeedPacket& packet, const Selection& selection, Run& run) {
  const bool new_picture = packet.info.picture_id && pictures_.note(packet.info);
  if (selection.action == Selection::Action::kDrop) {
    map_.skip(packet.sequence);  // lost packets before it belong to frames that are still counted the old way
    if (new_picture && packet.codec == codec::Codec::kVp8) ++run.picture_offset;
    return selection.reason;
  }
  const std::int64_t output = map_.append(packet.sequence);
  if (selection.marker) map_.at(output).flags |= SequenceEntry::kMarker;
  const Translation out = make(packet, run, output);
  note_forwarded(packet, out);
  last_timestamp_ = packet.timestamp - run.timestamp_offset;
  return out;
}

Result<Translation> RtpMunger::translate_late(const FeedPacket& packet, const Selection& selection, const Run& run) {
  const std::optional<std::int64_t> output = map_.hole_of(packet.sequence);
  if (!output) return DropReason::kRtpTooOld;
  SequenceEntry& entry = map_.at(*output);
  entry.flags |= SequenceEntry::kSent;
  if (selection.action == Selection::Action::kDrop) {
    entry.flags |= SequenceEntry::kEmpty;
  } else if (selection.marker) {
    entry.flags |= SequenceEntry::kMarker;
  }
  return make(packet, run, *output);
}

void RtpMunger::note_forwarded(const FeedPacket& packet, const Translation& out) {
  last_arrival_ = packet.arrival;
  last_picture_id_ = out.patch.picture_id.value_or(last_picture_id_);
  last_tl0_ = out.patch.tl0_pic_idx.value_or(last_tl0_);
  last_key_idx_ = out.patch.key_idx.value_or(last_key_idx_);
  last_frame_number_ = out.patch.frame_number.value_or(last_frame_number_);
}

// ---- where one stream follows another ----

void RtpMunger::begin(const FeedPacket& packet) {
  const Run* current = map_.current();
  const std::optional<Run> previous = current != nullptr ? std::optional<Run>(*current) : std::nullopt;
  std::int64_t timestamp = packet.timestamp;
  if (previous) {
    const std::int64_t expected = expected_timestamp(packet, *previous);
    timestamp = std::max(expected, last_timestamp_ + clock_rate_ / kStepsPerSecond);
    pushed_ = timestamp - expected;
  }
  pictures_.reset();
  Run& run = map_.start_run(packet.layer, packet.generation, packet.sequence);
  run.timestamp_offset = packet.timestamp - timestamp;
  if (previous) begin_codec(packet, run);
}

std::int64_t RtpMunger::expected_timestamp(const FeedPacket& packet, const Run& previous) const {
  const auto rate = static_cast<std::int64_t>(clock_rate_);
  const Duration passed = std::max(packet.arrival - last_arrival_, Duration{0});
  const std::int64_t by_arrival = last_timestamp_ + ticks(passed) - pushed_;
  if (previous.layer == packet.layer) {
    const std::int64_t going_on = packet.timestamp - previous.timestamp_offset - pushed_;
    if (std::abs(going_on - by_arrival) < kMaxResumeError * rate) return going_on;
  }
  const FeedClock* from = clock_of(previous.layer, previous.generation);
  const FeedClock* to = clock_of(packet.layer, packet.generation);
  if (from == nullptr || to == nullptr) return by_arrival;
  // The packet's capture time, told in the timestamps of the run before.
  const std::int64_t since_report = packet.timestamp - to->timestamp;
  const std::int64_t in_previous = from->timestamp + ticks(to->at - from->at) + since_report;
  const std::int64_t by_clock = in_previous - previous.timestamp_offset - pushed_;
  return std::abs(by_clock - by_arrival) < kMaxClockError * rate ? by_clock : by_arrival;
}

const FeedClock* RtpMunger::clock_of(std::uint8_t layer, std::uint8_t generation) const {
  const std::optional<FeedClock>& clock = clocks_[layer];
  return clock && clock->generation == generation ? &*clock : nullptr;
}

void RtpMunger::begin_codec(const FeedPacket& packet, Run& run) const {
  const codec::PacketInfo& info = packet.info;
  if (info.picture_id) run.picture_offset = static_cast<std::uint16_t>(*info.picture_id - (last_picture_id_ + 1));
  if (info.tl0_pic_idx) run.tl0_offset = static_cast<std::uint8_t>(*info.tl0_pic_idx - (last_tl0_ + 1));
  if (info.key_idx) run.key_offset = static_cast<std::uint8_t>(*info.key_idx - (last_key_idx_ + 1));
  if (const auto number = frame_number_of(packet)) {
    run.frame_offset = static_cast<std::uint16_t>(*number - (last_frame_number_ + 1));
  }
}

// ---- one packet ----

CodecPatch RtpMunger::patch_of(const FeedPacket& packet, const Run& run, std::uint16_t picture_offset) const {
  const codec::PacketInfo& info = packet.info;
  CodecPatch patch;
  if (info.picture_id) {
    patch.picture_id = static_cast<std::uint16_t>((pictures_.peek(info) - picture_offset) & kPictureIdMask);
  }
  if (info.tl0_pic_idx) patch.tl0_pic_idx = static_cast<std::uint8_t>(*info.tl0_pic_idx - run.tl0_offset);
  if (info.key_idx) patch.key_idx = static_cast<std::uint8_t>((*info.key_idx - run.key_offset) & kKeyIdxMask);
  if (const auto number = frame_number_of(packet)) {
    patch.frame_number = static_cast<std::uint16_t>(*number - run.frame_offset);
  }
  return patch;
}

Translation RtpMunger::make(const FeedPacket& packet, const Run& run, std::int64_t output) const {
  const SequenceEntry& entry = map_.at(output);
  return {.sequence = static_cast<std::uint16_t>(output),
          .timestamp = static_cast<std::uint32_t>(packet.timestamp - run.timestamp_offset),
          .marker = (entry.flags & SequenceEntry::kMarker) != 0,
          .empty = (entry.flags & SequenceEntry::kEmpty) != 0,
          .patch = patch_of(packet, run, entry.picture_offset)};
}

// ---- looking back ----

std::optional<Origin> RtpMunger::origin_of(std::uint16_t sequence) const {
  const std::optional<std::int64_t> output = map_.widen(sequence);
  if (!output) return std::nullopt;
  const SequenceEntry& entry = map_.at(*output);
  const Run* run = map_.run_of(entry);
  if (run == nullptr) return std::nullopt;
  return Origin{.output = *output,
                .layer = run->layer,
                .generation = run->generation,
                .source = map_.source_of(entry, *run),
                .sent = (entry.flags & SequenceEntry::kSent) != 0,
                .empty = (entry.flags & SequenceEntry::kEmpty) != 0};
}

Translation RtpMunger::retranslate(const Origin& origin, const FeedPacket& packet, const Selection& selection) {
  SequenceEntry& entry = map_.at(origin.output);
  if (!origin.sent) {
    entry.flags |= SequenceEntry::kSent;
    if (selection.action == Selection::Action::kDrop) entry.flags |= SequenceEntry::kEmpty;
    if (selection.marker) entry.flags |= SequenceEntry::kMarker;
  }
  return make(packet, *map_.run_of(entry), origin.output);
}

bool RtpMunger::throttle_resend(TimePoint now, std::int64_t output, Duration interval) {
  SequenceEntry& entry = map_.at(output);
  const auto at = static_cast<std::uint16_t>(to_millis(now.time_since_epoch()));
  const auto passed = static_cast<std::uint16_t>(at - entry.resent_at);
  if ((entry.flags & SequenceEntry::kResent) != 0 && passed < to_millis(interval)) return true;
  entry.flags |= SequenceEntry::kResent;
  entry.resent_at = at;
  return false;
}

std::optional<std::uint32_t> RtpMunger::timestamp_at(TimePoint at) const {
  const Run* run = map_.current();
  if (run == nullptr) return std::nullopt;
  if (const FeedClock* clock = clock_of(run->layer, run->generation)) {
    return static_cast<std::uint32_t>(clock->timestamp + ticks(at - clock->at) - run->timestamp_offset);
  }
  return static_cast<std::uint32_t>(last_timestamp_ + ticks(at - last_arrival_));
}

std::int64_t RtpMunger::ticks(Duration d) const { return d.count() * clock_rate_ / 1'000'000; }

}  // namespace parley::forward
