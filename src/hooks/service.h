// Webhooks: tells other programs what happens, over HTTP, signed as LiveKit signs.
//
//   record() within the write job of what happened, emit() for what is written nowhere
//      └──▶ webhook_deliveries, a row per URL ──▶ a loop per URL: POST, in the order of the events
//                                                    2xx: the row goes · else: again later · too often: dead letter
//
// What is recorded is kept or lost with the change that it tells of; what is emitted survives a restart once it is in
// the database. It arrives at least once: the receiver tells repetitions by its `id`. A URL that fails holds back its
// own later events only. Lives on the control thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "hooks/config.h"

namespace parley::store {
class Database;
class Session;
}  // namespace parley::store
namespace parley::http {
class Client;
}

namespace parley::hooks {

struct Stats {
  std::uint64_t emitted = 0;    // events
  std::uint64_t delivered = 0;  // events times URLs
  std::uint64_t failed = 0;     // attempts
  std::uint64_t dead = 0;
  std::uint64_t dropped = 0;  // too many waited, or the database was away
  std::size_t waiting = 0;
};

class Service {
 public:
  struct Parts {
    store::Database& database;
    http::Client& client;
    RandomSource& random;                   // asked from the database's thread, too
    boost::asio::any_io_executor executor;  // of the control thread
  };

  Service(Config config, Parts parts);
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service();

  // Goes on with what an earlier run left; what waits for a URL that is no longer configured becomes dead letters.
  // Errors: "invalid_argument" (webhooks.urls, webhooks.api_key), those of the database. Without URLs nothing happens.
  boost::asio::awaitable<Result<void, Error>> start();
  // No further attempts; what waits stays in the database.
  void stop();

  // Sends {"event", "id", "createdAt", …members}: createdAt in seconds, as text (LiveKit's JSON of an int64). Returns
  // at once. Names: LiveKit's ("room_started", …), and of our own "message.created" and the like.
  void emit(std::string_view event, boost::json::object members);

  // Without URLs there is nothing to tell. Any thread.
  [[nodiscard]] bool active() const;
  // The same within a write job, on the database's thread: the event is kept or lost with the job.
  Result<void, Error> record(store::Session& session, std::string_view event, boost::json::object members);
  // Jobs that recorded something are committed.
  void recorded();

  // To be called once for each dead letter of this URL that waits again (store::retry_dead_webhook).
  void wake(std::string_view url);

  [[nodiscard]] Stats stats() const;

 private:
  struct Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace parley::hooks
