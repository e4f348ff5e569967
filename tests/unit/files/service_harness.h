// The files' service on a real database and disk, without a network: requests are values, bodies are strings.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "auth/password.h"
#include "base/random.h"
#include "base/uuid.h"
#include "files/digest.h"
#include "files/disk_store.h"
#include "files/http_routes.h"
#include "files/object_store.h"
#include "files/service.h"
#include "files/tus_headers.h"
#include "files/uploads.h"
#include "store/rooms.h"
#include "store/users.h"
#include "unit/files/test_folder.h"
#include "unit/store/store_harness.h"
#include "work/pool.h"

namespace parley::files::testing {

// A body that comes in pieces and may break off.
class FakeBody final : public http::BodyReader {
 public:
  explicit FakeBody(std::string bytes, std::optional<std::size_t> breaks_at = std::nullopt, std::size_t piece = 100'000)
      : bytes_(std::move(bytes)), breaks_at_(breaks_at), piece_(piece) {}
  boost::asio::awaitable<Result<std::size_t, Error>> read(ByteSpan out) override {
    if (on_read) on_read(at_);
    if (aborted || (breaks_at_ && at_ >= *breaks_at_)) co_return Error{"canceled", "the client went away", ""};
    const std::size_t end = breaks_at_ ? std::min(*breaks_at_, bytes_.size()) : bytes_.size();
    const std::size_t n = std::min({out.size(), piece_, end - at_});
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(at_), n, out.begin());
    at_ += n;
    co_return n;
  }
  std::optional<std::uint64_t> length() const override { return known ? std::optional(bytes_.size()) : std::nullopt; }
  void abort() override { aborted = true; }

  std::function<void(std::size_t at)> on_read;
  bool aborted = false;
  bool known = true;

 private:
  std::string bytes_;
  std::optional<std::size_t> breaks_at_;
  std::size_t piece_;
  std::size_t at_ = 0;
};

// An object storage that can be told to fail.
class FlakyStore final : public ObjectStore {
 public:
  explicit FlakyStore(std::unique_ptr<ObjectStore> inner) : inner_(std::move(inner)) {}
  Result<void, Error> put(const std::string& key, const std::filesystem::path& file) override {
    if (failure) return *failure;
    return inner_->put(key, file);
  }
  Result<std::unique_ptr<ObjectReader>, Error> open(const std::string& key) override { return inner_->open(key); }
  Result<bool, Error> exists(const std::string& key) override { return inner_->exists(key); }
  Result<void, Error> remove(const std::string& key) override { return inner_->remove(key); }
  std::filesystem::path local_path(const std::string& key) const override {
    return local ? inner_->local_path(key) : std::filesystem::path();
  }
  Result<std::vector<std::string>, Error> list(const std::string& after, std::size_t limit) override {
    return inner_->list(after, limit);
  }
  std::optional<Error> failure;
  bool local = true;

 private:
  std::unique_ptr<ObjectStore> inner_;
};

class ServiceTest : public store::StoreTest {
 public:
  ServiceTest() {
    config.storage.dir = folder.path();
    config.clock = [this] { return now; };
    config.url_key = "a secret of sixteen bytes";
    auto disk = DiskStore::create(folder.path());
    objects = std::make_unique<FlakyStore>(std::move(*disk));
    for (const auto& name : {"ann", "bob", "eve"}) people[name] = add_user(name);
    room = add_room();
    set_role("ann", auth::RoomRole::kMember);
    set_role("bob", auth::RoomRole::kMember);
    start();
  }
  ~ServiceTest() override { stop(); }

  void start() {
    pool = std::make_unique<work::Pool>(work::Pool::Config{.name = "files", .threads = 2}, io().get_executor());
    passwords = std::make_unique<auth::Passwords>(auth::PasswordConfig{.cost = auth::PasswordCost::kMinimal}, *pool);
    RoomLookup lookup = [this](std::string user, std::string id) -> awaitable<Result<auth::Object, Error>> {
      auth::Object object;
      if (!roles.contains(id)) co_return Error{"not_found", "no room", ""};
      const auto& members = roles[id];
      if (const auto it = members.find(user); it != members.end()) object.role_in_room = it->second;
      co_return object;
    };
    service = std::make_unique<Service>(
        config, Service::Parts{db(), *pool, hub, *passwords, *objects, random, lookup, io().get_executor()});
    uploads = std::make_unique<Uploads>(*service);
    ASSERT_TRUE(uploads->start());
    router = std::make_unique<http::Router>();
    RouteHooks hooks;
    hooks.subject_of = [this](const http::Request& request) -> awaitable<Result<auth::Subject, Error>> {
      const std::string name(request.header("Authorization"));
      if (!people.contains(name)) co_return Error{"unauthenticated", "who are you?", ""};
      co_return people[name];
    };
    add_routes(*router, *service, *uploads, hooks);
  }
  void stop() {
    router.reset();
    uploads.reset();
    service.reset();
    settle();
    passwords.reset();
    pool.reset();
  }
  void restart() {
    stop();
    start();
  }
  void settle() {
    io().restart();
    io().run();
  }

