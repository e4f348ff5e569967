// Connections that belong to no room: by them a client learns before a call whether its network reaches our media
// ports, over one protocol at a time. They carry nothing and end by themselves.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "base/address.h"
#include "base/result.h"
#include "room/alarm.h"
#include "room/context.h"
#include "room/link.h"

namespace parley::room {

class Probes {
 public:
  Probes(Context& context, Wakeup& wakeup) : context_(context), end_(wakeup) {}

  // The answer (SDP, RFC 8829) to an offer of data channels, with our candidates of that protocol alone. Errors:
  // "failed_precondition" (no port of that protocol is open here), "resource_exhausted" (too many at once),
  // "invalid_argument" (the offer).
  Result<std::string, Error> open(TimePoint now, const std::string& offer, Protocol protocol);
  void handle_timeout(TimePoint now);
  void close();

 private:
  struct Probe {
    std::unique_ptr<Link> link;
    TimePoint until;
  };

  Context& context_;
  std::deque<Probe> probes_;  // those that end first in front
  Alarm end_;
};

}  // namespace parley::room
