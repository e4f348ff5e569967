// Text to values: every setting is written as text somewhere, and a wrong one is answered with what would be right.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "base/token_bucket.h"

namespace parley::config {

// Why a text is no value; completes the sentence "<key>: …".
struct Invalid {
  std::string why;
};

Result<std::uint64_t, Invalid> parse_integer(std::string_view text, std::uint64_t low, std::uint64_t high);
Result<bool, Invalid> parse_bool(std::string_view text);           // true, false, yes, no, on, off, 1, 0
Result<Duration, Invalid> parse_duration(std::string_view text);   // 250ms, 15s, 5m, 2h
Result<std::uint64_t, Invalid> parse_size(std::string_view text);  // 4096, 512KiB, 10MiB, 1GiB
// "20/s burst 100", "3/m burst 10", "5/h" (a burst of as many), or none: no limit.
Result<Rate, Invalid> parse_rate(std::string_view text);
Result<std::string, Invalid> parse_choice(std::string_view text, const std::vector<std::string>& choices);
std::vector<std::string> split_list(std::string_view text);  // by commas, trimmed, empty parts left out

// The reverse, one item at a time.
void append_item(std::string& list, std::string_view item);

std::string print_duration(Duration value);
std::string print_size(std::uint64_t value);
std::string print_rate(Rate value);

// The candidate with the smallest edit distance to `word`; empty when none is near (more than half of it differs).
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);
// Likewise, at most so far away.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates, std::size_t most);

}  // namespace parley::config
