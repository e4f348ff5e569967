// How a request reaches its handler, and the parts that most handlers need. Internal to signal/rest.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "auth/subject.h"
#include "http/router.h"
#include "signal/common/fields.h"
#include "signal/common/problem.h"
#include "signal/rest/parameters.h"
#include "signal/rest/state.h"

namespace parley::signal::rest {

using common::Fields;
using common::json_answer;
using common::no_content;
using common::problem;
using http::Method;
using http::Request;
using Reply = http::awaitable<http::Response>;
// The request outlives the reply, as the state does.
using OpenHandler = Reply (*)(State&, const Request&);
using Handler = Reply (*)(State&, const Request&, auth::Subject);

class Routes {
 public:
  static constexpr std::string_view kPrefix = "/api/v1";

  Routes(http::Router& router, State& state) : router_(router), state_(state) {}

  // path is what follows kPrefix. Variables that end in "Id" must be UUIDs, else the request is refused.
  void open(Method method, std::string_view path, Cost cost, OpenHandler handler);  // for anybody
  void add(Method method, std::string_view path, Cost cost, Handler handler);       // for who shows a token

 private:
  http::Router& router_;
  State& state_;
};

// One for each part of the API.
void add_server_routes(Routes& routes);
void add_auth_routes(Routes& routes);
void add_me_routes(Routes& routes);
void add_user_routes(Routes& routes);
void add_room_routes(Routes& routes);
void add_member_routes(Routes& routes);
void add_invitation_routes(Routes& routes);
void add_message_routes(Routes& routes);
void add_search_routes(Routes& routes);
void add_inbox_routes(Routes& routes);
void add_call_routes(Routes& routes);
void add_network_routes(Routes& routes);
void add_file_routes(Routes& routes);
void add_presence_routes(Routes& routes);
void add_export_routes(Routes& routes);
void add_admin_routes(Routes& routes);
void add_admin_user_routes(Routes& routes);

// The body as an object. Errors: "unsupported_media_type" for another type than JSON, and those of parse_object().
[[nodiscard]] Result<boost::json::object, Error> body_of(const State& state, const Request& request);

[[nodiscard]] inline std::string path_param(const Request& request, std::string_view name) {
  return std::string(request.param(name));
}

// {items, nextCursor}; an empty cursor is null.
[[nodiscard]] boost::json::object page_json(boost::json::array items, std::string_view next_cursor);
template <class Items, class ToJson>
[[nodiscard]] boost::json::array array_of(const Items& items, const ToJson& json_of) {
  boost::json::array out;
  out.reserve(items.size());
  for (const auto& item : items) out.push_back(json_of(item));
  return out;
}
// The text, or null when it is empty; the time of ms as ISO 8601, or null when it is 0.
[[nodiscard]] boost::json::value text_or_null(std::string_view text);
[[nodiscard]] boost::json::value time_or_null(std::int64_t ms);

}  // namespace parley::signal::rest
