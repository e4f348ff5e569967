#include "auth/jwks_source.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace parley::auth {

namespace asio = boost::asio;

bool is_safe_url(std::string_view url) {
  if (url.size() > 2048 || url.find_first_of(" \r\n\t\"<>\\") != std::string_view::npos) return false;
  if (url.starts_with("https://")) return url.size() > 8 && url[8] != '/';
  if (!url.starts_with("http://")) return false;
  std::string_view host = url.substr(7);
  host = host.substr(0, host.find_first_of("/?#"));
  const std::size_t port = host.rfind(':');
  if (port != std::string_view::npos && !host.ends_with(']')) host = host.substr(0, port);
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

JwksSource::JwksSource(std::string url, HttpFetch fetch) : url_(std::move(url)), fetch_(std::move(fetch)) {}
JwksSource::JwksSource(std::vector<JwtKey> keys) : keys_(std::move(keys)), fetched_(true) {}

bool JwksSource::may_fetch(TimePoint now) const {
  return !url_.empty() && (!attempted_ || now - attempted_at_ >= kBetweenFetches);
}

asio::awaitable<void> JwksSource::refresh(TimePoint now) {
  if (fetching_) {
    auto executor = co_await asio::this_coro::executor;
    auto gate = std::make_shared<asio::steady_timer>(executor, asio::steady_timer::time_point::max());
    waiting_.push_back(gate);
    boost::system::error_code ignored;
    co_await gate->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_return;
  }
  fetching_ = true;
  attempted_ = true;
  attempted_at_ = now;
  http::ClientRequest request;
  request.url = url_;
  request.headers = {{"Accept", "application/jwk-set+json, application/json"}};
  auto answer = co_await fetch_(std::move(request));
  if (answer && answer->ok()) {
    if (auto keys = parse_jwks(answer->body)) {
      keys_ = std::move(*keys);
      fetched_ = true;
      fetched_at_ = now;
    }
  }
  fetching_ = false;
  for (const auto& gate : waiting_) gate->cancel();
  waiting_.clear();
}

asio::awaitable<Result<bool, Error>> JwksSource::verifies(const Jwt& token, TimePoint now) {
  const bool stale = !url_.empty() && (!fetched_ || now - fetched_at_ >= kFresh);
  // A fetch under way is waited for, although another may not begin yet.
  if ((stale || choose_key(token, keys_) == nullptr) && (fetching_ || may_fetch(now))) co_await refresh(now);
  if (!fetched_ || (!url_.empty() && now - fetched_at_ >= kKept)) {
    co_return Error{"unavailable", "the keys of the token's issuer cannot be reached", ""};
  }
  const JwtKey* key = choose_key(token, keys_);
  co_return key != nullptr&& signature_fits(token, *key);
}

}  // namespace parley::auth
