#include "signal/common/fields.h"

#include <gtest/gtest.h>

#include <functional>

namespace parley::signal::common {
namespace {

namespace json = boost::json;

json::object object_of(std::string_view text) {
  auto parsed = parse_object(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? std::move(*parsed) : json::object{};
}

// The error that reading leaves, as "field: message"; empty when all is well.
std::string fault(std::string_view text, const std::function<void(Fields&)>& read) {
  const json::object object = object_of(text);
  Fields fields(object);
  read(fields);
  if (fields.ok()) return {};
  EXPECT_EQ(fields.error().code, "invalid_argument");
  return fields.error().field + ": " + fields.error().message;
}

TEST(ParseObject, EmptyTextIsAnEmptyObject) {
  const auto parsed = parse_object("");
  ASSERT_TRUE(parsed);
  EXPECT_TRUE(parsed->empty());
}

TEST(ParseObject, WhatIsNoObjectIsRefusedWithTheFittingCode) {
  struct Row {
    std::string text;
    std::string_view code;
  };
  const Row rows[] = {
      {"[]", "invalid_argument"},
      {"null", "invalid_argument"},
      {"\"text\"", "invalid_argument"},
      {"{", "malformed"},
      {"{}{}", "malformed"},
      {"{\"a\":1,}", "malformed"},
      {"{'a':1}", "malformed"},
      {"{\"a\":\"\xff\"}", "malformed"},
      {"{\"a\":\"\xc0\xaf\"}", "malformed"},      // overlong
      {"{\"a\":\"\xed\xa0\x80\"}", "malformed"},  // a surrogate
      {"{\"a\":\"\\ud800\"}", "malformed"},       // half a pair
      {std::string(300'000, ' '), "payload_too_large"},
  };
  for (const Row& row : rows) {
    const auto parsed = parse_object(row.text);
    ASSERT_FALSE(parsed) << row.text.substr(0, 40);
    EXPECT_EQ(parsed.error().code, row.code) << row.text.substr(0, 40);
  }
}

TEST(ParseObject, NestingIsBounded) {
  const auto nested = [](std::size_t depth) {
    return "{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}";
  };
  EXPECT_TRUE(parse_object(nested(15), {.max_depth = 16}));
  const auto refused = parse_object(nested(17), {.max_depth = 16});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "malformed");
  EXPECT_NE(refused.error().message.find("nested"), std::string::npos);
}

TEST(Fields, TextComesAsItWasSent) {
  const json::object object = object_of(R"({"name":"  Ärö\u00e9 🚀 "})");
  Fields fields(object);
  EXPECT_EQ(fields.text("name"), "  Äröé 🚀 ");
  EXPECT_TRUE(fields.ok());
}

TEST(Fields, LengthCountsCodePoints) {
  const auto three = [](Fields& f) { f.text("a", {.min = 3, .max = 3}); };
  EXPECT_EQ(fault(R"({"a":"🚀🚀🚀"})", three), "");
  EXPECT_EQ(fault(R"({"a":"🚀🚀"})", three), "a: \"a\" must have exactly 3 characters");
  EXPECT_EQ(fault(R"({"a":"abcd"})", [](Fields& f) { f.text("a", {.min = 1, .max = 3}); }),
            "a: \"a\" must have 1 to 3 characters");
  EXPECT_EQ(fault(R"({"a":"abcd"})", [](Fields& f) { f.text("a", {.max = 3}); }),
            "a: \"a\" must have at most 3 characters");
}

TEST(Fields, FormsOfTextDifferInControlCharacters) {
  struct Row {
    std::string_view text;
    bool line, lines, any;
  };
  const Row rows[] = {
      {R"({"a":"one"})", true, true, true},          {R"({"a":"one\ntwo\tthree\r"})", false, true, true},
      {R"({"a":"bell\u0007"})", false, false, true}, {R"({"a":"del\u007f"})", false, false, true},
      {R"({"a":"nul\u0000"})", false, false, false}, {R"({"a":"   "})", false, true, true},
  };
  for (const Row& row : rows) {
    const auto fine = [&row](TextForm form) {
      return fault(row.text, [form](Fields& f) { f.text("a", {.min = 1, .form = form}); }).empty();
    };
    EXPECT_EQ(fine(TextForm::kLine), row.line) << row.text;
    EXPECT_EQ(fine(TextForm::kLines), row.lines) << row.text;
    EXPECT_EQ(fine(TextForm::kAny), row.any) << row.text;
  }
}

TEST(Fields, EveryTypeNamesTheMemberThatIsWrong) {
  struct Row {
    std::string_view text;
    std::function<void(Fields&)> read;
    std::string_view error;
  };
  const Row rows[] = {
      {"{}", [](Fields& f) { f.text("a"); }, "a: \"a\" is missing"},
      {R"({"a":null})", [](Fields& f) { f.text("a"); }, "a: \"a\" is missing"},
      {R"({"a":5})", [](Fields& f) { f.text("a"); }, "a: \"a\" must be a string"},
      {R"({"a":5})", [](Fields& f) { f.optional_text("a"); }, "a: \"a\" must be a string"},
      {R"({"a":"x"})", [](Fields& f) { f.uuid("a"); }, "a: \"a\" must be an id (a UUID in lower case)"},
      {R"({"a":"0193566B-2F10-7C3A-9D52-8A4B1C6E7F00"})", [](Fields& f) { f.uuid("a"); },
       "a: \"a\" must be an id (a UUID in lower case)"},
      {R"({"a":"c"})",
       [](Fields& f) {
         f.choice("a", {"b", "d"});
       },
       "a: \"a\" must be one of: b, d"},
      {R"({"a":true})",
       [](Fields& f) {
         f.choice("a", {"b", "d"});
       },
       "a: \"a\" must be one of: b, d"},
      {R"({"a":1.5})", [](Fields& f) { f.integer("a"); }, "a: \"a\" must be a whole number"},
      {R"({"a":"1"})", [](Fields& f) { f.integer("a"); }, "a: \"a\" must be a whole number"},
      {R"({"a":1e300})", [](Fields& f) { f.integer("a"); }, "a: \"a\" must be a whole number"},
      {R"({"a":7})", [](Fields& f) { f.integer("a", {.min = 0, .max = 6}); }, "a: \"a\" must be between 0 and 6"},
      {R"({"a":"x"})", [](Fields& f) { f.number("a"); }, "a: \"a\" must be a number"},
      {R"({"a":2})", [](Fields& f) { f.number("a", {.min = 0, .max = 1}); }, "a: \"a\" is out of range"},
      {R"({"a":1})", [](Fields& f) { f.boolean("a"); }, "a: \"a\" must be true or false"},
      {R"({"a":"soon"})", [](Fields& f) { f.time("a"); }, "a: \"a\" must be a time such as 2026-11-22T20:05:16.250Z"},
      {R"({"a":{}})", [](Fields& f) { f.list("a", 0, 3); }, "a: \"a\" must be a list"},
      {R"({"a":[1,2]})", [](Fields& f) { f.list("a", 0, 1); }, "a: \"a\" must have at most 1 elements"},
      {"{}", [](Fields& f) { f.list("a", 0, 1); }, "a: \"a\" is missing"},
      {R"({"a":["b",5]})", [](Fields& f) { f.texts("a", 0, 5); }, "a[1]: \"a[1]\" must be a string"},
      {R"({"a":["b"]})", [](Fields& f) { f.uuids("a", 0, 5); }, "a[0]: \"a[0]\" must be an id (a UUID in lower case)"},
      {"{}", [](Fields& f) { f.uuids("a", 1, 5); }, "a: \"a\" is missing"},
      {R"({"a":[]})", [](Fields& f) { f.object("a"); }, "a: \"a\" must be an object"},
  };
  for (const Row& row : rows) EXPECT_EQ(fault(row.text, row.read), row.error) << row.text;
}

TEST(Fields, AbsentAndNullOptionalsAreNotGiven) {
  const json::object object = object_of(R"({"a":null})");
  Fields fields(object);
  for (const char* name : {"a", "b"}) {
    EXPECT_FALSE(fields.optional_text(name)) << name;
    EXPECT_FALSE(fields.optional_uuid(name)) << name;
    EXPECT_FALSE(fields.optional_choice(name, {"x"})) << name;
    EXPECT_FALSE(fields.optional_integer(name)) << name;
    EXPECT_FALSE(fields.optional_number(name)) << name;
    EXPECT_FALSE(fields.optional_boolean(name)) << name;
    EXPECT_FALSE(fields.optional_time(name)) << name;
    EXPECT_EQ(fields.optional_list(name, 1, 2), nullptr) << name;
    EXPECT_EQ(fields.optional_object(name), nullptr) << name;
    EXPECT_TRUE(fields.texts(name, 0, 2).empty()) << name;
  }
  EXPECT_TRUE(fields.ok());
  EXPECT_TRUE(fields.has("a"));
  EXPECT_TRUE(fields.is_null("a"));
  EXPECT_FALSE(fields.has("b"));
}

TEST(Fields, ValuesOfEachTypeComeOut) {
  const json::object object =
      object_of(R"({"id":"0193566b-2f10-7c3a-9d52-8a4b1c6e7f00","n":5.0,"m":9007199254740993,"d":0.5,"b":true,)"
                R"("t":"2026-11-22T20:05:16.250Z","l":["x","y"],"o":{"k":1},"c":"red"})");
  Fields fields(object);
  EXPECT_EQ(fields.uuid("id"), "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00");
  EXPECT_EQ(fields.integer("n"), 5);  // one kind of number
  EXPECT_EQ(fields.integer("m"), 9007199254740993);
  EXPECT_EQ(fields.number("d"), 0.5);
  EXPECT_EQ(fields.number("n"), 5.0);
  EXPECT_TRUE(fields.boolean("b"));
  EXPECT_EQ(fields.time("t"), 1795377916250);
  EXPECT_EQ(fields.texts("l", 1, 2), (std::vector<std::string>{"x", "y"}));
  ASSERT_NE(fields.object("o"), nullptr);
  EXPECT_EQ(fields.choice("c", {"red", "blue"}), "red");
  EXPECT_TRUE(fields.ok());
}

TEST(Fields, FirstFailureIsTheOneThatCounts) {
  EXPECT_EQ(fault("{}",
                  [](Fields& f) {
                    f.text("first");
                    f.text("second");
                    f.fail("third", "is of no use");
                  }),
            "first: \"first\" is missing");
}

TEST(Fields, NestedObjectsNameTheirPath) {
  const json::object object = object_of(R"({"rule":{"minutes":"x"}})");
  Fields fields(object);
  Fields rule(*fields.object("rule"), "rule.");
  rule.integer("minutes");
  fields.adopt(rule);
  ASSERT_FALSE(fields.ok());
  EXPECT_EQ(fields.error().field, "rule.minutes");
}

}  // namespace
}  // namespace parley::signal::common
