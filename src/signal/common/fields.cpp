#include "signal/common/fields.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cmath>

#include "base/iso_time.h"
#include "base/uuid.h"

namespace parley::signal::common {

namespace json = boost::json;

namespace {

// Code points of valid UTF-8: every byte but the continuation ones begins one.
std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }
bool is_forbidden(char c, TextForm form) {
  if (form == TextForm::kAny) return c == '\0';
  if (form == TextForm::kLines && (c == '\n' || c == '\r' || c == '\t')) return false;
  return is_control(c);
}

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == ' '; });
}

std::string range_text(std::string_view unit, std::size_t min, std::size_t max) {
  const std::string tail = " " + std::string(unit);
  if (min == max) return "exactly " + std::to_string(min) + tail;
  if (min == 0) return "at most " + std::to_string(max) + tail;
  return std::to_string(min) + " to " + std::to_string(max) + tail;
}

std::string list_of(Fields::Choices choices) {
  std::string out;
  for (const std::string_view choice : choices) {
    if (!out.empty()) out += ", ";
    out += choice;
  }
  return out;
}

std::optional<std::int64_t> whole_number(const json::value& value) {
  if (value.is_int64()) return value.get_int64();
  if (value.is_double()) {
    // JSON knows one kind of number: 5.0 and 5e0 are 5. Beyond 2^53 a double is no exact integer any more.
    const double number = value.get_double();
    if (std::abs(number) <= 9007199254740992.0 && number == std::floor(number)) {
      return static_cast<std::int64_t>(number);
    }
  }
  return std::nullopt;
}

std::optional<double> any_number(const json::value& value) {
  if (value.is_double()) return value.get_double();
  if (value.is_int64()) return static_cast<double>(value.get_int64());
  if (value.is_uint64()) return static_cast<double>(value.get_uint64());
  return std::nullopt;
}

std::string element(std::string_view name, std::size_t index) {
  return std::string(name) + "[" + std::to_string(index) + "]";
}

}  // namespace

Result<json::object, Error> parse_object(std::string_view text, const ParseLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return Error{"payload_too_large", "the JSON is larger than " + std::to_string(limits.max_bytes) + " bytes", ""};
  }
  if (text.empty()) return json::object{};
  json::parse_options options;
  options.max_depth = limits.max_depth;
  boost::system::error_code ec;
  json::value value = json::parse(text, ec, {}, options);
  if (ec == json::error::too_deep) {
    return Error{"malformed", "the JSON is nested deeper than " + std::to_string(limits.max_depth) + " levels", ""};
  }
  if (ec) return Error{"malformed", "this is no JSON in UTF-8: " + ec.message(), ""};
  if (!value.is_object()) return Error{"invalid_argument", "a JSON object is needed", ""};
  return std::move(value.get_object());
}

std::optional<std::string> text_fault(std::string_view text, const TextRule& rule) {
  const std::size_t length = code_points(text);
  if (length < rule.min || length > rule.max) return "must have " + range_text("characters", rule.min, rule.max);
  if (std::any_of(text.begin(), text.end(), [&](char c) { return is_forbidden(c, rule.form); })) {
    return "must not contain control characters";
  }
  if (rule.min > 0 && rule.form == TextForm::kLine && is_blank(text)) return "must not be blank";
  return std::nullopt;
}

// ---- what all getters share ----

const json::value* Fields::find(std::string_view name) const {
  const json::value* value = object_.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

const json::value* Fields::need(std::string_view name) {
  const json::value* value = find(name);
  if (value == nullptr) fail(name, "is missing");
  return value;
}

template <class T>
T Fields::required(std::string_view name, std::optional<T> value) {
  if (!value) fail(name, "is missing");
  return value ? std::move(*value) : T{};
}

bool Fields::is_null(std::string_view name) const {
  const json::value* value = object_.if_contains(name);
  return value != nullptr && value->is_null();
}

void Fields::fail(std::string_view name, std::string message) {
  if (error_) return;
  std::string field = prefix_ + std::string(name);
  std::string text = "\"" + field + "\" " + std::move(message);
  error_ = Error{"invalid_argument", std::move(text), std::move(field)};
}

void Fields::adopt(const Fields& nested) {
  if (!error_ && nested.error_) error_ = nested.error_;
}

// ---- strings ----

std::optional<std::string> Fields::read_text(std::string_view name, const json::value& value, const TextRule& rule) {
  if (!value.is_string()) {
    fail(name, "must be a string");
    return std::nullopt;
  }
  const std::string_view text = value.get_string();
  if (auto fault = text_fault(text, rule)) {
    fail(name, std::move(*fault));
    return std::nullopt;
  }
  return std::string(text);
}

std::optional<std::string> Fields::read_uuid(std::string_view name, const json::value& value) {
  if (value.is_string() && parley::is_uuid(value.get_string())) return std::string(value.get_string());
  fail(name, "must be an id (a UUID in lower case)");
  return std::nullopt;
}

std::optional<std::string> Fields::optional_text(std::string_view name, const TextRule& rule) {
  const json::value* value = find(name);
  return value == nullptr ? std::nullopt : read_text(name, *value, rule);
}

std::string Fields::text(std::string_view name, const TextRule& rule) {
  return required(name, optional_text(name, rule));
}

std::optional<std::string> Fields::optional_uuid(std::string_view name) {
  const json::value* value = find(name);
  return value == nullptr ? std::nullopt : read_uuid(name, *value);
}

std::string Fields::uuid(std::string_view name) { return required(name, optional_uuid(name)); }

std::optional<std::string> Fields::optional_choice(std::string_view name, Choices choices) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) {
    const std::string_view given = value->get_string();
    if (std::find(choices.begin(), choices.end(), given) != choices.end()) return std::string(given);
  }
  fail(name, "must be one of: " + list_of(choices));
  return std::nullopt;
}

