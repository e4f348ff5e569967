// Who asks: the bearer of a request's access token. Cookies prove nothing here, so that another site's page has nothing
// to make use of.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace parley::auth {
class Authenticator;
struct Subject;
}  // namespace parley::auth

namespace parley::signal::common {

// The token of "Authorization: Bearer …"; nullopt without such a header. Error: another scheme, or no token behind it.
[[nodiscard]] Result<std::optional<std::string_view>, Error> bearer_token(const http::Request& request);

// Error "unauthenticated" without a token that authenticator accepts.
[[nodiscard]] boost::asio::awaitable<Result<auth::Subject, Error>> subject_of(auth::Authenticator& authenticator,
                                                                              const http::Request& request);

}  // namespace parley::signal::common
