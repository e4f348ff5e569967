// Hands, reactions, strokes, remote control.
#include "calls/in_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "calls/json.h"

namespace parley::calls {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Stroke stroke(const std::string& author, const std::string& id, Tool tool = Tool::kPen, std::size_t points = 2) {
  Stroke out;
  out.id = id;
  out.author = author;
  out.tool = tool;
  for (std::size_t i = 0; i < points; ++i) out.points.push_back({0.25F, 0.75F});
  return out;
}

// ---- annotations ----

TEST(AnnotationsTest, StrokesOutOfBoundsAreRefusedWithTheirField) {
  struct Row {
    const char* field;
    void (*spoil)(Stroke&);
  };
  const Row rows[] = {
      {"stroke.id", [](Stroke& s) { s.id.clear(); }},
      {"stroke.id", [](Stroke& s) { s.id.assign(65, 'x'); }},
      {"stroke.width", [](Stroke& s) { s.width = 0; }},
      {"stroke.width", [](Stroke& s) { s.width = 0.21F; }},
      {"stroke.width", [](Stroke& s) { s.width = std::numeric_limits<float>::quiet_NaN(); }},
      {"stroke.points", [](Stroke& s) { s.points.clear(); }},
      {"stroke.points", [](Stroke& s) { s.points[0].x = 1.01F; }},
      {"stroke.points", [](Stroke& s) { s.points[1].y = -0.01F; }},
      {"stroke.points", [](Stroke& s) { s.points[1].y = std::nanf(""); }},
      {"stroke.points", [](Stroke& s) { s.points.resize(2'001); }},
      {"stroke.points", [](Stroke& s) { s.tool = Tool::kArrow, s.points.resize(1); }},
      {"stroke.points", [](Stroke& s) { s.tool = Tool::kBox, s.points.resize(3); }},
      {"stroke.text", [](Stroke& s) { s.text = "a pen writes nothing"; }},
      {"stroke.text", [](Stroke& s) { s.tool = Tool::kText; }},
      {"stroke.text", [](Stroke& s) { s.tool = Tool::kText, s.text.assign(501, 'x'); }},
  };
  for (const Row& row : rows) {
    Stroke bad = stroke("ann", "1");
    row.spoil(bad);
    const auto checked = check_stroke(bad, {});
    ASSERT_FALSE(checked.has_value()) << row.field;
    EXPECT_EQ(checked.error().field, row.field);
  }
  EXPECT_TRUE(check_stroke(stroke("ann", "1"), {}).has_value());
}

TEST(AnnotationsTest, PartsOfAPenStrokeAddUpAndOtherToolsReplace) {
  Annotations annotations({});
  Stroke first = stroke("ann", "1");
  first.more = true;
  ASSERT_TRUE(annotations.add(first).has_value());
  ASSERT_TRUE(annotations.add(stroke("ann", "1", Tool::kPen, 3)).has_value());
  ASSERT_TRUE(annotations.add(stroke("ben", "1")).has_value());  // ids are each author's own
  ASSERT_TRUE(annotations.add(stroke("ann", "2", Tool::kBox)).has_value());
  ASSERT_TRUE(annotations.add(stroke("ann", "2", Tool::kBox)).has_value());
  ASSERT_EQ(annotations.strokes().size(), 3U);
  EXPECT_EQ(annotations.strokes()[0].points.size(), 5U);
  EXPECT_FALSE(annotations.strokes()[0].more);
  EXPECT_EQ(annotations.points(), 9U);
  EXPECT_EQ(annotations.add(stroke("ann", "1", Tool::kHighlighter)).error().field, "stroke.tool");
}

TEST(AnnotationsTest, LaserIsNotKept) {
  Annotations annotations({});
  ASSERT_TRUE(annotations.add(stroke("ann", "1", Tool::kLaser)).has_value());
  EXPECT_TRUE(annotations.strokes().empty());
}

TEST(AnnotationsTest, OldestGiveWayAndAuthorsHaveTheirShare) {
  Annotations annotations({.strokes = 3, .strokes_per_author = 2, .points_per_stroke = 10, .points = 12});
  ASSERT_TRUE(annotations.add(stroke("ann", "1")).has_value());
  ASSERT_TRUE(annotations.add(stroke("ann", "2")).has_value());
  EXPECT_EQ(annotations.add(stroke("ann", "3")).error().code, "resource_exhausted");
  ASSERT_TRUE(annotations.add(stroke("ben", "1")).has_value());
  const auto fourth = annotations.add(stroke("ben", "2"));
  EXPECT_THAT(*fourth, ElementsAre(Annotations::Gone{"ann", "1"}));
  const auto big = annotations.add(stroke("cid", "1", Tool::kPen, 10));
  EXPECT_THAT(*big, ElementsAre(Annotations::Gone{"ann", "2"}, Annotations::Gone{"ben", "1"}));
  EXPECT_EQ(annotations.points(), 12U);
  EXPECT_EQ(annotations.add(stroke("cid", "1", Tool::kPen, 1)).error().code, "resource_exhausted");  // too long
}

TEST(AnnotationsTest, UndoTakesTheAuthorsLastAndClearHisAll) {
  Annotations annotations({});
  for (const char* id : {"1", "2"}) {
    ASSERT_TRUE(annotations.add(stroke("ann", id)).has_value());
    ASSERT_TRUE(annotations.add(stroke("ben", id)).has_value());
  }
  EXPECT_EQ(annotations.undo("ann"), "2");
  EXPECT_EQ(annotations.undo("ann"), "1");
  EXPECT_EQ(annotations.undo("ann"), std::nullopt);
  EXPECT_EQ(annotations.clear("ann"), 0U);
  EXPECT_EQ(annotations.clear("ben"), 2U);
  EXPECT_EQ(annotations.points(), 0U);
}

// ---- JSON ----

TEST(StrokeJson, WhatIsWrittenIsReadAgain) {
  Stroke before = stroke("", "s1", Tool::kArrow);
  before.color = 0xff8000c0U;
  before.width = 0.01F;
  const auto after = stroke_from_json(to_json(before));
  ASSERT_TRUE(after.has_value());
  EXPECT_EQ(*after, before);
}

TEST(StrokeJson, MalformedOnesNameTheirField) {
  const std::pair<const char*, const char*> rows[] = {
      {R"({})", "stroke.id"},
      {R"({"id":5})", "stroke.id"},
      {R"({"id":"1","tool":"crayon","points":[0,0]})", "stroke.tool"},
      {R"({"id":"1","tool":"pen"})", "stroke.points"},
      {R"({"id":"1","tool":"pen","points":[0]})", "stroke.points"},
      {R"({"id":"1","tool":"pen","points":["0",0]})", "stroke.points"},
      {R"({"id":"1","tool":"pen","points":[1e300,0]})", "stroke.points"},
      {R"({"id":"1","tool":"pen","points":[0,0],"color":"red"})", "stroke.color"},
      {R"({"id":"1","tool":"pen","points":[0,0],"color":"#12345g"})", "stroke.color"},
      {R"({"id":"1","tool":"pen","points":[0,0],"width":"wide"})", "stroke.width"},
      {R"({"id":"1","tool":"text","points":[0,0],"text":7})", "stroke.text"},
      {R"({"id":"1","tool":"pen","points":[0,0],"more":1})", "stroke.more"},
  };
  for (const auto& [text, field] : rows) {
    const auto read = stroke_from_json(json::parse(text).as_object());
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().code, "invalid_argument");
    EXPECT_EQ(read.error().field, field) << text;
  }
}

// ---- within a call ----

class InCallTest : public ::testing::Test {
 protected:
  InCallTest() {
    for (const char* user : {"ann", "ben", "cid"}) call.came(user, std::string("Name of ") + user);
  }

  std::vector<std::string> names() {
    events = call.take_events();
    std::vector<std::string> out;
    for (const InCallEvent& event : events) out.push_back(event.name);
    return out;
  }
  void share() {
    ASSERT_TRUE(call.start_share("ann", "screen").has_value());
    static_cast<void>(call.take_events());
  }

  InCall call{InCallConfig{}, "call", "room"};
  TimePoint now{std::chrono::seconds(1'800'000'000)};
  std::vector<InCallEvent> events;
};

TEST_F(InCallTest, HandsStayInTheOrderOfRaising) {
  call.raise_hand(now, "ben");
  call.raise_hand(now + 1s, "ann");
  call.raise_hand(now + 2s, "ben");  // is up already
  EXPECT_THAT(names(), ElementsAre("hands-updated", "hands-updated"));
  const json::array& hands = events.back().data.at("hands").as_array();
  ASSERT_EQ(hands.size(), 2U);
  EXPECT_EQ(hands[0].at("userId").as_string(), "ben");
  EXPECT_EQ(hands[1].at("name").as_string(), "Name of ann");
  EXPECT_THAT(events.back().to, UnorderedElementsAre("ann", "ben", "cid"));
  call.lower_hand("cid");
  EXPECT_THAT(names(), IsEmpty());
  call.lower_hands();
  EXPECT_THAT(names(), ElementsAre("hands-updated"));
}

TEST_F(InCallTest, ReactionsAreCountedByTheSecond) {
  int taken = 0;
  for (int i = 0; i < 100; ++i) taken += call.react(now, "ann", "👍").has_value() ? 1 : 0;
  EXPECT_EQ(taken, 10);
  EXPECT_EQ(call.react(now, "ann", "👍").error().code, "rate_limited");
  EXPECT_TRUE(call.react(now + 1s, "ann", "👍").has_value());
  EXPECT_TRUE(call.react(now, "ben", "👍").has_value());  // each has a rate of his own
  EXPECT_EQ(call.react(now, "ben", "").error().field, "emoji");
  EXPECT_EQ(call.react(now, "stranger", "👍").error().code, "failed_precondition");
}

TEST_F(InCallTest, SharerSaysWhoDraws) {
  share();
  EXPECT_TRUE(call.draw(now, "screen", false, stroke("ben", "1")).has_value());
  ASSERT_TRUE(call.set_drawers("screen", Drawers::kHosts).has_value());
  EXPECT_EQ(call.draw(now, "screen", false, stroke("ben", "2")).error().code, "permission_denied");
  EXPECT_TRUE(call.draw(now, "screen", true, stroke("ben", "2")).has_value());
  ASSERT_TRUE(call.set_drawers("screen", Drawers::kNobody).has_value());
  EXPECT_EQ(call.draw(now, "screen", true, stroke("ben", "3")).error().code, "permission_denied");
  EXPECT_TRUE(call.draw(now, "screen", false, stroke("ann", "1")).has_value());  // it is her screen
  EXPECT_EQ(call.draw(now, "other", false, stroke("ann", "1")).error().field, "shareId");
}

TEST_F(InCallTest, LateComerGetsTheStateAndItGoesWithTheShare) {
  share();
  ASSERT_TRUE(call.draw(now, "screen", false, stroke("ben", "1")).has_value());
  call.raise_hand(now, "cid");
  const json::object state = call.state();
  EXPECT_EQ(state.at("hands").as_array().size(), 1U);
  const json::value& shared = state.at("shares").as_array().at(0);
  EXPECT_EQ(shared.at("userId").as_string(), "ann");
  EXPECT_EQ(shared.at("strokes").as_array().at(0).at("author").as_string(), "ben");
  call.stop_share("screen");
  EXPECT_TRUE(call.state().at("shares").as_array().empty());
}

TEST_F(InCallTest, ClearAndUndoAreTold) {
  share();
  ASSERT_TRUE(call.draw(now, "screen", false, stroke("ben", "1")).has_value());
  ASSERT_TRUE(call.draw(now, "screen", false, stroke("ben", "2")).has_value());
  ASSERT_TRUE(call.undo_stroke("screen", "ben").has_value());
  ASSERT_TRUE(call.clear_strokes("screen", "ben").has_value());
  ASSERT_TRUE(call.clear_strokes("screen", "").has_value());  // nothing left: nothing told
  EXPECT_THAT(names(), ElementsAre("annotation-added", "annotation-added", "annotation-removed", "annotation-cleared"));
  EXPECT_EQ(events[2].data.at("strokes").at(0).at("id").as_string(), "2");
  EXPECT_EQ(events[3].data.at("author").as_string(), "ben");
}

TEST_F(InCallTest, ControlIsAskedForGrantedAndRelayedBetweenTheTwoAlone) {
  share();
  EXPECT_EQ(call.control_input(now, "screen", "ben", {{"x", 0.5}}).error().code, "permission_denied");
  EXPECT_EQ(call.answer_control("screen", "ben", true).error().code, "failed_precondition");  // nobody asked
  ASSERT_TRUE(call.request_control("screen", "ben").has_value());
  ASSERT_TRUE(call.request_control("screen", "ben").has_value());  // once is enough
  EXPECT_THAT(names(), ElementsAre("control-requested"));
  EXPECT_THAT(events[0].to, ElementsAre("ann"));
  ASSERT_TRUE(call.answer_control("screen", "ben", true).has_value());
  EXPECT_THAT(names(), ElementsAre("control-answered", "control-updated"));
  EXPECT_THAT(events[0].to, ElementsAre("ben"));
  EXPECT_EQ(events[1].data.at("controllerId").as_string(), "ben");
  ASSERT_TRUE(call.control_input(now, "screen", "ben", {{"x", 0.5}}).has_value());
  EXPECT_THAT(names(), ElementsAre("control-input"));
  EXPECT_THAT(events[0].to, ElementsAre("ann"));
  EXPECT_EQ(events[0].data.at("input").at("x").as_double(), 0.5);
  EXPECT_EQ(call.control_input(now, "screen", "cid", {}).error().code, "permission_denied");
  ASSERT_TRUE(call.end_control("screen").has_value());
  EXPECT_EQ(call.control_input(now, "screen", "ben", {}).error().code, "permission_denied");
}

TEST_F(InCallTest, RefusedRequestGivesNothing) {
  share();
  ASSERT_TRUE(call.request_control("screen", "ben").has_value());
  ASSERT_TRUE(call.answer_control("screen", "ben", false).has_value());
  EXPECT_EQ(call.control_input(now, "screen", "ben", {}).error().code, "permission_denied");
  EXPECT_EQ(call.request_control("screen", "ann").error().code, "failed_precondition");  // her own
}

TEST_F(InCallTest, ControlEndsWithTheShareAndWithWhoeverHasIt) {
  share();
  ASSERT_TRUE(call.request_control("screen", "ben").has_value());
  ASSERT_TRUE(call.answer_control("screen", "ben", true).has_value());
  static_cast<void>(call.take_events());
  call.went("ben");
  EXPECT_THAT(names(), ElementsAre("control-updated"));
  EXPECT_TRUE(events[0].data.at("controllerId").is_null());

  ASSERT_TRUE(call.request_control("screen", "cid").has_value());
  ASSERT_TRUE(call.answer_control("screen", "cid", true).has_value());
  static_cast<void>(call.take_events());
  call.went("ann");
  EXPECT_THAT(names(), ElementsAre("control-updated", "shares-updated"));
  EXPECT_EQ(call.control_input(now, "screen", "cid", {}).error().code, "not_found");
}

TEST_F(InCallTest, SharesAreBoundedAndTheirIdsUnique) {
  share();
  EXPECT_TRUE(call.start_share("ann", "screen").has_value());
  EXPECT_EQ(call.start_share("ben", "screen").error().code, "already_exists");
  EXPECT_EQ(call.start_share("ben", "").error().field, "shareId");
  for (int i = 1; i < 16; ++i) EXPECT_TRUE(call.start_share("ben", "s" + std::to_string(i)).has_value());
  EXPECT_EQ(call.start_share("ben", "one too many").error().code, "resource_exhausted");
}

}  // namespace
}  // namespace parley::calls
