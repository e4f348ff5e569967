// The API on real services and a SQLite database in memory; only the network and the media plane are missing.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "auth/accounts.h"
#include "auth/authenticator.h"
#include "auth/oidc.h"
#include "calls/service.h"
#include "chat/service.h"
#include "files/http_routes.h"
#include "files/links.h"
#include "files/object_store.h"
#include "files/service.h"
#include "files/uploads.h"
#include "hooks/service.h"
#include "http/client.h"
#include "hub/hub.h"
#include "signal/common/problem.h"
#include "signal/common/subject.h"
#include "signal/rest/api.h"
#include "store/database.h"
#include "work/pool.h"

namespace parley::signal::rest {

namespace asio = boost::asio;
namespace json = boost::json;

class NoMedia final : public calls::MediaControl {
 public:
  [[nodiscard]] std::vector<calls::MediaParticipant> list(const std::string& /*room_id*/) override { return {}; }
  bool remove_participant(const std::string& /*room_id*/, const std::string& /*identity*/) override { return false; }
  Result<void, Error> mute(const std::string& /*room*/, const std::string& /*who*/,
                           const std::string& /*sid*/) override {
    return {};
  }
  void set_rights(const std::string& /*room*/, const std::string& /*who*/, const calls::MemberRights& /*r*/) override {}
  void delete_room(const std::string& /*room_id*/) override {}
};

struct Answered {
  unsigned status = 0;
  json::object body;
  http::Response response;

  [[nodiscard]] std::string text(std::string_view name) const {
    const json::value* value = body.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
  }
  [[nodiscard]] std::string code() const { return text("code"); }
};

class RestWorld {
 public:
  explicit RestWorld(Limits limits = no_limits())
      : folder_(make_folder()),
        database_(open_database(io_.get_executor(), *this)),
        objects_(open_objects(folder_)),
        accounts_(accounts_config(), *database_, pool_, random_),
        authenticator_(with_clock<auth::AuthenticatorConfig>(), accounts_, *database_),
        oidc_(oidc_config(), accounts_, random_),
        passwords_(accounts_config().password, pool_),
        chat_({}, {*database_, hub_, random_, clock(), &links_}),
        files_(files_config(), {*database_, pool_, hub_, passwords_, *objects_, random_,
                                [this](std::string user, std::string room) {
                                  return chat_.rooms().object_for(std::move(user), std::move(room));
                                },
                                io_.get_executor()}),
        uploads_(files_),
        calls_(calls_config(), {*database_, hub_, media_, random_, keys_, io_.get_executor()}),
        hooks_(with_clock<hooks::Config>(), {*database_, client_, random_, io_.get_executor()}),
        api_(rest_config(limits), {accounts_, authenticator_, oidc_, chat_, calls_, files_, *objects_, hooks_, hub_,
                                   *database_, pool_, random_}) {
    auto done = run(accounts_.start());
    EXPECT_TRUE(done) << done.error().message;
    auth::RoomHooks rooms;
    rooms.describe = [this](std::string user, std::string room) {
      return chat_.rooms().object_for(std::move(user), std::move(room));
    };
    rooms.join = [this](std::string user, std::string room, auth::RoomRole role) {
      return chat_.rooms().admit(std::move(room), std::move(user), role);
    };
    accounts_.set_rooms(std::move(rooms));
    add_routes(router_, api_);
    files::RouteHooks hooks;
    hooks.subject_of = [this](const http::Request& r) { return common::subject_of(authenticator_, r); };
    hooks.problem = [](const Error& error) { return common::problem(error); };
    files::add_routes(router_, files_, uploads_, std::move(hooks));
  }
  ~RestWorld() {
    calls_.stop();
    std::filesystem::remove_all(folder_);
  }
  RestWorld(const RestWorld&) = delete;
  RestWorld& operator=(const RestWorld&) = delete;

  static Limits no_limits() {
    Limits limits;
    limits.enabled = false;
    return limits;
  }

  template <class T>
  T run(asio::awaitable<T> work) {
    std::optional<T> out;
    asio::co_spawn(io_, std::move(work), [&out](const std::exception_ptr& failure, T value) {
      if (failure) std::rethrow_exception(failure);
      out.emplace(std::move(value));
    });
    io_.restart();
    while (!out) io_.run_one();
    return std::move(*out);
  }

  Answered ask(http::Method method, std::string_view target, const json::value& body = nullptr,
               std::string_view token = {}) {
    http::Request request;
    request.method = method;
    EXPECT_TRUE(http::set_target(request, target)) << target;
    request.received = now;
    request.peer = Address::v4(127, 0, 0, 1, 5000);
    request.fields.set("Host", "chat.example.org");
    if (!token.empty()) request.fields.set("Authorization", "Bearer " + std::string(token));
    if (!body.is_null()) {
      request.fields.set("Content-Type", "application/json");
      request.body = json::serialize(body);
    }
    return send(std::move(request));
  }

