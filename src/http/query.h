// The query of a request target: application/x-www-form-urlencoded, read as tolerantly as clients write it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::http {

// %XX and, where plus_is_space, '+'. A broken escape stays as it is.
[[nodiscard]] std::string percent_decode(std::string_view text, bool plus_is_space = false);
[[nodiscard]] std::string percent_encode(std::string_view text);

// RFC 3629: no overlong forms, no surrogates. What comes from a URL may end in messages to other people, whose decoders
// refuse a whole message for one such string.
[[nodiscard]] bool is_utf8(std::string_view text);
// At most max_bytes of it, never cut within a character.
[[nodiscard]] std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

class Query {
 public:
  // Parameters beyond these are passed over: no client sends as many.
  static constexpr std::size_t kMaxParameters = 128;

  Query() = default;
  // Without the '?'. Empty parameters ("a=1&&b=2") and ones without '=' (value "") are fine; ones that are no UTF-8
  // when decoded are passed over.
  explicit Query(std::string_view text);

  // The first of that name; nullptr when there is none.
  [[nodiscard]] const std::string* find(std::string_view name) const;
  [[nodiscard]] std::string_view get(std::string_view name, std::string_view otherwise = {}) const;
  // "1", "true" / "0", "false"; anything else, and absence, is `otherwise`.
  [[nodiscard]] bool get_bool(std::string_view name, bool otherwise) const;
  // `otherwise` when absent or no decimal number.
  [[nodiscard]] std::int64_t get_int(std::string_view name, std::int64_t otherwise) const;
  [[nodiscard]] std::size_t size() const { return parameters_.size(); }

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace parley::http
