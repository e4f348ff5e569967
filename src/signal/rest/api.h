// REST as the application wires it: the services that answer, the limits, and the routes.
//
//   http::Router ──→ token → Subject → rate limit → ids of the path ──→ handler: body and query under rules ──→ service
//                                                                          └── its values as JSON ←──┘
//
// Nothing is decided here: authority and rules are the services'. api/openapi.yaml is the contract; the routes are held
// to it by a test.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "http/router.h"
#include "http/token_bucket.h"

namespace parley::auth {
class Accounts;
class Authenticator;
class Oidc;
}  // namespace parley::auth
namespace parley::calls {
class Service;
}
namespace parley::chat {
class Service;
}
namespace parley::files {
class ObjectStore;
class Service;
}  // namespace parley::files
namespace parley::hooks {
class Service;
}
namespace parley::hub {
class Hub;
}
namespace parley::store {
class Database;
}
namespace parley::work {
class Pool;
}

namespace parley::signal::rest {

// Requests of one person (of one address for those that carry no token).
struct Limits {
  bool enabled = true;
  http::Rate sign_up{0.05, 10};  // accounts made, guests let in: per address
  http::Rate sign_in{1, 30};     // log-ins, refreshes: per address
  http::Rate open{20, 100};      // everything else without a token: per address
  http::Rate read{50, 300};
  http::Rate write{20, 100};
  http::Rate send{10, 50};  // messages
  http::Rate search{5, 20};
  http::Rate invite{0.5, 20};     // invitations, links, calls: what disturbs others
  http::Rate expensive{0.05, 5};  // exports, pictures
};

// What GET /api/v1/config tells clients, beside what the services know themselves.
struct Place {
  std::string name = "Parley";
  std::string version;
  std::string media_url;  // for LiveKit clients; empty: that of the page
  std::size_t max_message = 16'384;
  std::size_t max_files_per_message = 10;
  std::size_t ring_timeout_s = 45;
};

struct Config {
  Limits limits;
  Place place;
  std::size_t max_body = 256U << 10U;             // bytes of JSON
  std::size_t max_avatar = 2U << 20U;             // bytes
  std::string temp_dir = "/tmp";                  // for pictures and exports on their way
  std::function<boost::json::object()> settings;  // the configuration in force, without secrets; may be empty
  std::function<bool()> draining;                 // may be empty
  // What the media plane knows of the people of a call in that room; may be empty.
  std::function<boost::json::array(const std::string& room_id)> media_of_room;
  // Answers the offer of a connection that shows what a network lets through, over TCP or UDP; may be empty.
  std::function<Result<std::string, Error>(const std::string& offer, bool tcp)> probe;
  std::function<TimePoint()> clock;  // required
};

// All must outlive the Api.
struct Services {
  auth::Accounts& accounts;
  auth::Authenticator& authenticator;
  auth::Oidc& oidc;
  chat::Service& chat;
  calls::Service& calls;
  files::Service& files;
  files::ObjectStore& objects;
  hooks::Service& hooks;
  hub::Hub& hub;
  store::Database& database;
  work::Pool& pool;  // for disk
  RandomSource& random;
};

class Api {
 public:
  struct State;  // of this folder

  Api(Config config, Services services);
  ~Api();
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  [[nodiscard]] State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

// The router and the api outlive each other's last request.
void add_routes(http::Router& router, Api& api);

// The contract, as built in.
[[nodiscard]] std::string_view openapi_yaml();
[[nodiscard]] std::string_view openapi_json();

}  // namespace parley::signal::rest
