// Passwords: Argon2id (libsodium) on the pool of threads, never more at a time than memory allows.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::work {
class Pool;
}

namespace parley::auth {

inline constexpr std::size_t kMinPasswordBytes = 8;
inline constexpr std::size_t kMaxPasswordBytes = 1024;

enum class PasswordCost : std::uint8_t {
  kMinimal,      // 8 KiB: tests alone
  kInteractive,  // 64 MiB
  kModerate,     // 256 MiB
};

struct PasswordConfig {
  PasswordCost cost = PasswordCost::kInteractive;
  std::size_t at_once = 2;   // hashes made at a time: at_once × cost is the memory they may take
  std::size_t waiting = 64;  // those beyond are refused ("resource_exhausted", retry_after)
};

// Error invalid_argument (field) when too short, too long, no UTF-8, or the same character throughout.
[[nodiscard]] Result<void, Error> check_password_rules(std::string_view password, std::string_view field = "password");

class Passwords {
 public:
  // pool must outlive it.
  Passwords(PasswordConfig config, work::Pool& pool);
  ~Passwords();
  Passwords(const Passwords&) = delete;
  Passwords& operator=(const Passwords&) = delete;

  // Argon2id's own text form, with salt and cost.
  boost::asio::awaitable<Result<std::string, Error>> hash(std::string password);
  // False: another password. An empty hash (no such account, no password) takes as long as any and is false.
  boost::asio::awaitable<Result<bool, Error>> verify(std::string hash, std::string password);
  // The hash was made at another cost than the present one.
  [[nodiscard]] bool outdated(const std::string& hash) const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace parley::auth
