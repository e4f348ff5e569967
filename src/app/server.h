// The running server: control thread, shards and everything between, from start to drained.
#pragma once

#include <memory>

#include "base/result.h"
#include "config/settings.h"

namespace parley::app {

class Server {
 public:
  // Binds every port and starts the shards. Errors name the port or file and the key that sets it.
  static Result<std::unique_ptr<Server>, Error> start(const config::Settings& settings);
  ~Server();

  // Serves until SIGTERM or SIGINT, then drains: readiness falls, participants get a leave, and the call returns when
  // they have gone or drain_timeout has passed. A second signal ends it at once.
  void run();

 private:
  struct Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::app
