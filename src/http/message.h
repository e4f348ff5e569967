// Requests and responses as handlers see them.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/verb.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/address.h"
#include "base/bytes.h"
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
  // For answers that wait: calls back once when the client goes away before the answer, and keeps what it was given no
  // longer than that. Over TLS, only a broken connection is noticed. Set by the server; of no use for streamed bodies.
  std::function<void(std::function<void()> gone)> on_hangup;

  // Empty when absent.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  [[nodiscard]] std::string_view param(std::string_view name) const;
  // The media type alone, lower case: "application/json" of "Application/JSON; charset=utf-8".
  [[nodiscard]] std::string content_type() const;
};

// Splits an origin-form or absolute-form target (RFC 9112 section 3.2) into path and query. False: neither, or
// no UTF-8.
[[nodiscard]] bool set_target(Request& request, std::string_view target);

// The body of a request that is taken piece by piece while it arrives. What the handler does not read yet is not read
// from the network either, so memory stays flat however large the body is and however slowly it is worked on.
class BodyReader {
 public:
  virtual ~BodyReader() = default;
  // Waits for at least one byte. 0: the body is complete. Errors end the body: "canceled" (the client went away, paused
  // too long or is slower than a client can be; or abort() was called), "malformed" (a broken chunk).
  // A client that waits for "100 Continue" gets it with the first call.
  [[nodiscard]] virtual awaitable<Result<std::size_t, Error>> read(ByteSpan out) = 0;
  // Content-Length; nullopt for a chunked body.
  [[nodiscard]] virtual std::optional<std::uint64_t> length() const = 0;
  // Breaks the connection: a waiting read() and all later ones fail. For whoever takes the handler's place.
  virtual void abort() = 0;
};

// A body of known length that is made while it is sent. Owned by the answer; destroyed when it is sent, or when the
// client is gone.
class BodySource {
 public:
  virtual ~BodySource() = default;
  [[nodiscard]] virtual std::uint64_t length() const = 0;
  // The next bytes, at least one. 0 before `length` bytes were given, and errors, break the connection: the client sees
  // an answer that is too short. Called for one read at a time, and only when the client has taken what came before.
  [[nodiscard]] virtual awaitable<Result<std::size_t, Error>> read(ByteSpan out) = 0;
  // Before the first read(). `break_off` ends the connection at once, also while it waits for a slow client; it may be
  // called on the control thread at any time, also after the end.
  virtual void sending(std::function<void()> /*break_off*/) {}
};

struct Response {
  unsigned status = 200;
  std::string content_type;  // empty: no Content-Type header
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // instead of body, for what many answers share
  std::shared_ptr<BodySource> source;              // instead of both; ranges are the maker's business
  std::vector<std::pair<std::string, std::string>> headers;

  Response& set(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  [[nodiscard]] std::uint64_t length() const { return source ? source->length() : payload().size(); }
  [[nodiscard]] std::string_view payload() const { return shared_body ? std::string_view(*shared_body) : body; }
};

// The request outlives the awaited answer.
using Handler = std::function<awaitable<Response>(const Request&)>;
// request.body is empty; the body is read from the second argument, without a limit but the handler's own. Answering
// before the end of the body is fine.
using StreamingHandler = std::function<awaitable<Response>(const Request&, BodyReader&)>;

[[nodiscard]] Response text_response(unsigned status, std::string body);
[[nodiscard]] Response json_response(unsigned status, std::string json);
// RFC 9457: {"type","title","status","detail","code","field"}. The error's code and field are members of their own.
[[nodiscard]] Response problem_response(unsigned status, const Error& error);
// With the status that belongs to the error's code.
[[nodiscard]] Response problem_response(const Error& error);
// "not_found" → 404 …; 500 for a code not in the table.
[[nodiscard]] unsigned status_of(std::string_view error_code);

}  // namespace parley::http
