// Reads what clients send as JSON: an object whose members are taken one by one under rules. The first member that
// breaks its rule is named by the error; members that nobody asks for are passed over.
//
//   const auto body = parse_object(request.body);
//   if (!body) co_return problem(body.error());
//   Fields fields(*body);
//   std::string name = fields.text("name", {.min = 1, .max = 80});
//   if (!fields.ok()) co_return problem(fields.error());
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parley::signal::common {

struct ParseLimits {
  std::size_t max_bytes = 256U << 10U;
  std::size_t max_depth = 16;  // of arrays and objects within each other
};

// An empty text is an empty object: many requests need no body. Errors: "payload_too_large", "malformed" (no JSON, no
// UTF-8, nested too deeply), "invalid_argument" (another value than an object).
[[nodiscard]] Result<boost::json::object, Error> parse_object(std::string_view text, const ParseLimits& limits = {});

enum class TextForm : std::uint8_t {
  kLine,   // one line: no control characters; where min > 0, not blank
  kLines,  // tabs and line ends too
  kAny,    // all but NUL, which PostgreSQL cannot hold: secrets and opaque strings
};

struct TextRule {
  std::size_t min = 0;  // Unicode code points, as JSON Schema counts
  std::size_t max = 255;
  TextForm form = TextForm::kLine;
};

struct IntegerRule {
  std::int64_t min = INT64_MIN;
  std::int64_t max = INT64_MAX;
};

struct NumberRule {
  double min = -1e300;
  double max = 1e300;
};

// The rules that Fields and Parameters share. nullptr: the text is fine; else what is wrong with it.
[[nodiscard]] std::optional<std::string> text_fault(std::string_view text, const TextRule& rule);

// Every getter returns something of its type; the caller asks ok() once, after the last of them. The optional_ forms
// take an absent member, and null, for "not given".
class Fields {
 public:
  using Choices = std::initializer_list<std::string_view>;

  // object must outlive this. prefix stands before the names in errors ("rule." of "rule.minutes").
  explicit Fields(const boost::json::object& object, std::string prefix = {})
      : object_(object), prefix_(std::move(prefix)) {}

  std::string text(std::string_view name, const TextRule& rule = {});
  std::optional<std::string> optional_text(std::string_view name, const TextRule& rule = {});
  std::string uuid(std::string_view name);
  std::optional<std::string> optional_uuid(std::string_view name);
  // One of choices, word for word.
  std::string choice(std::string_view name, Choices choices);
  std::optional<std::string> optional_choice(std::string_view name, Choices choices);
  std::int64_t integer(std::string_view name, const IntegerRule& rule = {});
  std::optional<std::int64_t> optional_integer(std::string_view name, const IntegerRule& rule = {});
  double number(std::string_view name, const NumberRule& rule = {});
  std::optional<double> optional_number(std::string_view name, const NumberRule& rule = {});
  bool boolean(std::string_view name);
  std::optional<bool> optional_boolean(std::string_view name);
  // A time of day in ISO 8601 as ms since the epoch.
  std::int64_t time(std::string_view name);
  std::optional<std::int64_t> optional_time(std::string_view name);

  // Lists of at least min and at most max elements. The forms for strings are empty when the member is absent and min
  // is 0. Errors name the element: "memberIds[3]".
  std::vector<std::string> texts(std::string_view name, std::size_t min, std::size_t max, const TextRule& rule = {});
  std::vector<std::string> uuids(std::string_view name, std::size_t min, std::size_t max);
  // nullptr: not given, or refused (then ok() is false).
  const boost::json::array* list(std::string_view name, std::size_t min, std::size_t max);
  const boost::json::array* optional_list(std::string_view name, std::size_t min, std::size_t max);
  const boost::json::object* object(std::string_view name);
  const boost::json::object* optional_object(std::string_view name);

  // There at all, null included: what a change to null means is for the caller to say.
  [[nodiscard]] bool has(std::string_view name) const { return object_.contains(name); }
  [[nodiscard]] bool is_null(std::string_view name) const;

  // A rule of the caller's own. The first failure is the one that counts.
  void fail(std::string_view name, std::string message);
  // Takes over the failure of the Fields of a member.
  void adopt(const Fields& nested);

  [[nodiscard]] bool ok() const { return !error_; }
  [[nodiscard]] const Error& error() const { return *error_; }

 private:
  const boost::json::value* find(std::string_view name) const;
  const boost::json::value* need(std::string_view name);
  template <class T>
  T required(std::string_view name, std::optional<T> value);
  std::optional<std::string> read_text(std::string_view name, const boost::json::value& value, const TextRule& rule);
  std::optional<std::string> read_uuid(std::string_view name, const boost::json::value& value);

  const boost::json::object& object_;
  std::string prefix_;
  std::optional<Error> error_;
};

}  // namespace parley::signal::common
