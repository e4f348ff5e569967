#include "signal/events/dispatcher.h"

#include <utility>

#include "base/log.h"
#include "signal/common/problem.h"

namespace parley::signal::events {

namespace json = boost::json;

Dispatcher::Dispatcher(EventLimits limits, std::function<TimePoint()> clock)
    : limits_(limits),
      clock_(std::move(clock)),
      connects_(limits.connects, "connections are made"),
      all_(limits.events, "events come") {
  // In the order of LimitGroup.
  groups_.emplace_back(Rate{}, "");
  groups_.emplace_back(limits.rooms, "rooms are opened");
  groups_.emplace_back(limits.messages, "messages are sent");
  groups_.emplace_back(limits.changes, "changes are made");
  groups_.emplace_back(limits.typing, "typing is told");
  groups_.emplace_back(limits.presence, "presence changes");
  groups_.emplace_back(limits.calls, "calls are made");
}

void Dispatcher::add(EventSpec spec) {
  std::string name = spec.name;
  specs_.insert_or_assign(std::move(name), std::move(spec));
}

Result<void, Error> Dispatcher::admit(const Address& peer) {
  if (!limits_.enabled) return {};
  return connects_.take(clock_(), peer.ip_text());
}

Result<void, Error> Dispatcher::limit(LimitGroup group, std::string_view user) {
  if (!limits_.enabled || group == LimitGroup::kNone) return {};
  const TimePoint now = clock_();
  if (auto allowed = all_.take(now, user); !allowed) return allowed;
  return groups_[static_cast<std::size_t>(group)].take(now, user);
}

EventAnswer Dispatcher::dispatch(Caller caller, socketio::IncomingEvent event) {
  const auto found = specs_.find(event.name);
  if (found == specs_.end()) {
    co_return Error{"unknown_event", "there is no such event", ""};
  }
  const EventSpec& spec = found->second;
  if (!event.attachments.empty()) {
    co_return Error{"invalid_argument", "events carry no binary data; upload a file instead", ""};
  }
  if (auto allowed = limit(spec.group, caller.subject.user_id); !allowed) co_return allowed.error();
  auto argument = argument_of(event.args, spec.bare);
  if (!argument) co_return argument.error();
  try {
    json::object args = std::move(*argument);
    co_return co_await spec.handler(std::move(caller), std::move(args));
  } catch (const std::exception& e) {
    log::error("events", "a handler failed", {{"event", event.name}, {"error", e.what()}});
  }
  co_return Error{"internal", "the server could not carry out this event", ""};
}

std::vector<std::string> Dispatcher::names() const {
  std::vector<std::string> out;
  out.reserve(specs_.size());
  for (const auto& [name, spec] : specs_) out.push_back(name);
  return out;
}

Result<json::object, Error> argument_of(json::array& args, std::string_view bare) {
  if (args.empty() || args.front().is_null()) return json::object();
  if (args.size() == 1 && args.front().is_object()) return std::move(args.front().get_object());
  if (args.size() == 1 && args.front().is_string() && !bare.empty()) {
    json::object out;
    out[bare] = std::move(args.front());
    return out;
  }
  return Error{"invalid_argument", "the event takes one object" + (bare.empty() ? "" : ", or " + std::string(bare)),
               ""};
}

json::object acknowledgement(Result<json::value, Error> answer) {
  json::object out;
  out["ok"] = answer.has_value();
  if (answer) {
    out["data"] = std::move(*answer);
  } else {
    out["error"] = common::error_json(answer.error());
  }
  return out;
}

}  // namespace parley::signal::events
