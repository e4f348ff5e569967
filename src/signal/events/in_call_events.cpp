// Hands, reactions, shared screens with strokes on them, remote control. Calls limits the rates of these itself: a pen
// and a mouse send more than anything else may.
#include "calls/annotations.h"
#include "calls/json.h"
#include "calls/service.h"
#include "signal/common/fields.h"
#include "signal/events/tables.h"

namespace parley::signal::events {

namespace json = boost::json;
using common::Fields;

namespace {

constexpr std::size_t kMaxEmoji = 64;
constexpr std::size_t kMaxShareId = 128;

using Done = Result<void, Error>;

Result<json::value, Error> nothing_or(const Done& done) {
  if (!done) return done.error();
  return json::value(json::object());
}

EventAnswer in_call_state(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string call = fields.uuid("callId");
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  auto state = co_await service.in_call_state(std::move(subject), std::move(call));
  if (!state) co_return state.error();
  co_return std::move(*state);
}

EventAnswer raise_hand(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string call = fields.uuid("callId");
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const Done done = co_await service.raise_hand(std::move(subject), std::move(call), true);
  co_return nothing_or(done);
}

// One's own; somebody else's with userId; everybody's with everyone: true.
EventAnswer lower_hand(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string call = fields.uuid("callId");
  std::optional<std::string> user = fields.optional_uuid("userId");
  const bool everyone = fields.optional_boolean("everyone").value_or(false);
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  if (!user && !everyone) {
    const Done done = co_await service.raise_hand(std::move(subject), std::move(call), false);
    co_return nothing_or(done);
  }
  std::string whose = everyone ? std::string() : std::move(*user);
  const Done done = co_await service.lower_hand(std::move(subject), std::move(call), std::move(whose));
  co_return nothing_or(done);
}

EventAnswer react(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string call = fields.uuid("callId");
  std::string emoji = fields.text("emoji", {.min = 1, .max = kMaxEmoji});
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const Done done = co_await service.react(std::move(subject), std::move(call), std::move(emoji));
  co_return nothing_or(done);
}

// ---- shares ----

// The events that name a call and one of its shares.
template <calls::Answer<void> (calls::Service::*kMethod)(auth::Subject, std::string, std::string)>
EventAnswer with_share(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string call = fields.uuid("callId");
  std::string share = fields.text("shareId", {.min = 1, .max = kMaxShareId});
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const Done done = co_await (service.*kMethod)(std::move(subject), std::move(call), std::move(share));
  co_return nothing_or(done);
}

EventAnswer draw(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string call = fields.uuid("callId");
  std::string share = fields.text("shareId", {.min = 1, .max = kMaxShareId});
  const json::object* object = fields.object("stroke");
  if (!fields.ok()) co_return fields.error();
  auto stroke = calls::stroke_from_json(*object);
  if (!stroke) co_return stroke.error();
  auth::Subject subject = std::move(caller.subject);
  calls::Stroke drawn = std::move(*stroke);
  const Done done = co_await service.draw(std::move(subject), std::move(call), std::move(share), std::move(drawn));
  co_return nothing_or(done);
}

EventAnswer clear(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string call = fields.uuid("callId");
  std::string share = fields.text("shareId", {.min = 1, .max = kMaxShareId});
  const bool everyone = fields.optional_boolean("everyone").value_or(false);
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const Done done = co_await service.clear_strokes(std::move(subject), std::move(call), std::move(share), everyone);
  co_return nothing_or(done);
}

EventAnswer permit(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string call = fields.uuid("callId");
  std::string share = fields.text("shareId", {.min = 1, .max = kMaxShareId});
  const std::string text = fields.text("drawers", {.min = 1, .max = 16});
  const auto drawers = calls::drawers_from(text);
  if (fields.ok() && !drawers) {
    using calls::Drawers;
    std::string known;
    for (const Drawers each : {Drawers::kEveryone, Drawers::kHosts, Drawers::kNobody}) {
      known += (known.empty() ? "" : ", ") + std::string(calls::to_string(each));
    }
    fields.fail("drawers", "drawers must be one of " + known);
  }
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const Done done = co_await service.set_drawers(std::move(subject), std::move(call), std::move(share), *drawers);
  co_return nothing_or(done);
}

// ---- remote control ----

EventAnswer grant_control(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string call = fields.uuid("callId");
  std::string share = fields.text("shareId", {.min = 1, .max = kMaxShareId});
  std::string user = fields.uuid("userId");
  const bool granted = fields.optional_boolean("granted").value_or(true);
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const Done done =
      co_await service.answer_control(std::move(subject), std::move(call), std::move(share), std::move(user), granted);
  co_return nothing_or(done);
}

EventAnswer control_input(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string call = fields.uuid("callId");
  std::string share = fields.text("shareId", {.min = 1, .max = kMaxShareId});
  const json::object* given = fields.object("input");
  if (!fields.ok()) co_return fields.error();
  json::object input = *given;
  auth::Subject subject = std::move(caller.subject);
  const Done done =
      co_await service.control_input(std::move(subject), std::move(call), std::move(share), std::move(input));
  co_return nothing_or(done);
}

}  // namespace

void add_in_call_events(Dispatcher& dispatcher, calls::Service& calls) {
  using Service = calls::Service;
  const auto add = [&dispatcher, &calls](const char* name, const char* bare,
                                         EventAnswer (*handle)(Service&, Caller, json::object)) {
    dispatcher.add({name, LimitGroup::kNone, bare, with(calls, handle)});
  };
  add("in-call-state", "callId", in_call_state);
  add("raise-hand", "callId", raise_hand);
  add("lower-hand", "callId", lower_hand);
  add("call-reaction", "", react);
  add("start-share", "", with_share<&Service::start_share>);
  add("stop-share", "", with_share<&Service::stop_share>);
  add("annotation-stroke", "", draw);
  add("annotation-undo", "", with_share<&Service::undo_stroke>);
  add("annotation-clear", "", clear);
  add("annotation-permission", "", permit);
  add("remote-control-request", "", with_share<&Service::request_control>);
  add("remote-control-grant", "", grant_control);
  add("remote-control-revoke", "", with_share<&Service::end_control>);
  add("remote-control-input", "", control_input);
}

}  // namespace parley::signal::events
