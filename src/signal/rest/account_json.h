// Accounts as the API shows them. Internal to signal/rest.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "auth/accounts.h"
#include "auth/oidc.h"
#include "http/message.h"

namespace parley::signal::rest {

// For `asker`: `disabled` and `deleted` are for administrators; the address is there where the service left it.
[[nodiscard]] boost::json::object user_json(const store::User& user, const auth::Subject& asker);
// {user, accessToken, refreshToken, expiresIn, roomId?}
[[nodiscard]] boost::json::object signed_in_json(const auth::SignedIn& signed_in);
[[nodiscard]] boost::json::object log_in_json(const store::AuthSession& session, const auth::Subject& asker);
// token: empty once it has been shown.
[[nodiscard]] boost::json::object invitation_json(const store::Invitation& invitation, std::string_view token);
[[nodiscard]] boost::json::object guest_link_json(const store::GuestLink& link, std::string_view token);

// [{id, name, startUrl}]
[[nodiscard]] boost::json::array providers_json(const auth::Oidc& oidc);

// Where a request comes from, for sessions and lock-outs.
[[nodiscard]] auth::ClientInfo client_of(const http::Request& request);

}  // namespace parley::signal::rest