std::string Fields::choice(std::string_view name, Choices choices) {
  return required(name, optional_choice(name, choices));
}

// ---- numbers, truth, times ----

std::optional<std::int64_t> Fields::optional_integer(std::string_view name, const IntegerRule& rule) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto number = whole_number(*value);
  if (!number) {
    fail(name, "must be a whole number");
    return std::nullopt;
  }
  if (*number < rule.min || *number > rule.max) {
    fail(name, "must be between " + std::to_string(rule.min) + " and " + std::to_string(rule.max));
    return std::nullopt;
  }
  return number;
}

std::int64_t Fields::integer(std::string_view name, const IntegerRule& rule) {
  return required(name, optional_integer(name, rule));
}

std::optional<double> Fields::optional_number(std::string_view name, const NumberRule& rule) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  const auto number = any_number(*value);
  if (!number || !(*number >= rule.min && *number <= rule.max)) {
    fail(name, number ? "is out of range" : "must be a number");
    return std::nullopt;
  }
  return number;
}

double Fields::number(std::string_view name, const NumberRule& rule) {
  return required(name, optional_number(name, rule));
}

std::optional<bool> Fields::optional_boolean(std::string_view name) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_bool()) return value->get_bool();
  fail(name, "must be true or false");
  return std::nullopt;
}

bool Fields::boolean(std::string_view name) { return required(name, optional_boolean(name)); }

std::optional<std::int64_t> Fields::optional_time(std::string_view name) {
  const json::value* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) {
    if (const auto ms = from_iso(value->get_string())) return ms;
  }
  fail(name, "must be a time such as 2026-11-22T20:05:16.250Z");
  return std::nullopt;
}

std::int64_t Fields::time(std::string_view name) { return required(name, optional_time(name)); }

// ---- lists and objects ----

const json::array* Fields::optional_list(std::string_view name, std::size_t min, std::size_t max) {
  const json::value* value = find(name);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) {
    fail(name, "must be a list");
    return nullptr;
  }
  const json::array& array = value->get_array();
  if (array.size() < min || array.size() > max) {
    fail(name, "must have " + range_text("elements", min, max));
    return nullptr;
  }
  return &array;
}

const json::array* Fields::list(std::string_view name, std::size_t min, std::size_t max) {
  return need(name) == nullptr ? nullptr : optional_list(name, min, max);
}

std::vector<std::string> Fields::texts(std::string_view name, std::size_t min, std::size_t max, const TextRule& rule) {
  std::vector<std::string> out;
  const json::array* array = min == 0 ? optional_list(name, min, max) : list(name, min, max);
  if (array == nullptr) return out;
  out.reserve(array->size());
  for (const json::value& value : *array) {
    auto text = read_text(element(name, out.size()), value, rule);
    if (!text) return out;
    out.push_back(std::move(*text));
  }
  return out;
}

std::vector<std::string> Fields::uuids(std::string_view name, std::size_t min, std::size_t max) {
  std::vector<std::string> out;
  const json::array* array = min == 0 ? optional_list(name, min, max) : list(name, min, max);
  if (array == nullptr) return out;
  out.reserve(array->size());
  for (const json::value& value : *array) {
    auto id = read_uuid(element(name, out.size()), value);
    if (!id) return out;
    out.push_back(std::move(*id));
  }
  return out;
}

const json::object* Fields::optional_object(std::string_view name) {
  const json::value* value = find(name);
  if (value == nullptr) return nullptr;
  if (value->is_object()) return &value->get_object();
  fail(name, "must be an object");
  return nullptr;
}

const json::object* Fields::object(std::string_view name) {
  return need(name) == nullptr ? nullptr : optional_object(name);
}

}  // namespace parley::signal::common
