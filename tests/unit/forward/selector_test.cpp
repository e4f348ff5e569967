#include "forward/selector.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "unit/forward/support.h"

namespace parley::forward {
namespace {

using testing::at_ms;
using testing::make;
using testing::Spec;

LayerTarget target(std::uint8_t layer, std::uint8_t temporal = 3) {
  return {.enabled = true, .max_layer = layer, .max_temporal = temporal};
}

// "S" switch, "F" forward, "M" forward with marker set, "." not selected, "k" awaiting keyframe, "p" paused.
char mark(const Selection& s) {
  if (s.action == Selection::Action::kSwitch) return 'S';
  if (s.action == Selection::Action::kForward) return s.marker ? 'M' : 'F';
  if (s.reason == DropReason::kAwaitingKeyframe) return 'k';
  if (s.reason == DropReason::kSubscriberPaused) return 'p';
  return '.';
}

// Simulcast: one packet per frame and layer, 33 ms apart.
class Simulcast {
 public:
  explicit Simulcast(LayerTarget t) : selector(MediaKind::kVideo, t) {}

  // One capture instant: which layers send (in this order), which of them a keyframe.
  std::string frame(const std::string& layers, const std::string& keys = "") {
    std::string out;
    ms += 33;
    for (const char c : layers) {
      const auto layer = static_cast<std::uint8_t>(c - '0');
      const FeedPacket p = make({.sequence = ++sequence[layer],
                                 .timestamp = ms * 90,
                                 .layer = layer,
                                 .generation = generation[layer],
                                 .key = keys.find(c) != std::string::npos});
      out += mark(selector.select(at_ms(ms), p));
    }
    return out;
  }
  std::string frames(int n, const std::string& layers) {
    std::string last;
    for (int i = 0; i < n; ++i) last = frame(layers);
    return last;
  }
  [[nodiscard]] int wants() const { return selector.wants_keyframe() ? *selector.wants_keyframe() : -1; }

