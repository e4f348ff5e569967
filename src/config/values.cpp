#include "config/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

namespace parley::config {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};
constexpr std::array<Unit, 4> kDurationUnits = {
    {{"ms", 1'000}, {"s", 1'000'000}, {"m", 60'000'000}, {"h", 3'600'000'000}}};
constexpr std::array<Unit, 5> kSizeUnits = {
    {{"B", 1}, {"KiB", 1U << 10U}, {"MiB", 1U << 20U}, {"GiB", 1U << 30U}, {"", 1}}};
constexpr std::array<Unit, 3> kRateUnits = {{{"s", 1}, {"m", 60}, {"h", 3'600}}};  // seconds that the count is for
constexpr std::uint64_t kHighestCount = 100'000'000;

// A whole number directly followed by one of the units.
template <std::size_t N>
bool parse_with_unit(std::string_view text, const std::array<Unit, N>& units, std::uint64_t& out) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return false;
  const std::string_view rest = trim({end, static_cast<std::size_t>(text.data() + text.size() - end)});
  for (const Unit& unit : units) {
    if (rest != unit.name) continue;
    if (number > INT64_MAX / unit.factor) return false;
    out = number * unit.factor;
    return true;
  }
  return false;
}

template <std::size_t N>
std::string print_with_unit(std::uint64_t value, const std::array<Unit, N>& units, std::string_view smallest) {
  for (auto unit = units.rbegin(); unit != units.rend(); ++unit) {
    if (unit->factor > 1 && value >= unit->factor && value % unit->factor == 0) {
      return std::to_string(value / unit->factor) + std::string(unit->name);
    }
  }
  return std::to_string(value) + std::string(smallest);
}

// "3/m": tokens a second, and the count itself.
bool parse_pace(std::string_view text, Rate& out) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const auto count = parse_integer(text.substr(0, slash), 1, kHighestCount);
  const auto unit = std::ranges::find(kRateUnits, trim(text.substr(slash + 1)), &Unit::name);
  if (!count || unit == kRateUnits.end()) return false;
  out = {static_cast<double>(*count) / static_cast<double>(unit->factor), static_cast<double>(*count)};
  return true;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i] == b[j] ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substituted, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

Result<std::uint64_t, Invalid> parse_integer(std::string_view text, std::uint64_t low, std::uint64_t high) {
  text = trim(text);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < low || value > high) {
    return Invalid{"\"" + std::string(text) + "\" is not a whole number from " + std::to_string(low) + " to " +
                   std::to_string(high)};
  }
  return value;
}

Result<bool, Invalid> parse_bool(std::string_view text) {
  text = trim(text);
  for (const std::string_view yes : {"true", "yes", "on", "1"}) {
    if (text == yes) return true;
  }
  for (const std::string_view no : {"false", "no", "off", "0"}) {
    if (text == no) return false;
  }
  return Invalid{"\"" + std::string(text) + "\" is neither true nor false"};
}

Result<Duration, Invalid> parse_duration(std::string_view text) {
  std::uint64_t us = 0;
  if (!parse_with_unit(trim(text), kDurationUnits, us)) {
    return Invalid{"\"" + std::string(text) + "\" is not a duration such as 250ms, 15s, 5m or 2h"};
  }
  return Duration{static_cast<std::int64_t>(us)};
}

Result<std::uint64_t, Invalid> parse_size(std::string_view text) {
  std::uint64_t bytes = 0;
  if (!parse_with_unit(trim(text), kSizeUnits, bytes)) {
    return Invalid{"\"" + std::string(text) + "\" is not a size such as 4096, 512KiB or 10MiB"};
  }
  return bytes;
}

Result<Rate, Invalid> parse_rate(std::string_view text) {
  constexpr std::string_view kBurst = "burst";
  const std::string_view whole = trim(text);
  if (whole == "none") return Rate{};
  const std::size_t word = whole.find(kBurst);
  Rate rate;
  bool valid = parse_pace(whole.substr(0, word), rate);
  if (valid && word != std::string_view::npos) {
    const auto burst = parse_integer(whole.substr(word + kBurst.size()), 1, kHighestCount);
    valid = burst.has_value();
    if (valid) rate.burst = static_cast<double>(*burst);
  }
  if (!valid) return Invalid{"\"" + std::string(text) + "\" is not a rate such as 20/s burst 100, 3/m or none"};
  return rate;
}

Result<std::string, Invalid> parse_choice(std::string_view text, const std::vector<std::string>& choices) {
  text = trim(text);
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) {
    return {boost::system::in_place_value, text};
  }
  std::string list;
  for (const std::string& choice : choices) list += (list.empty() ? "" : ", ") + choice;
  return Invalid{"\"" + std::string(text) + "\" is none of " + list};
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view part = trim(text.substr(0, comma));
    if (!part.empty()) out.emplace_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

void append_item(std::string& list, std::string_view item) {
  if (!list.empty()) list += ',';
  list += item;
}

std::string print_duration(Duration value) {
  return print_with_unit(static_cast<std::uint64_t>(value.count()), kDurationUnits, "us");
}

std::string print_size(std::uint64_t value) { return print_with_unit(value, kSizeUnits, ""); }

std::string print_rate(Rate value) {
  if (value.per_second <= 0) return "none";
  // The first unit in which the count is a whole number is the one it was written in, or as good.
  const auto count_in = [&](const Unit& unit) { return value.per_second * static_cast<double>(unit.factor); };
  const auto whole = [&](const Unit& unit) { return std::abs(count_in(unit) - std::round(count_in(unit))) < 1e-6; };
  const auto found = std::ranges::find_if(kRateUnits, whole);
  const Unit& unit = found == kRateUnits.end() ? kRateUnits.back() : *found;
  return std::to_string(std::llround(count_in(unit))) + "/" + std::string(unit.name) + " burst " +
         std::to_string(std::llround(value.burst));
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  return nearest(word, candidates, word.size() / 2);
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates, std::size_t most) {
  std::string best;
  std::size_t best_distance = most + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace parley::config
