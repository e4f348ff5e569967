// What the handlers of this folder share. Internal to signal/rest.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "signal/common/limiter.h"
#include "signal/rest/api.h"
#include "signal/rest/avatars.h"
#include "signal/rest/login_codes.h"

namespace parley::signal::rest {

// What a request counts as; one table of buckets each.
enum class Cost : std::uint8_t { kSignUp, kSignIn, kOpen, kRead, kWrite, kSend, kSearch, kInvite, kExpensive };
inline constexpr std::size_t kCosts = static_cast<std::size_t>(Cost::kExpensive) + 1;

struct Api::State {
  State(Config c, Services s);

  [[nodiscard]] TimePoint now() const { return config.clock(); }
  // key: a user id or an address.
  [[nodiscard]] Result<void, Error> take(Cost cost, std::string_view key);

  const Config config;
  const TimePoint started;
  auth::Accounts& accounts;
  auth::Authenticator& authenticator;
  auth::Oidc& oidc;
  chat::Service& chat;
  calls::Service& calls;
  files::Service& files;
  hooks::Service& hooks;
  hub::Hub& hub;
  store::Database& database;
  work::Pool& pool;
  RandomSource& random;
  Avatars avatars;
  LoginCodes login_codes;
  const http::Router* router = nullptr;
  std::array<common::Limiter, kCosts> limiters;
};
using State = Api::State;

}  // namespace parley::signal::rest
