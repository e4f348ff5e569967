#include "signal/rest/parameters.h"

#include <algorithm>
#include <charconv>

#include "base/uuid.h"

namespace parley::signal::rest {

const std::string* Parameters::find(std::string_view name) const {
  const std::string* value = query_.find(name);
  return value == nullptr || value->empty() ? nullptr : value;
}

void Parameters::fail(std::string_view name, std::string_view message) {
  if (error_) return;
  error_ = Error{"invalid_argument", "the parameter \"" + std::string(name) + "\" " + std::string(message),
                 std::string(name)};
}

std::optional<std::string> Parameters::text(std::string_view name, const common::TextRule& rule) {
  const std::string* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (const auto fault = common::text_fault(*value, rule)) {
    fail(name, *fault);
    return std::nullopt;
  }
  return *value;
}

std::optional<std::string> Parameters::uuid(std::string_view name) {
  const std::string* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (is_uuid(*value)) return *value;
  fail(name, "must be an id (a UUID in lower case)");
  return std::nullopt;
}

std::optional<std::int64_t> Parameters::integer(std::string_view name, const common::IntegerRule& rule) {
  const std::string* value = find(name);
  if (value == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const char* end = value->data() + value->size();
  const auto [rest, error] = std::from_chars(value->data(), end, number);
  if (error == std::errc() && rest == end && number >= rule.min && number <= rule.max) return number;
  fail(name, "must be a whole number between " + std::to_string(rule.min) + " and " + std::to_string(rule.max));
  return std::nullopt;
}

bool Parameters::boolean(std::string_view name, bool otherwise) {
  const std::string* value = find(name);
  if (value == nullptr) return otherwise;
  if (*value == "true" || *value == "1") return true;
  if (*value != "false" && *value != "0") fail(name, "must be true or false");
  return false;
}

std::optional<std::string> Parameters::choice(std::string_view name, std::initializer_list<std::string_view> choices) {
  const std::string* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (std::find(choices.begin(), choices.end(), *value) != choices.end()) return *value;
  std::string list;
  for (const std::string_view choice : choices) list += (list.empty() ? "" : ", ") + std::string(choice);
  fail(name, "must be one of: " + list);
  return std::nullopt;
}

std::size_t Parameters::limit(std::size_t otherwise, std::size_t max) {
  const auto value = integer("limit", {.min = 1, .max = static_cast<std::int64_t>(max)});
  return value ? static_cast<std::size_t>(*value) : otherwise;
}

std::string Parameters::cursor() { return text("cursor", {.max = 256}).value_or(""); }

}  // namespace parley::signal::rest
