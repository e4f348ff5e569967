// The control plane put together: database, accounts, chat, calls, files, webhooks, and the ways into them.
//
//   http::Router ──→ signal::rest, signal::events, files' routes ──→ auth, chat, calls, files ──→ store::Database
//                                    ▲ events                              │ ▲ who is gone
//                                 hub::Hub ◀──────────────────────────────┘ └── room::Manager (media rooms)
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>

#include "auth/access_token.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"
#include "config/settings.h"
#include "http/router.h"
#include "metrics/workplace.h"
#include "room/events.h"
#include "room/manager.h"

namespace parley::app {

class Workplace {
 public:
  // All must outlive it; settings are copied.
  struct Parts {
    boost::asio::io_context& io;
    room::Manager& rooms;
    const auth::KeyTable& keys;
    RandomSource& random;
    std::function<bool()> draining;
  };
  // Opens the database, brings it up to date and ends what a crash cut short; blocks. Errors name the setting.
  static Result<std::unique_ptr<Workplace>, Error> open(const config::Settings& settings, Parts parts);
  ~Workplace();
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;

  void add_routes(http::Router& router);
  // Of the media rooms; may come from within room::Manager.
  void on_room_event(const room::RoomEvent& event);

  // False while the database cannot be reached: what comes meanwhile waits or fails.
  [[nodiscard]] bool ready() const;
  [[nodiscard]] metrics::WorkplaceSnapshot snapshot() const;
  [[nodiscard]] TimePoint deadline() const;
  void handle_timeout(TimePoint now);
  // Sockets end as if the network had failed, so that clients come back to whoever serves next.
  void close_sockets();
  // Ends what waits; the io_context runs on for a moment. No request comes after it.
  void stop();

 private:
  struct Impl;
  explicit Workplace(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::app