  Answered send(http::Request request) {
    auto match = router_.match(request.method, request.path);
    Answered out;
    if (match.handler == nullptr) {
      out.status = match.allowed.empty() ? 404 : 405;
      return out;
    }
    request.params = std::move(match.params);
    out.response = run((*match.handler)(request));
    out.status = out.response.status;
    boost::system::error_code failure;
    json::value parsed = json::parse(out.response.payload(), failure);
    if (!failure && parsed.is_object()) out.body = std::move(parsed.get_object());
    return out;
  }

  struct Person {
    std::string id;
    std::string token;
    std::string refresh_token;
  };
  Person person(const std::string& name) {
    const Answered made =
        ask(http::Method::post, "/api/v1/auth/register",
            {{"email", name + "@example.org"}, {"password", "correct horse " + name}, {"name", name}});
    EXPECT_EQ(made.status, 201U) << json::serialize(made.body);
    Person out;
    if (made.status != 201) return out;
    out.id = std::string(made.body.at("user").at("id").as_string());
    out.token = made.text("accessToken");
    out.refresh_token = made.text("refreshToken");
    return out;
  }
  std::string room(const Person& owner, const json::value& wanted) {
    const Answered made = ask(http::Method::post, "/api/v1/rooms", wanted, owner.token);
    EXPECT_EQ(made.status, 201U) << json::serialize(made.body);
    return made.text("id");
  }

  [[nodiscard]] const http::Router& router() const { return router_; }
  [[nodiscard]] store::Database& database() { return *database_; }

  TimePoint now{std::chrono::seconds(1'795'000'000)};

 private:
  [[nodiscard]] std::function<TimePoint()> clock() {
    return [this] { return now; };
  }
  template <class C>
  C with_clock() {
    C config;
    config.clock = clock();
    return config;
  }
  static std::string make_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "parley-rest-XXXXXX").string();
    return ::mkdtemp(name.data());
  }
  static std::unique_ptr<store::Database> open_database(const asio::any_io_executor& home, RestWorld& world) {
    store::Config config;
    config.url = "sqlite:" + world.folder_ + "/parley.db";
    config.readers = 1;
    config.clock = [&world] { return world.now; };
    auto opened = store::Database::open(std::move(config), home);
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
  }
  static std::unique_ptr<files::ObjectStore> open_objects(const std::string& folder) {
    files::StorageConfig config;
    config.dir = folder + "/files";
    auto opened = files::open_object_store(config);
    if (!opened) throw std::runtime_error(opened.error().message);
    return std::move(*opened);
  }
  auth::AccountsConfig accounts_config() {
    auth::AccountsConfig config;
    config.registration = auth::Registration::kOpen;
    config.password.cost = auth::PasswordCost::kMinimal;
    config.lockout.enabled = false;
    config.clock = clock();
    return config;
  }
  auth::OidcConfig oidc_config() {
    auth::OidcConfig config;
    config.clock = clock();
    config.fetch = {};
    return config;
  }
  files::Config files_config() {
    files::Config config;
    config.storage.dir = folder_ + "/files";
    config.url_key = std::string(32, 'k');
    config.clock = clock();
    return config;
  }
  calls::Config calls_config() {
    calls::Config config;
    config.clock = clock();
    return config;
  }
  Config rest_config(Limits limits) {
    Config config;
    config.limits = limits;
    config.place.version = "1.2.3";
    config.temp_dir = folder_;
    config.clock = clock();
    return config;
  }

  std::string folder_;
  asio::io_context io_{1};
  SeededRandom random_{7};
  work::Pool pool_{{.name = "test"}, io_.get_executor()};
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<files::ObjectStore> objects_;
  http::Client client_{io_.get_executor(), {}};
  hub::Hub hub_{{}};
  auth::KeyTable keys_ = [] {
    auth::KeyTable keys;
    keys.add("devkey", "secret of at least thirty-two bytes");
    return keys;
  }();
  NoMedia media_;
  auth::Accounts accounts_;
  auth::Authenticator authenticator_;
  auth::Oidc oidc_;
  auth::Passwords passwords_;
  files::Links links_;
  chat::Service chat_;
  files::Service files_;
  files::Uploads uploads_;
  calls::Service calls_;
  hooks::Service hooks_;
  Api api_;
  http::Router router_;
};

}  // namespace parley::signal::rest
