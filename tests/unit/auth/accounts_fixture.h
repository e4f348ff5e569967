// Accounts on a database of either engine, in virtual time, with rooms that are a table of this test.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "auth/accounts.h"
#include "auth/authenticator.h"
#include "base/random.h"
#include "unit/store/store_harness.h"
#include "work/pool.h"

namespace parley::auth {

struct Heard : AccountListener {
  void on_session_ended(std::string_view user_id, std::string_view session_id, std::string_view reason) override {
    (void)user_id;
    ended.emplace_back(session_id, reason);
  }
  void on_user_ended(std::string_view user_id, std::string_view reason) override { gone.emplace_back(user_id, reason); }
  void on_role_changed(std::string_view user_id, ServerRole role) override {
    roles.emplace_back(user_id, to_string(role));
  }
  void on_profile_changed(const store::User& user) override { profiles.push_back(user.name); }
  void on_user_created(const store::User& user) override { created.push_back(user.name); }

  using Pairs = std::vector<std::pair<std::string, std::string>>;
  Pairs ended;
  Pairs gone;
  Pairs roles;
  std::vector<std::string> profiles;
  std::vector<std::string> created;
};

inline constexpr const char* kPassword = "correct horse";

class AccountsTest : public store::StoreTest {
 protected:
  AccountsTest() {
    pool_ = std::make_unique<work::Pool>(work::Pool::Config{"test", 2, 64}, io().get_executor());
    settings.registration = Registration::kOpen;
    settings.password.cost = PasswordCost::kMinimal;
    settings.clock = [this] { return now; };
  }
  ~AccountsTest() override {
    authenticator_.reset();
    accounts_.reset();
  }

  Accounts& accounts() {
    if (!accounts_) open();
    return *accounts_;
  }
  void open() {
    authenticator_.reset();
    accounts_ = std::make_unique<Accounts>(settings, db(), *pool_, random_);
    const auto started = run(accounts_->start());
    ASSERT_TRUE(started) << started.error().message;
    accounts_->set_rooms(hooks());
    accounts_->add_listener(&heard);
  }
  Authenticator& authenticator() {
    if (!authenticator_) {
      accounts();
      AuthenticatorConfig config = authenticator_settings;
      config.clock = [this] { return now; };
      authenticator_ = std::make_unique<Authenticator>(std::move(config), accounts(), db());
      const auto started = authenticator_->start();
      if (!started) ADD_FAILURE() << started.error().message;
    }
    return *authenticator_;
  }

  template <class T>
  static std::string code(const Result<T, Error>& answer) {
    return answer ? "ok" : answer.error().code;
  }

  Result<SignedIn, Error> try_register(const std::string& name, const std::string& invitation = {}) {
    return run(accounts().register_user({name + "@example.org", kPassword, name, invitation, ""}, client()));
  }
  SignedIn enrol(const std::string& name) {
    auto answer = try_register(name);
    if (!answer) {
      ADD_FAILURE() << answer.error().message;
      return {};
    }
    return std::move(*answer);
  }
  Result<SignedIn, Error> log_in(const std::string& name, const std::string& password = kPassword,
                                 const std::string& address = "192.0.2.1") {
    return run(accounts().log_in(name + "@example.org", password, {address, "tester"}));
  }
  Result<SignedIn, Error> refresh(const std::string& token) { return run(accounts().refresh(token, client())); }
  // "ok" or the code of the Error.
  std::string authenticate(const std::string& token) { return code(run(authenticator().authenticate(token))); }
  void sweep() {
    run([](Accounts& accounts) -> boost::asio::awaitable<bool> {
      co_await accounts.sweep();
      co_return true;
    }(accounts()));
  }
  static ClientInfo client() { return {"192.0.2.1", "tester"}; }

  struct Place {
    Object object;                          // of the room
    std::map<std::string, RoomRole> roles;  // of its members
  };
  std::map<std::string, Place> rooms;
  AccountsConfig settings;
  AuthenticatorConfig authenticator_settings;
  Heard heard;

 private:
  boost::asio::awaitable<Result<Object, Error>> describe(std::string user_id, std::string room_id) {
    const auto room = rooms.find(room_id);
    if (room == rooms.end()) co_return Error{"not_found", "no such room", "roomId"};
    Object object = room->second.object;
    const auto member = room->second.roles.find(user_id);
    if (member != room->second.roles.end()) object.role_in_room = member->second;
    co_return object;
  }
  boost::asio::awaitable<Result<void, Error>> join(std::string user_id, std::string room_id, RoomRole role) {
    const auto room = rooms.find(room_id);
    if (room == rooms.end()) co_return Error{"not_found", "no such room", "roomId"};
    room->second.roles[user_id] = role;
    co_return Result<void, Error>{};
  }
  boost::asio::awaitable<Result<void, Error>> leave(std::string user_id, std::string room_id) {
    rooms[room_id].roles.erase(user_id);
    co_return Result<void, Error>{};
  }
  RoomHooks hooks() {
    RoomHooks out;
    out.describe = [this](std::string user, std::string room) { return describe(std::move(user), std::move(room)); };
    out.join = [this](std::string user, std::string room, RoomRole role) {
      return join(std::move(user), std::move(room), role);
    };
    out.leave = [this](std::string user, std::string room) { return leave(std::move(user), std::move(room)); };
    return out;
  }

  SeededRandom random_{7};
  std::unique_ptr<work::Pool> pool_;
  std::unique_ptr<Accounts> accounts_;
  std::unique_ptr<Authenticator> authenticator_;
};

}  // namespace parley::auth
