// Renumbers what the selector lets through, so that a subscriber sees one continuous stream whatever happens at the
// source: sequence numbers, timestamps, and the codecs' own counters. Pure; 64-bit in, truncated on the way out.
//
//   sequence    gaps that we make are closed, gaps of loss stay open so that the receiver asks
//   timestamp   across a switch both streams' capture clocks decide, else the time that passed
//   VP8         picture id +1 per frame sent; TL0PICIDX and KEYIDX go on across a switch
//   VP9         picture id and TL0PICIDX go on across a switch; within a stream they stay, since frames refer to each
//               other by their distance
//   DD          the dependency descriptor's frame number likewise: frames we drop leave a gap, which its own
//               frame diffs count on; the structure comes again with the keyframe at which every switch happens
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/result.h"
#include "base/time.h"
#include "base/unwrap.h"
#include "forward/feed_packet.h"
#include "forward/selector.h"
#include "forward/sequence_map.h"

namespace parley::forward {

// What to write over the codec's counters; a field that the packet does not carry stays unset.
struct CodecPatch {
  std::optional<std::uint16_t> picture_id;
  std::optional<std::uint8_t> tl0_pic_idx;
  std::optional<std::uint8_t> key_idx;
  std::optional<std::uint16_t> frame_number;
};

struct Translation {
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  bool marker = false;
  bool empty = false;  // fill the number's place with a packet without payload
  CodecPatch patch;
};

// A packet that was (or should have been) given this sequence number.
struct Origin {
  std::int64_t output = 0;
  std::uint8_t layer = 0;
  std::uint8_t generation = 0;
  std::int64_t source = 0;
  bool sent = false;
  bool empty = false;
};

class RtpMunger {
 public:
  RtpMunger(std::uint32_t clock_rate, std::size_t capacity, std::uint16_t first_sequence);

  void set_clock(const FeedClock& clock);

  // The packet as the subscriber shall see it. A packet that is dropped but whose number was left free (it came late)
  // is answered with Translation::empty. Errors: the selection's reason, kRtpTooOld (no place left for it).
  Result<Translation> translate(const FeedPacket& packet, const Selection& selection);

  [[nodiscard]] std::optional<Origin> origin_of(std::uint16_t sequence) const;
  // For sending it again. One that was never sent is noted as sent now, as the selection says: a drop fills its place
  // with a packet without payload.
  Translation retranslate(const Origin& origin, const FeedPacket& packet, const Selection& selection);
  // Whether this number was sent again less than `interval` ago; otherwise notes that it is now.
  bool throttle_resend(TimePoint now, std::int64_t output, Duration interval);

  // The output's timestamp at a moment of our clock, for sender reports; nullopt before the first packet.
  [[nodiscard]] std::optional<std::uint32_t> timestamp_at(TimePoint at) const;
  [[nodiscard]] std::uint32_t last_timestamp() const { return static_cast<std::uint32_t>(last_timestamp_); }
  [[nodiscard]] bool started() const { return map_.current() != nullptr; }
  // The lowest 16-bit number given out; for telling whether a report acknowledges any of ours.
  [[nodiscard]] std::uint16_t first_sequence() const { return first_sequence_; }

 private:
  // The frame a packet belongs to, by its picture id: widened, so that a 7-bit id can go on as a 15-bit one.
  class PictureIds {
   public:
    [[nodiscard]] std::int64_t peek(const codec::PacketInfo& info) const;
    // True when the picture is newer than all before.
    bool note(const codec::PacketInfo& info);
    void reset();

   private:
    Unwrapper<7> short_;
    Unwrapper<15> long_;
  };

  Result<Translation> translate_newest(const FeedPacket& packet, const Selection& selection, Run& run);
  Result<Translation> translate_late(const FeedPacket& packet, const Selection& selection, const Run& run);
  void begin(const FeedPacket& packet);
  [[nodiscard]] std::int64_t expected_timestamp(const FeedPacket& packet, const Run& previous) const;
  [[nodiscard]] const FeedClock* clock_of(std::uint8_t layer, std::uint8_t generation) const;
  void begin_codec(const FeedPacket& packet, Run& run) const;
  void note_forwarded(const FeedPacket& packet, const Translation& out);
  [[nodiscard]] CodecPatch patch_of(const FeedPacket& packet, const Run& run, std::uint16_t picture_offset) const;
  [[nodiscard]] Translation make(const FeedPacket& packet, const Run& run, std::int64_t output) const;
  [[nodiscard]] std::int64_t ticks(Duration d) const;

  std::uint32_t clock_rate_;
  std::uint16_t first_sequence_;
  SequenceMap map_;
  PictureIds pictures_;  // of the current run's source
  std::array<std::optional<FeedClock>, kMaxLayers> clocks_{};
  // Of the newest packet forwarded, as written.
  std::int64_t last_timestamp_ = 0;
  TimePoint last_arrival_;
  std::uint16_t last_picture_id_ = 0;
  std::uint8_t last_tl0_ = 0;
  std::uint8_t last_key_idx_ = 0;
  std::uint16_t last_frame_number_ = 0;
  // By how much the current run is later than its capture times ask for, since a picture must not precede the last one
  // of the run before. The next switch takes it back.
  std::int64_t pushed_ = 0;
};

}  // namespace parley::forward
