#include "signal/rest/routes.h"

#include "base/iso_time.h"
#include "base/uuid.h"
#include "signal/common/subject.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

Result<void, Error> check_ids(const Request& request) {
  for (const auto& [name, value] : request.params) {
    if (!name.ends_with("Id") || is_uuid(value)) continue;
    return Error{"invalid_argument", "\"" + name + "\" in the path must be an id (a UUID in lower case)", name};
  }
  return {};
}

Reply serve_open(State& state, const Request& request, Cost cost, OpenHandler handler) {
  if (const auto taken = state.take(cost, request.peer.ip_text()); !taken) co_return problem(taken.error());
  if (const auto checked = check_ids(request); !checked) co_return problem(checked.error());
  co_return co_await handler(state, request);
}

Reply serve(State& state, const Request& request, Cost cost, Handler handler) {
  auto subject = co_await common::subject_of(state.authenticator, request);
  if (!subject) {
    // Guessing tokens is no way around the limits.
    if (const auto taken = state.take(Cost::kOpen, request.peer.ip_text()); !taken) co_return problem(taken.error());
    co_return problem(subject.error());
  }
  if (const auto taken = state.take(cost, subject->user_id); !taken) co_return problem(taken.error());
  if (const auto checked = check_ids(request); !checked) co_return problem(checked.error());
  auth::Subject who = std::move(*subject);
  co_return co_await handler(state, request, std::move(who));
}

}  // namespace

void Routes::open(Method method, std::string_view path, Cost cost, OpenHandler handler) {
  State& state = state_;
  router_.add(method, std::string(kPrefix) + std::string(path),
              [&state, cost, handler](const Request& request) { return serve_open(state, request, cost, handler); });
}

void Routes::add(Method method, std::string_view path, Cost cost, Handler handler) {
  State& state = state_;
  router_.add(method, std::string(kPrefix) + std::string(path),
              [&state, cost, handler](const Request& request) { return serve(state, request, cost, handler); });
}

Result<json::object, Error> body_of(const State& state, const Request& request) {
  if (request.body.empty()) return json::object{};
  const std::string type = request.content_type();
  if (type != "application/json" && !type.ends_with("+json")) {
    return Error{"unsupported_media_type", "the body must be JSON: Content-Type: application/json", "Content-Type"};
  }
  return common::parse_object(request.body, {.max_bytes = state.config.max_body});
}

json::object page_json(json::array items, std::string_view next_cursor) {
  json::object out;
  out["items"] = std::move(items);
  out["nextCursor"] = text_or_null(next_cursor);
  return out;
}

json::value text_or_null(std::string_view text) { return text.empty() ? json::value(nullptr) : json::value(text); }

json::value time_or_null(std::int64_t ms) { return ms == 0 ? json::value(nullptr) : json::value(to_iso(ms)); }

}  // namespace parley::signal::rest