  LayerSelector selector;
  std::int64_t ms = 0;
  std::int64_t sequence[kMaxLayers] = {};
  std::uint8_t generation[kMaxLayers] = {};
};

TEST(LayerSelectorSimulcast, NothingBeforeTheFirstKeyframe) {
  Simulcast s(target(2));
  EXPECT_EQ(s.wants(), 2);
  EXPECT_EQ(s.frame("012"), "kkk");
  EXPECT_EQ(s.wants(), 2);
  EXPECT_EQ(s.frame("012", "2"), "kkS");
  EXPECT_EQ(s.wants(), -1);
  EXPECT_EQ(s.frame("012"), "..M");
  EXPECT_EQ(s.selector.current_layer(), 2);
}

TEST(LayerSelectorSimulcast, AnyLowerKeyframeIsTakenFirst) {
  Simulcast s(target(2));
  s.frame("012");
  EXPECT_EQ(s.frame("012", "0"), "S..");
  EXPECT_EQ(s.wants(), 2);
  EXPECT_EQ(s.frame("012", "1"), "MS.");
  EXPECT_EQ(s.frame("012", "2"), ".MS");
  EXPECT_EQ(s.wants(), -1);
}

TEST(LayerSelectorSimulcast, KeyframesOfOneInstantClimbToTheTarget) {
  Simulcast s(target(1));
  EXPECT_EQ(s.frame("012", "012"), "SS.");
}

TEST(LayerSelectorSimulcast, UpOnlyAtAKeyframeOfTheNewLayer) {
  Simulcast s(target(0));
  s.frame("012", "012");
  EXPECT_EQ(s.frame("012"), "M..");
  s.selector.set_target(target(2));
  EXPECT_EQ(s.wants(), 2);
  EXPECT_EQ(s.frame("012"), "M..");
  EXPECT_EQ(s.frame("012", "0"), "M..");
  EXPECT_EQ(s.frame("012", "2"), "M.S");
}

TEST(LayerSelectorSimulcast, DownAtAKeyframeWhileTheCurrentGoesOn) {
  Simulcast s(target(2));
  s.frame("012", "2");
  s.selector.set_target(target(0));
  EXPECT_EQ(s.wants(), 0);
  EXPECT_EQ(s.frame("012"), "..M");
  EXPECT_EQ(s.frame("012", "2"), "..M");
  EXPECT_EQ(s.frame("012", "1"), ".S.");
  EXPECT_EQ(s.wants(), 0);
  EXPECT_EQ(s.frame("012", "0"), "S..");
  EXPECT_EQ(s.wants(), -1);
}

TEST(LayerSelectorSimulcast, StoppedLayerIsReplacedByTheBestBelow) {
  Simulcast s(target(2));
  s.frame("012", "2");
  s.frames(9, "01");
  EXPECT_EQ(s.wants(), -1);  // not yet 300 ms
  s.frames(2, "01");
  EXPECT_EQ(s.wants(), 1);
  EXPECT_EQ(s.frame("01", "0"), "S.");  // better than a frozen picture
  EXPECT_EQ(s.frame("01", "1"), "MS");
  EXPECT_EQ(s.frame("012"), ".M.");
  EXPECT_EQ(s.wants(), 2);  // it came back
  EXPECT_EQ(s.frame("012", "2"), ".MS");
}

TEST(LayerSelectorSimulcast, LowestAboveTheTargetWhenNothingElseIsSent) {
  Simulcast s(target(0));
  EXPECT_EQ(s.frame("12"), "kk");
  EXPECT_EQ(s.wants(), 1);
  EXPECT_EQ(s.frame("12", "12"), "S.");
}

TEST(LayerSelectorSimulcast, SlowScreenShareDoesNotLookDead) {
  Simulcast s(target(1));
  s.frame("01", "1");
  for (int i = 0; i < 5; ++i) {
    s.ms += 1000;
    EXPECT_EQ(s.frame("01"), ".M");
    EXPECT_EQ(s.wants(), -1);
  }
}

TEST(LayerSelectorSimulcast, NewSsrcOfTheCurrentLayerNeedsAKeyframe) {
  Simulcast s(target(1));
  s.frame("01", "1");
  s.generation[1] = 1;
  EXPECT_EQ(s.frame("01"), ".k");
  EXPECT_EQ(s.wants(), 1);
  EXPECT_EQ(s.frame("01", "1"), "kS");
}

TEST(LayerSelectorSimulcast, PauseAndResumeAtAKeyframe) {
  Simulcast s(target(1));
  s.frame("01", "1");
  LayerTarget off = target(1);
  off.enabled = false;
  s.selector.set_target(off);
  EXPECT_EQ(s.wants(), -1);
  EXPECT_EQ(s.frame("01", "1"), "pp");
  s.selector.set_target(target(1));
  EXPECT_EQ(s.wants(), 1);
  EXPECT_EQ(s.frame("01"), "kk");
  EXPECT_EQ(s.frame("01", "1"), "kS");
}

TEST(LayerSelectorSimulcast, KeyframeRecoveredTooLateIsNoStart) {
  LayerSelector selector(MediaKind::kVideo, target(0));
  selector.select(at_ms(0), make({.sequence = 300, .timestamp = 900}));
  EXPECT_EQ(mark(selector.select(at_ms(1), make({.sequence = 199, .timestamp = 0, .key = true}))), 'k');
  EXPECT_EQ(mark(selector.select(at_ms(1), make({.sequence = 200, .timestamp = 0, .key = true}))), 'S');
}

TEST(LayerSelectorSimulcast, ContinuationOfAKeyframeIsNoStart) {
  LayerSelector selector(MediaKind::kVideo, target(0));
  EXPECT_EQ(mark(selector.select(at_ms(0), make({.sequence = 5, .start = false, .key = true}))), 'k');
}

// ---- temporal layers ----

class Temporal {
 public:
  explicit Temporal(std::uint8_t most) : selector(MediaKind::kVideo, target(0, most)) {}
  char frame(std::uint8_t tid, bool sync = false, bool key = false) {
    ++n;
    return mark(selector.select(at_ms(n * 33),
                                make({.sequence = n, .timestamp = n * 3000, .key = key, .tid = tid, .sync = sync})));
  }
  LayerSelector selector;
  std::int64_t n = 0;
};

TEST(LayerSelectorTemporal, DropsAboveTheLimit) {
  Temporal t(1);
  EXPECT_EQ(t.frame(0, false, true), 'S');
  EXPECT_EQ(t.frame(2, true), '.');
  EXPECT_EQ(t.frame(1, true), 'M');
  EXPECT_EQ(t.frame(2), '.');
  EXPECT_EQ(t.frame(0), 'M');
}

TEST(LayerSelectorTemporal, DownAtTheNextPicture) {
  Temporal t(3);
  t.frame(0, false, true);
  EXPECT_EQ(t.frame(2, true), 'M');
  t.selector.set_target(target(0, 0));
  EXPECT_EQ(t.frame(1), '.');
  EXPECT_EQ(t.frame(0), 'M');
  EXPECT_EQ(t.selector.current_temporal(), 0);
}

TEST(LayerSelectorTemporal, UpOnlyAtSwitchPoints) {
  Temporal t(0);
  t.frame(0, false, true);
  t.selector.set_target(target(0, 2));
  EXPECT_EQ(t.frame(2, false), '.');
  EXPECT_EQ(t.frame(1, false), '.');
  EXPECT_EQ(t.frame(0, false), 'M');
  EXPECT_EQ(t.frame(1, true), 'M');
  EXPECT_EQ(t.frame(2, false), '.');
  EXPECT_EQ(t.frame(2, true), 'M');
  EXPECT_EQ(t.frame(2, false), 'M');
}

TEST(LayerSelectorTemporal, KeyframeLiftsTheLimitAtOnce) {
  Temporal t(0);
  t.frame(0, false, true);
  t.selector.set_target(target(0, 2));
  EXPECT_EQ(t.frame(0, false, true), 'M');
  EXPECT_EQ(t.frame(2, false), 'M');
}

TEST(LayerSelectorTemporal, APictureOnceBegunIsFinished) {
  LayerSelector selector(MediaKind::kVideo, target(0, 3));
  const auto packet = [](std::int64_t seq, std::int64_t ts, std::uint8_t tid, bool key = false) {
    return make({.sequence = seq, .timestamp = ts, .marker = false, .start = key, .key = key, .tid = tid});
  };
  EXPECT_EQ(mark(selector.select(at_ms(0), packet(1, 0, 0, true))), 'S');
  EXPECT_EQ(mark(selector.select(at_ms(33), packet(2, 3000, 2))), 'F');
  selector.set_target(target(0, 0));
  EXPECT_EQ(mark(selector.select(at_ms(33), packet(4, 3000, 2))), 'F');
  EXPECT_EQ(mark(selector.select(at_ms(66), packet(5, 6000, 2))), '.');
  EXPECT_EQ(mark(selector.select(at_ms(67), packet(3, 3000, 2))), 'F');  // late, of the picture before the change
  EXPECT_TRUE(selector.admits(packet(3, 3000, 2)));
  EXPECT_FALSE(selector.admits(packet(5, 6000, 2)));
}

TEST(LayerSelectorTemporal, DependencyDescriptorOpensTheNextPicture) {
  LayerSelector selector(MediaKind::kVideo, target(0, 0));
  std::int64_t n = 0;
  const auto frame = [&](std::uint8_t tid, bool sync, bool key = false) {
    ++n;
    FeedPacket p = make({.sequence = n, .timestamp = n * 3000, .key = key, .tid = tid, .sync = sync});
    p.dependency_descriptor_size = 3;
    return mark(selector.select(at_ms(n * 33), p));
  };
  EXPECT_EQ(frame(0, true, true), 'S');
  EXPECT_EQ(frame(2, false), '.');
  selector.set_target(target(0, 2));
  EXPECT_EQ(frame(2, false), '.');
  EXPECT_EQ(frame(0, true), 'M');
  EXPECT_EQ(frame(2, false), 'M');
}

// ---- SVC ----

class Svc {
 public:
  explicit Svc(LayerTarget t) : selector(MediaKind::kVideo, t) {}
  // One picture of `layers` spatial layers, one packet each. inter: predicted from earlier pictures.
  std::string picture(int layers, bool key = false, bool inter = true, std::uint8_t tid = 0) {
    ++pictures;
    std::string out;
    for (int sid = 0; sid < layers; ++sid) {
      FeedPacket p = make({.sequence = ++sequence,
                           .timestamp = pictures * 3000,
                           .marker = sid == layers - 1,
                           .key = key && sid == 0,
                           .sid = static_cast<std::uint8_t>(sid),
                           .tid = tid,
                           .codec = codec::Codec::kVp9});
      p.info.inter_layer_dependency = sid > 0;
      p.info.inter_picture_predicted = !key && inter;
      out += mark(selector.select(at_ms(pictures * 33), p));
    }
    return out;
  }
  LayerSelector selector;
  std::int64_t pictures = 0;
  std::int64_t sequence = 0;
};

TEST(LayerSelectorSvc, StartsAtAKeyPictureWithTheTargetLayers) {
  Svc s(target(1));
  EXPECT_EQ(s.picture(3), "kkk");
  EXPECT_EQ(s.picture(3, true), "SM.");
  EXPECT_EQ(s.picture(3), "FM.");
  EXPECT_EQ(s.selector.current_quality(), 1);
  EXPECT_FALSE(s.selector.wants_keyframe());
}

TEST(LayerSelectorSvc, DownAtTheNextPictureWithTheMarkerMoved) {
  Svc s(target(2));
  s.picture(3, true);
  EXPECT_EQ(s.picture(3), "FFM");
  s.selector.set_target(target(0));
  EXPECT_EQ(s.picture(3), "M..");
  EXPECT_FALSE(s.selector.wants_keyframe());
}

TEST(LayerSelectorSvc, UpAtAKeyPictureOnly) {
  Svc s(target(0));
  s.picture(3, true);
  s.selector.set_target(target(2));
  EXPECT_EQ(s.selector.wants_keyframe(), 0);
  EXPECT_EQ(s.picture(3), "M..");
  EXPECT_EQ(s.picture(3, true), "FFM");
  EXPECT_FALSE(s.selector.wants_keyframe());
}

TEST(LayerSelectorSvc, UpWhereOnlyTheLayerBelowIsUsed) {
  Svc s(target(0));
  s.picture(3, true);
  s.selector.set_target(target(1));
  EXPECT_EQ(s.picture(3, false, false), "MM.");
  EXPECT_EQ(s.picture(3), "FM.");
}

TEST(LayerSelectorSvc, PictureWithFewerLayersKeepsItsOwnMarker) {
  Svc s(target(2));
  s.picture(3, true);
  EXPECT_EQ(s.picture(2), "FM");
  EXPECT_EQ(s.picture(1), "M");
}

TEST(LayerSelectorSvc, DoesNotAskForALayerThatIsNotSent) {
  Svc s(target(0));
  s.picture(2, true);
  s.selector.set_target(target(2));
  EXPECT_EQ(s.selector.wants_keyframe(), 0);
  EXPECT_EQ(s.picture(2, true), "FM");
  EXPECT_FALSE(s.selector.wants_keyframe());
  s.selector.set_target(target(0));
  s.picture(2);
  for (int i = 0; i < 10; ++i) s.picture(1);
  s.selector.set_target(target(2));
  EXPECT_FALSE(s.selector.wants_keyframe());
}

TEST(LayerSelectorSvc, SpatialAndTemporalLimitsTogether) {
  Svc s(target(1, 0));
  EXPECT_EQ(s.picture(3, true), "SM.");
  EXPECT_EQ(s.picture(3, false, true, 1), "...");
  EXPECT_EQ(s.picture(3), "FM.");
}

// ---- audio ----

TEST(LayerSelectorAudio, EverythingPassesFromTheFirstPacket) {
  LayerSelector selector(MediaKind::kAudio, {});
  EXPECT_EQ(mark(selector.select(at_ms(0), make({.sequence = 1, .marker = false}))), 'S');
  EXPECT_EQ(mark(selector.select(at_ms(20), make({.sequence = 2, .marker = false}))), 'F');
  EXPECT_EQ(mark(selector.select(at_ms(20), make({.sequence = 9, .generation = 1, .marker = false}))), 'S');
  EXPECT_FALSE(selector.wants_keyframe());
}

TEST(LayerSelectorAudio, PausedIsSilent) {
  LayerSelector selector(MediaKind::kAudio, {});
  selector.select(at_ms(0), make({.sequence = 1}));
  LayerTarget off;
  off.enabled = false;
  selector.set_target(off);
  EXPECT_EQ(mark(selector.select(at_ms(20), make({.sequence = 2}))), 'p');
  selector.set_target({});
  EXPECT_EQ(mark(selector.select(at_ms(40), make({.sequence = 3}))), 'S');
}

}  // namespace
}  // namespace parley::forward
