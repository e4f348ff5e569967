// From the settings to what each part of the control plane takes.
#pragma once

#include <string>

#include "auth/accounts.h"
#include "auth/authenticator.h"
#include "auth/oidc.h"
#include "calls/config.h"
#include "chat/config.h"
#include "config/settings.h"
#include "files/config.h"
#include "hub/hub.h"
#include "store/database.h"

namespace parley::app {

// "http://localhost:7880" where http.public_url is not set.
[[nodiscard]] std::string base_url(const config::Settings& settings);

[[nodiscard]] store::Config database_config(const config::Settings& settings);
[[nodiscard]] auth::AccountsConfig accounts_config(const config::Settings& settings);
// Without what fetches keys.
[[nodiscard]] auth::AuthenticatorConfig authenticator_config(const config::Settings& settings);
[[nodiscard]] auth::OidcConfig oidc_config(const config::Settings& settings);
[[nodiscard]] hub::Config hub_config(const config::Settings& settings);
[[nodiscard]] chat::Config chat_config(const config::Settings& settings);
[[nodiscard]] calls::Config calls_config(const config::Settings& settings);
// Without the key of signed URLs.
[[nodiscard]] files::Config files_config(const config::Settings& settings);

}  // namespace parley::app
