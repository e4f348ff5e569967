// Which handler carries out which event of a client. The transports and the handlers know nothing of each other.
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "auth/subject.h"
#include "base/result.h"
#include "base/time.h"
#include "calls/service.h"
#include "hub/device.h"
#include "signal/common/limiter.h"
#include "signal/events/limits.h"
#include "signal/socketio/client.h"

namespace parley::signal::events {

// Who says it, and on which connection.
struct Caller {
  auth::Subject subject;
  hub::DeviceId device = hub::DeviceId::kNone;
  calls::Origin origin;
};

using EventAnswer = boost::asio::awaitable<Result<boost::json::value, Error>>;
using EventHandler = std::function<EventAnswer(Caller, boost::json::object)>;

struct EventSpec {
  std::string name;
  LimitGroup group = LimitGroup::kChanges;
  std::string bare;  // the member that an argument which is a bare string stands for; empty: an object alone
  EventHandler handler;
};

class Dispatcher {
 public:
  Dispatcher(EventLimits limits, std::function<TimePoint()> clock);

  void add(EventSpec spec);
  // Errors: "unknown_event", "rate_limited", "invalid_argument" for another argument than one object, and those of the
  // handler. It must not end before the answer.
  EventAnswer dispatch(Caller caller, socketio::IncomingEvent event);
  // Of an address that connects.
  [[nodiscard]] Result<void, Error> admit(const Address& peer);

  [[nodiscard]] std::vector<std::string> names() const;  // in alphabetical order
  [[nodiscard]] const EventLimits& limits() const { return limits_; }

 private:
  [[nodiscard]] Result<void, Error> limit(LimitGroup group, std::string_view user);

  EventLimits limits_;
  std::function<TimePoint()> clock_;
  std::map<std::string, EventSpec, std::less<>> specs_;
  common::Limiter connects_;
  common::Limiter all_;
  std::vector<common::Limiter> groups_;  // by LimitGroup
};

// The argument as one object. bare: as in EventSpec.
[[nodiscard]] Result<boost::json::object, Error> argument_of(boost::json::array& args, std::string_view bare);

// {ok: true, data} or {ok: false, error: {code, message, field?, retryAfter?}}.
[[nodiscard]] boost::json::object acknowledgement(Result<boost::json::value, Error> answer);

// A handler from a function that takes a service before the caller and the argument.
template <class Service>
EventHandler with(Service& service, EventAnswer (*handle)(Service&, Caller, boost::json::object)) {
  return [&service, handle](Caller caller, boost::json::object args) {
    return handle(service, std::move(caller), std::move(args));
  };
}

}  // namespace parley::signal::events
