#include "base/iso_time.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace parley {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kEarliest = -62'135'596'800'000;  // year 1
constexpr std::int64_t kLatest = 253'402'300'799'999;    // year 9999

// Takes exactly `digits` digits off the front; -1 when they are not there.
int take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> take_date(std::string_view& text) {
  const int year = take_number(text, 4);
  if (year < 1 || !take(text, '-')) return std::nullopt;
  const int month = take_number(text, 2);
  if (month < 1 || !take(text, '-')) return std::nullopt;
  const int day = take_number(text, 2);
  if (day < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count() * kDayMs;
}

std::optional<int> take_fraction_ms(std::string_view& text) {
  int ms = 0;
  int scale = 100;
  std::size_t digits = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits, scale /= 10) {
    ms += (text[digits] - '0') * scale;
  }
  if (digits == 0) return std::nullopt;
  text.remove_prefix(digits);
  return ms;
}

std::optional<std::int64_t> take_time(std::string_view& text) {
  const int hour = take_number(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  const int minute = take_number(text, 2);
  if (minute < 0 || minute > 59) return std::nullopt;
  std::int64_t ms = (hour * 60 + minute) * std::int64_t{60'000};
  if (!take(text, ':')) return ms;
  const int second = take_number(text, 2);
  if (second < 0 || second > 60) return std::nullopt;
  ms += std::min(second, 59) * std::int64_t{1000};  // a leap second is the one before it
  if (take(text, '.')) {
    const auto fraction = take_fraction_ms(text);
    if (!fraction) return std::nullopt;
    ms += *fraction;
  }
  return ms;
}

std::optional<std::int64_t> take_offset(std::string_view& text) {
  if (take(text, 'Z') || take(text, 'z')) return 0;
  const bool minus = take(text, '-');
  if (!minus && !take(text, '+')) return std::nullopt;
  const int hour = take_number(text, 2);
  if (hour < 0 || hour > 23 || !take(text, ':')) return std::nullopt;
  const int minute = take_number(text, 2);
  if (minute < 0 || minute > 59) return std::nullopt;
  const std::int64_t ms = (hour * 60 + minute) * std::int64_t{60'000};
  return minus ? -ms : ms;
}

}  // namespace

std::string to_iso(std::int64_t unix_ms) {
  unix_ms = std::clamp(unix_ms, kEarliest, kLatest);
  const std::int64_t days = unix_ms >= 0 ? unix_ms / kDayMs : (unix_ms - kDayMs + 1) / kDayMs;
  const auto rest = static_cast<int>(unix_ms - days * kDayMs);
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{days}}};
  std::array<char, 40> out{};
  const int length =
      std::snprintf(out.data(), out.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), rest / 3'600'000,
                    rest / 60'000 % 60, rest / 1000 % 60, rest % 1000);
  return {out.data(), static_cast<std::size_t>(length)};
}

std::optional<std::int64_t> from_iso(std::string_view text) {
  const auto date = take_date(text);
  if (!date || text.empty()) return date;
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return std::nullopt;
  const auto time = take_time(text);
  if (!time) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return *date + *time - *offset;
}

}  // namespace parley
