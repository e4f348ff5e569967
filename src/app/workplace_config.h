// From the settings to what each part of the control plane takes.
#pragma once

#include <functional>
#include <string>

#include "auth/accounts.h"
#include "auth/authenticator.h"
#include "auth/oidc.h"
#include "calls/config.h"
#include "chat/config.h"
#include "config/settings.h"
#include "files/config.h"
#include "hooks/config.h"
#include "hub/hub.h"
#include "room/manager.h"
#include "signal/common/limiter.h"
#include "signal/events/server.h"
#include "signal/rest/api.h"
#include "store/database.h"
#include "unfurl/config.h"

namespace parley::app {

// "http://localhost:7880" where http.public_url is not set.
[[nodiscard]] std::string base_url(const config::Settings& settings);

[[nodiscard]] store::Config database_config(const config::Settings& settings);
[[nodiscard]] auth::AccountsConfig accounts_config(const config::Settings& settings);
[[nodiscard]] auth::AuthenticatorConfig authenticator_config(const config::Settings& settings, auth::HttpFetch fetch);
[[nodiscard]] auth::OidcConfig oidc_config(const config::Settings& settings, auth::HttpFetch fetch);
[[nodiscard]] hub::Config hub_config(const config::Settings& settings);
[[nodiscard]] chat::Config chat_config(const config::Settings& settings);
[[nodiscard]] calls::Config calls_config(const config::Settings& settings);
// url_key signs URLs.
[[nodiscard]] files::Config files_config(const config::Settings& settings, std::string url_key);
[[nodiscard]] unfurl::Config unfurl_config(const config::Settings& settings);
[[nodiscard]] hooks::Config hooks_config(const config::Settings& settings, const auth::KeyTable& keys);
[[nodiscard]] signal::events::ServerConfig events_config(const config::Settings& settings);
[[nodiscard]] signal::rest::Limits request_limits(const config::Limits& from);
// rooms must outlive it.
[[nodiscard]] signal::rest::Config rest_config(const config::Settings& settings, std::function<bool()> draining,
                                               room::Manager& rooms);
// Requests for the bytes of files; `rate` is that of REST's requests of the same weight.
[[nodiscard]] signal::common::Limiter file_limiter(const config::Settings& settings, http::Rate rate, const char* what);

}  // namespace parley::app
