// Requests and responses as handlers see them.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/verb.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.h"
#include "base/result.h"
#include "base/time.h"
#include "http/query.h"

namespace parley::http {

using Method = boost::beast::http::verb;
using Fields = boost::beast::http::fields;
using boost::asio::awaitable;

struct Request {
  Method method = Method::get;
  std::string path;  // of the target, percent-encoding kept; starts with '/'
  Query query;
  Fields fields;
  std::string body;
  std::vector<std::pair<std::string, std::string>> params;  // of the route's pattern, decoded
  Address peer;         // of the client; the one that a trusted proxy names, where there is one
  bool secure = false;  // over TLS, here or at a trusted proxy
  TimePoint received{};

  // Empty when absent.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  [[nodiscard]] std::string_view param(std::string_view name) const;
  // The media type alone, lower case: "application/json" of "Application/JSON; charset=utf-8".
  [[nodiscard]] std::string content_type() const;
};

// Splits an origin-form or absolute-form target (RFC 9112 section 3.2) into path and query. False: neither, or
// no UTF-8.
[[nodiscard]] bool set_target(Request& request, std::string_view target);

struct Response {
  unsigned status = 200;
  std::string content_type;  // empty: no Content-Type header
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // instead of body, for what many answers share
  std::vector<std::pair<std::string, std::string>> headers;

  Response& set(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  [[nodiscard]] std::string_view payload() const { return shared_body ? std::string_view(*shared_body) : body; }
};

// The request outlives the awaited answer.
using Handler = std::function<awaitable<Response>(const Request&)>;

[[nodiscard]] Response text_response(unsigned status, std::string body);
[[nodiscard]] Response json_response(unsigned status, std::string json);
// RFC 9457: {"type","title","status","detail","code","field"}. The error's code and field are members of their own.
[[nodiscard]] Response problem_response(unsigned status, const Error& error);
// With the status that belongs to the error's code.
[[nodiscard]] Response problem_response(const Error& error);
// "not_found" → 404 …; 500 for a code not in the table.
[[nodiscard]] unsigned status_of(std::string_view error_code);

}  // namespace parley::http