  std::string new_id() { return make_uuid(now, random); }
  auth::Subject add_user(const std::string& name) {
    store::User user;
    user.id = new_id();
    user.name = name;
    user.handle = name;
    user.email = name + "@example.org";
    const std::string id = user.id;
    write([user](store::Session& s) -> Result<void, Error> {
      auto made = store::insert_user(s, user);
      if (!made) return made.error();
      return {};
    });
    auth::Subject subject;
    subject.user_id = id;
    subject.name = name;
    return subject;
  }
  std::string add_room() {
    store::Room made;
    made.id = new_id();
    made.name = "room";
    write([made](store::Session& s) { return store::insert_room(s, made); });
    roles[made.id];
    return made.id;
  }
  void set_role(const std::string& name, auth::RoomRole role) { roles[room][people[name].user_id] = role; }

  // ---- requests ----
  using Headers = std::vector<std::pair<std::string, std::string>>;
  http::Response request(http::Method method, std::string target, const Headers& headers = {}, std::string body = {}) {
    FakeBody reader(body);
    return request(method, std::move(target), headers, reader, body);
  }
  http::Response request(http::Method method, std::string target, const Headers& headers, FakeBody& reader,
                         std::string body = {}) {
    http::Request r;
    r.method = method;
    r.body = std::move(body);
    EXPECT_TRUE(http::set_target(r, target));
    for (const auto& [name, value] : headers) r.fields.insert(name, value);
    http::Router::Match match = router->match(method, r.path);
    r.params = std::move(match.params);
    if (match.streaming != nullptr) return run((*match.streaming)(r, reader));
    if (match.handler == nullptr) {
      ADD_FAILURE() << "no route " << target;
      return {};
    }
    return run((*match.handler)(r));
  }
  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }
  // What a source gives, to its end.
  std::string read_source(const http::Response& response) {
    if (!response.source) return std::string(response.payload());
    std::string out(response.source->length(), '\0');
    response.source->sending([this] { ++broken_off; });
    std::size_t at = 0;
    while (at < out.size()) {
      auto* begin = reinterpret_cast<std::uint8_t*>(out.data()) + at;
      const auto got = run(response.source->read({begin, std::min<std::size_t>(70'000, out.size() - at)}));
      if (!got || *got == 0) return out.substr(0, at);
      at += *got;
    }
    return out;
  }

  Headers tus(const std::string& who, Headers more = {}) {
    more.emplace_back("Tus-Resumable", "1.0.0");
    more.emplace_back("Authorization", who);
    return more;
  }
  std::string metadata(const std::string& name, const std::string& room_id = {}, const std::string& file_id = {}) {
    TusMetadata out{{"filename", name}};
    if (!room_id.empty()) out.emplace_back("roomId", room_id);
    if (!file_id.empty()) out.emplace_back("fileId", file_id);
    return write_tus_metadata(out);
  }
  // A whole upload; the answer to its last request.
  http::Response send(const std::string& who, const std::string& bytes, const std::string& name,
                      const std::string& room_id = {}, const std::string& file_id = {}) {
    FakeBody body(bytes);
    return request(http::Method::post, "/api/v1/uploads",
                   tus(who, {{"Upload-Length", std::to_string(bytes.size())},
                             {"Upload-Metadata", metadata(name, room_id, file_id)},
                             {"Content-Type", "application/offset+octet-stream"}}),
                   body);
  }
  std::string send_file(const std::string& who, const std::string& bytes, const std::string& name,
                        const std::string& room_id = {}) {
    const http::Response response = send(who, bytes, name, room_id);
    EXPECT_EQ(response.status, 201U) << response.body;
    return header(response, "Parley-File-Id");
  }
  std::string content_of(const std::string& who, const std::string& file_id, const std::string& query = {}) {
    return read_source(
        request(http::Method::get, "/api/v1/files/" + file_id + "/content" + query, {{"Authorization", who}}));
  }

  TestFolder folder;
  SeededRandom random{5};
  Config config;
  std::unique_ptr<FlakyStore> objects;
  std::unique_ptr<work::Pool> pool;
  std::unique_ptr<auth::Passwords> passwords;
  hub::Hub hub{hub::Config{}};
  std::unique_ptr<Service> service;
  std::unique_ptr<Uploads> uploads;
  std::unique_ptr<http::Router> router;
  std::map<std::string, auth::Subject> people;
  std::map<std::string, std::map<std::string, auth::RoomRole>> roles;
  std::string room;
  int broken_off = 0;
};

inline std::string noise(std::size_t size, std::uint64_t seed = 3) {
  SeededRandom random(seed);
  std::string out(size, '\0');
  random.fill({reinterpret_cast<std::uint8_t*>(out.data()), size});
  return out;
}

}  // namespace parley::files::testing
