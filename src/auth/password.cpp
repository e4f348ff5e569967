#include "auth/password.h"

#include <sodium.h>

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>

#include "http/query.h"
#include "work/pool.h"

namespace parley::auth {

namespace {

namespace asio = boost::asio;

struct Limits {
  unsigned long long operations;
  std::size_t memory;  // bytes
  // Of this cost and of no password: what an account that is not there is compared with.
  const char* nobody;
};

#define PARLEY_NO_SALT_NO_HASH "$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
constexpr Limits kMinimalLimits{crypto_pwhash_argon2id_OPSLIMIT_MIN, crypto_pwhash_argon2id_MEMLIMIT_MIN,
                                "$argon2id$v=19$m=8,t=1,p=1" PARLEY_NO_SALT_NO_HASH};
constexpr Limits kInteractiveLimits{crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE,
                                    crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE,
                                    "$argon2id$v=19$m=65536,t=2,p=1" PARLEY_NO_SALT_NO_HASH};
constexpr Limits kModerateLimits{crypto_pwhash_argon2id_OPSLIMIT_MODERATE, crypto_pwhash_argon2id_MEMLIMIT_MODERATE,
                                 "$argon2id$v=19$m=262144,t=3,p=1" PARLEY_NO_SALT_NO_HASH};
#undef PARLEY_NO_SALT_NO_HASH

const Limits& limits_of(PasswordCost cost) {
  switch (cost) {
    case PasswordCost::kMinimal:
      return kMinimalLimits;
    case PasswordCost::kModerate:
      return kModerateLimits;
    case PasswordCost::kInteractive:
      break;
  }
  return kInteractiveLimits;
}

Result<std::string, Error> make_hash(const Limits& limits, std::string& password) {
  std::array<char, crypto_pwhash_STRBYTES> out{};
  const int failed = crypto_pwhash_str_alg(out.data(), password.data(), password.size(), limits.operations,
                                           limits.memory, crypto_pwhash_ALG_ARGON2ID13);
  sodium_memzero(password.data(), password.size());
  if (failed != 0) return Error{"unavailable", "not enough memory to hash a password", "", 5};
  return {boost::system::in_place_value, out.data()};
}

Result<bool, Error> compare(const Limits& limits, const std::string& hash, std::string& password) {
  const char* against = hash.empty() ? limits.nobody : hash.c_str();
  const bool fits = crypto_pwhash_str_verify(against, password.data(), password.size()) == 0;
  sodium_memzero(password.data(), password.size());
  return fits && !hash.empty();
}

}  // namespace

Result<void, Error> check_password_rules(std::string_view password, std::string_view field) {
  const auto wrong = [field](std::string message) {
    return Error{"invalid_argument", std::move(message), std::string(field)};
  };
  if (password.size() < kMinPasswordBytes) return wrong("a password has at least 8 characters");
  if (password.size() > kMaxPasswordBytes) return wrong("a password has at most 1024 bytes");
  if (!http::is_utf8(password)) return wrong("a password is UTF-8 text");
  if (password.find_first_not_of(password.front()) == std::string_view::npos) {
    return wrong("a password is more than one character repeated");
  }
  return {};
}

struct Passwords::Impl {
  Impl(PasswordConfig c, work::Pool& p) : config(c), limits(limits_of(c.cost)), pool(p) {}

  PasswordConfig config;
  const Limits& limits;
  work::Pool& pool;
  std::size_t running = 0;
  std::deque<std::shared_ptr<asio::steady_timer>> line;  // those who wait; cancelled when it is their turn

  // True with a place taken, which leave() gives on.
  asio::awaitable<bool> enter() {
    if (running < config.at_once) {
      ++running;
      co_return true;
    }
    if (line.size() >= config.waiting) co_return false;
    auto executor = co_await asio::this_coro::executor;
    auto turn = std::make_shared<asio::steady_timer>(executor, asio::steady_timer::time_point::max());
    line.push_back(turn);
    boost::system::error_code ignored;
    co_await turn->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_return true;
  }
  void leave() {
    if (line.empty()) {
      --running;
      return;
    }
    line.front()->cancel();  // the place goes to the next in line
    line.pop_front();
  }

  static Error busy() { return {"resource_exhausted", "too many people are logging in at the moment", "", 2}; }
};

Passwords::Passwords(PasswordConfig config, work::Pool& pool) : impl_(std::make_shared<Impl>(config, pool)) {
  if (sodium_init() < 0) std::abort();  // no entropy: nothing here would be safe
}
Passwords::~Passwords() = default;

asio::awaitable<Result<std::string, Error>> Passwords::hash(std::string password) {
  const std::shared_ptr<Impl> impl = impl_;
  const bool entered = co_await impl->enter();
  if (!entered) co_return Impl::busy();
  auto job = [impl, text = std::move(password)]() mutable -> Result<std::string, Error> {
    return make_hash(impl->limits, text);
  };
  auto answer = co_await impl->pool.run(std::move(job));
  impl->leave();
  co_return answer;
}

asio::awaitable<Result<bool, Error>> Passwords::verify(std::string hash, std::string password) {
  const std::shared_ptr<Impl> impl = impl_;
  const bool entered = co_await impl->enter();
  if (!entered) co_return Impl::busy();
  auto job = [impl, known = std::move(hash), text = std::move(password)]() mutable -> Result<bool, Error> {
    return compare(impl->limits, known, text);
  };
  auto answer = co_await impl->pool.run(std::move(job));
  impl->leave();
  co_return answer;
}

bool Passwords::outdated(const std::string& hash) const {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), impl_->limits.operations, impl_->limits.memory) != 0;
}

}  // namespace parley::auth
