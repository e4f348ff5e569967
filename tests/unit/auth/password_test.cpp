// Hashing on the pool: how many at a time, and what is compared with what.
#include "auth/password.h"

#include <gmock/gmock.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <vector>

#include "work/pool.h"

namespace parley::auth {
namespace {

using boost::asio::awaitable;

class PasswordsTest : public ::testing::Test {
 protected:
  Passwords& passwords() {
    if (!passwords_) passwords_ = std::make_unique<Passwords>(config, pool_);
    return *passwords_;
  }
  void run() {
    io_.restart();
    io_.run();
  }
  std::string hash(const std::string& password) {
    std::vector<Result<std::string, Error>> out(1);
    boost::asio::co_spawn(io_, hash_into(passwords(), password, out[0]), boost::asio::detached);
    run();
    return out[0] ? *out[0] : out[0].error().code;
  }
  Result<bool, Error> verify(const std::string& hash, const std::string& password) {
    Result<bool, Error> out;
    boost::asio::co_spawn(io_, verify_into(passwords(), hash, password, out), boost::asio::detached);
    run();
    return out;
  }
  static awaitable<void> hash_into(Passwords& service, std::string password, Result<std::string, Error>& out) {
    out = co_await service.hash(std::move(password));
  }
  static awaitable<void> verify_into(Passwords& service, std::string hash, std::string password,
                                     Result<bool, Error>& out) {
    out = co_await service.verify(std::move(hash), std::move(password));
  }

  PasswordConfig config{PasswordCost::kMinimal, 2, 64};
  boost::asio::io_context io_;
  work::Pool pool_{work::Pool::Config{"test", 2, 256}, io_.get_executor()};

 private:
  std::unique_ptr<Passwords> passwords_;
};

TEST_F(PasswordsTest, HashVerifiesThePasswordAlone) {
  const std::string one = hash("correct horse");
  EXPECT_THAT(one, ::testing::StartsWith("$argon2id$v=19$m=8,t=1,p=1$"));
  EXPECT_NE(hash("correct horse"), one) << "each has a salt of its own";
  EXPECT_TRUE(*verify(one, "correct horse"));
  EXPECT_FALSE(*verify(one, "correct hors"));
  EXPECT_FALSE(*verify(one, ""));
  EXPECT_FALSE(*verify("nonsense", "correct horse"));
  const std::string with_nul("correct\0horse", 13);
  EXPECT_FALSE(*verify(hash(with_nul), "correct")) << "what follows a NUL counts";
}

TEST_F(PasswordsTest, AccountWithoutPasswordHasNone) {
  EXPECT_FALSE(*verify("", ""));
  EXPECT_FALSE(*verify("", "correct horse"));
}

TEST_F(PasswordsTest, NobodyTakesAsLongAsSomebody) {
  config.cost = PasswordCost::kInteractive;
  const std::string known = hash("correct horse");
  const auto time_of = [this](const std::string& against) {
    auto best = std::chrono::steady_clock::duration::max();
    for (int i = 0; i < 3; ++i) {
      const auto begin = std::chrono::steady_clock::now();
      EXPECT_FALSE(*verify(against, "wrong password"));
      best = std::min(best, std::chrono::steady_clock::now() - begin);
    }
    return best;
  };
  const auto somebody = time_of(known);
  const auto nobody = time_of("");
  EXPECT_LT(nobody, 3 * somebody);
  EXPECT_LT(somebody, 3 * nobody);
}

TEST_F(PasswordsTest, CostThatChangedMakesAHashOutdated) {
  const std::string cheap = hash("correct horse");
  EXPECT_FALSE(passwords().outdated(cheap));
  work::Pool pool(work::Pool::Config{"test", 1, 1}, io_.get_executor());
  EXPECT_TRUE(Passwords({PasswordCost::kInteractive, 1, 1}, pool).outdated(cheap));
}

TEST_F(PasswordsTest, FewAreHashedAtATimeOthersWaitAndTheRestIsRefused) {
  config.at_once = 1;
  config.waiting = 3;
  std::vector<Result<std::string, Error>> out(6);
  for (auto& one : out) {
    boost::asio::co_spawn(io_, hash_into(passwords(), "correct horse", one), boost::asio::detached);
  }
  run();
  int done = 0;
  for (const auto& one : out) {
    done += one ? 1 : 0;
    if (!one) {
      EXPECT_EQ(one.error().code, "resource_exhausted");
      EXPECT_GT(one.error().retry_after, 0U);
    }
  }
  EXPECT_EQ(done, 4);
  EXPECT_NE(hash("correct horse"), "resource_exhausted") << "the places are free again";
}

}  // namespace
}  // namespace parley::auth
