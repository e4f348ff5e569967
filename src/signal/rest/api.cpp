#include "signal/rest/api.h"

#include "signal/rest/routes.h"
#include "signal/rest/state.h"

namespace parley::signal::rest {

namespace {

std::array<common::Limiter, kCosts> limiters_of(const Limits& limits) {
  const auto limiter = [&limits](http::Rate rate, const char* what) {
    return common::Limiter(limits.enabled ? rate : http::Rate{}, what);
  };
  // In the order of Cost.
  return {limiter(limits.sign_up, "accounts are asked for"),
          limiter(limits.sign_in, "log-ins come"),
          limiter(limits.open, "requests come"),
          limiter(limits.read, "requests come"),
          limiter(limits.write, "changes come"),
          limiter(limits.send, "messages come"),
          limiter(limits.search, "searches come"),
          limiter(limits.invite, "calls and invitations come"),
          limiter(limits.expensive, "requests of this kind come")};
}

}  // namespace

Api::State::State(Config c, Services s)
    : config(std::move(c)),
      started(config.clock()),
      accounts(s.accounts),
      authenticator(s.authenticator),
      oidc(s.oidc),
      chat(s.chat),
      calls(s.calls),
      files(s.files),
      hooks(s.hooks),
      hub(s.hub),
      database(s.database),
      pool(s.pool),
      random(s.random),
      avatars(s.objects, s.pool, config.temp_dir, config.max_avatar),
      limiters(limiters_of(config.limits)) {}

Result<void, Error> Api::State::take(Cost cost, std::string_view key) {
  return limiters[static_cast<std::size_t>(cost)].take(now(), key);
}

Api::Api(Config config, Services services) : state_(std::make_unique<State>(std::move(config), services)) {}
Api::~Api() = default;

void add_routes(http::Router& router, Api& api) {
  api.state().router = &router;
  Routes routes(router, api.state());
  add_server_routes(routes);
  add_auth_routes(routes);
  add_me_routes(routes);
  add_user_routes(routes);
  add_room_routes(routes);
  add_member_routes(routes);
  add_invitation_routes(routes);
  add_message_routes(routes);
  add_search_routes(routes);
  add_inbox_routes(routes);
  add_call_routes(routes);
  add_network_routes(routes);
  add_file_routes(routes);
  add_presence_routes(routes);
  add_export_routes(routes);
  add_admin_routes(routes);
  add_admin_user_routes(routes);
}

}  // namespace parley::signal::rest
