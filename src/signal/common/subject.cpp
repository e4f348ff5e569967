#include "signal/common/subject.h"

#include <boost/beast/core/string.hpp>
#include <string>
#include <utility>

#include "auth/authenticator.h"
#include "auth/subject.h"

namespace parley::signal::common {

Result<std::optional<std::string_view>, Error> bearer_token(const http::Request& request) {
  static constexpr std::string_view kBearer = "Bearer ";
  const std::string_view header = request.header("Authorization");
  if (header.empty()) return std::optional<std::string_view>();
  std::string_view token;
  if (boost::beast::iequals(header.substr(0, kBearer.size()), kBearer)) token = header.substr(kBearer.size());
  while (!token.empty() && token.front() == ' ') token.remove_prefix(1);
  if (token.empty()) {
    return Error{"unauthenticated", "the header Authorization must be \"Bearer\" and an access token", "Authorization"};
  }
  return std::optional<std::string_view>(token);
}

boost::asio::awaitable<Result<auth::Subject, Error>> subject_of(auth::Authenticator& authenticator,
                                                                const http::Request& request) {
  const auto token = bearer_token(request);
  if (!token) co_return token.error();
  if (!*token)
    co_return Error{"unauthenticated", "an access token is needed: Authorization: Bearer …", "Authorization"};
  std::string text(**token);
  auto subject = co_await authenticator.authenticate(std::move(text));
  if (subject) subject->address = request.peer.ip_text();
  co_return subject;
}

}  // namespace parley::signal::common
