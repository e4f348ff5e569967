// Reads the query of a request under rules, as Fields reads a body: the first parameter that breaks its rule is named.
// An empty parameter ("?q=") counts as not given.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "http/query.h"
#include "signal/common/fields.h"

namespace parley::signal::rest {

class Parameters {
 public:
  // query must outlive this.
  explicit Parameters(const http::Query& query) : query_(query) {}

  std::optional<std::string> text(std::string_view name, const common::TextRule& rule = {});
  std::optional<std::string> uuid(std::string_view name);
  std::optional<std::int64_t> integer(std::string_view name, const common::IntegerRule& rule = {});
  bool boolean(std::string_view name, bool otherwise = false);
  std::optional<std::string> choice(std::string_view name, std::initializer_list<std::string_view> choices);
  // Of a list that is read page by page.
  std::size_t limit(std::size_t otherwise = 50, std::size_t max = 200);
  std::string cursor();

  void fail(std::string_view name, std::string_view message);
  [[nodiscard]] bool ok() const { return !error_; }
  [[nodiscard]] const Error& error() const { return *error_; }

 private:
  [[nodiscard]] const std::string* find(std::string_view name) const;

  const http::Query& query_;
  std::optional<Error> error_;
};

}  // namespace parley::signal::rest
