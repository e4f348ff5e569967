#include "signal/livekit/endpoints.h"

#include <boost/beast/core/string.hpp>
#include <boost/json.hpp>

#include "signal/livekit/grants.h"
#include "signal/livekit/session.h"

namespace parley::signal::livekit {

namespace {

constexpr Duration kDevTokenLife = 6h;

// The statuses that clients know; what a room refuses for lack of permission they expect as 401.
unsigned join_status(const Error& error) {
  if (error.code == "permission_denied" || error.code == "unauthenticated") return 401;
  if (error.code == "resource_exhausted" || error.code == "unavailable") return 503;
  if (error.code == "not_found") return 404;
  if (error.code == "internal") return 500;
  return 400;
}

// Clients show the body, and tell a missing room from a missing path by this phrase in it.
http::Response join_refused(const Error& error) {
  std::string text = error.message;
  if (error.code == "not_found") text = "requested room does not exist";
  return http::text_response(join_status(error), std::move(text));
}

http::UpgradeHandler upgrade_handler(Context& context, Version version) {
  return [&context, version](const http::Request& request) -> http::awaitable<http::UpgradeDecision> {
    auto intent = check_request(context, request, version);
    if (!intent) {
      ++context.stats.joins_refused;
      co_return join_refused(intent.error());
    }
    co_return std::make_shared<Session>(context, std::move(*intent));
  };
}

http::Handler validate_handler(Context& context, Version version) {
  return [&context, version](const http::Request& request) -> http::awaitable<http::Response> {
    const auto intent = check_request(context, request, version);
    co_return intent ? http::text_response(200, "success") : join_refused(intent.error());
  };
}

http::Handler dev_token_handler(Context& context) {
  return [&context](const http::Request& request) -> http::awaitable<http::Response> {
    const std::string* secret = context.keys.secret_of(context.keys.first_key());
    if (secret == nullptr) co_return http::problem_response({"unavailable", "no API key is configured", "keys"});
    for (const char* name : {"room", "identity"}) {
      if (request.query.get(name).empty()) {
        co_return http::problem_response(
            {"invalid_argument", std::string("the parameter ") + name + " is missing", name});
      }
    }
    auth::Claims claims;
    claims.issuer = context.keys.first_key();
    claims.identity = request.query.get("identity");
    claims.name = request.query.get("name");
    const TimePoint now = context.clock();
    claims.expires_at = std::chrono::floor<std::chrono::seconds>((now + kDevTokenLife).time_since_epoch()).count();
    claims.video.room_join = true;
    claims.video.room = request.query.get("room");
    claims.video.can_update_own_metadata = true;
    boost::json::object body{{"token", auth::sign_token(claims, *secret)}};
    if (!context.config.public_url.empty()) body["url"] = context.config.public_url;
    http::Response response = http::json_response(200, boost::json::serialize(body));
    response.set("Cache-Control", "no-store");
    co_return response;
  };
}

}  // namespace

Result<auth::Claims, Error> authenticate(const Context& context, const http::Request& request) {
  static constexpr std::string_view kBearer = "Bearer ";
  std::string_view token = request.query.get("access_token");
  if (const std::string_view header = request.header("Authorization"); !header.empty()) {
    if (!boost::beast::iequals(header.substr(0, kBearer.size()), kBearer)) {
      return Error{"unauthenticated", "invalid authorization header: it must start with Bearer", "Authorization"};
    }
    token = header.substr(kBearer.size());
  }
  if (token.empty()) return Error{"unauthenticated", "no access token was given", "access_token"};
  return auth::verify_token(token, context.keys, context.clock());
}

Result<Intent, Error> check_request(const Context& context, const http::Request& request, Version version) {
  const auto claims = authenticate(context, request);
  if (!claims) return claims.error();
  if (!claims->video.room_join) {
    return Error{"unauthenticated", "permissions denied: the token lacks roomJoin", "access_token"};
  }
  if (claims->video.room.empty()) return Error{"invalid_argument", "the token names no room", "room"};
  if (claims->identity.empty()) return Error{"invalid_argument", "the token names no identity", "identity"};
  const room::Grants grants = grants_from(*claims);
  Result<Intent, Error> intent =
      version == Version::kV0 ? Result<Intent, Error>(intent_from_query(request.query, grants, claims->video.room))
                              : intent_from_join_request(request.query.get("join_request"), grants, claims->video.room);
  if (!intent) return intent;
  if (auto* join = std::get_if<room::JoinParams>(&*intent)) {
    join->client.address = request.peer.ip_text();
    // A resume is not checked: it takes no new place, and answers for itself when its session is gone.
    if (const auto checked = context.rooms.check_join(*join); !checked) return checked.error();
  } else if (auto* resume = std::get_if<room::ResumeParams>(&*intent)) {
    resume->client.address = request.peer.ip_text();
  }
  return intent;
}

void add_endpoints(http::Router& router, Context& context) {
  redirect_protobuf_log();
  router.add_websocket("/rtc", upgrade_handler(context, Version::kV0));
  router.add(http::Method::get, "/rtc/validate", validate_handler(context, Version::kV0));
  if (context.config.single_connection) {
    router.add_websocket("/rtc/v1", upgrade_handler(context, Version::kV1));
    router.add(http::Method::get, "/rtc/v1/validate", validate_handler(context, Version::kV1));
  }
  if (context.config.dev) router.add(http::Method::get, "/api/dev/token", dev_token_handler(context));
}

}  // namespace parley::signal::livekit
