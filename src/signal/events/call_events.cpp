// Ringing, answering and leaving; moderation of a call; signals between two people.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "calls/json.h"
#include "calls/service.h"
#include "signal/common/fields.h"
#include "signal/events/tables.h"

namespace parley::signal::events {

namespace json = boost::json;
using calls::CallView;
using common::Fields;

namespace {

constexpr std::size_t kMaxRung = 500;
constexpr std::size_t kMaxTrackSid = 64;

EventAnswer start_call(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  calls::StartParams params;
  params.room_id = fields.uuid("roomId");
  const auto type = fields.optional_choice("type", {"audio", "video"});
  params.ring.ring = fields.optional_boolean("ring").value_or(true);
  params.ring.users = fields.uuids("userIds", 0, kMaxRung);
  params.second_device = fields.optional_boolean("secondDevice").value_or(false);
  if (!fields.ok()) co_return fields.error();
  if (type) params.type = store::call_type_from(*type);
  auth::Subject subject = std::move(caller.subject);
  calls::Origin origin = std::move(caller.origin);
  const auto joined = co_await service.start(std::move(subject), std::move(params), std::move(origin));
  if (!joined) co_return joined.error();
  co_return calls::to_json(*joined);
}

EventAnswer accept_call(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("callId");
  calls::JoinParams params;
  params.second_device = fields.optional_boolean("secondDevice").value_or(false);
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  calls::Origin origin = std::move(caller.origin);
  const auto joined = co_await service.accept(std::move(subject), std::move(id), params, std::move(origin));
  if (!joined) co_return joined.error();
  co_return calls::to_json(*joined);
}

// The events that name a call and nothing else.
template <calls::Answer<CallView> (calls::Service::*kMethod)(auth::Subject, std::string)>
EventAnswer with_call(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("callId");
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto view = co_await (service.*kMethod)(std::move(subject), std::move(id));
  if (!view) co_return view.error();
  co_return json::object{{"call", calls::to_personal_json(*view)}};
}

EventAnswer end_call(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("callId");
  const bool for_all = fields.optional_boolean("forAll").value_or(false);
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto view = co_await service.end(std::move(subject), std::move(id), for_all);
  if (!view) co_return view.error();
  co_return json::object{{"call", calls::to_personal_json(*view)}};
}

EventAnswer ring_call(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("callId");
  std::vector<std::string> users = fields.uuids("userIds", 1, kMaxRung);
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto view = co_await service.ring(std::move(subject), std::move(id), std::move(users));
  if (!view) co_return view.error();
  co_return json::object{{"call", calls::to_personal_json(*view)}};
}

EventAnswer lock_call(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("callId");
  const bool locked = fields.optional_boolean("locked").value_or(true);
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto view = co_await service.lock(std::move(subject), std::move(id), locked);
  if (!view) co_return view.error();
  co_return json::object{{"call", calls::to_personal_json(*view)}};
}

EventAnswer remove_participant(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("callId");
  std::string user = fields.uuid("userId");
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto view = co_await service.remove(std::move(subject), std::move(id), std::move(user));
  if (!view) co_return view.error();
  co_return json::object{{"call", calls::to_personal_json(*view)}};
}

EventAnswer mute_participant(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("callId");
  std::string user = fields.uuid("userId");
  std::string track = fields.optional_text("trackSid", {.max = kMaxTrackSid}).value_or("");
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto done = co_await service.mute(std::move(subject), std::move(id), std::move(user), std::move(track));
  if (!done) co_return done.error();
  co_return json::object();
}

// ---- the lobby ----

template <calls::Answer<void> (calls::Service::*kMethod)(auth::Subject, std::string)>
EventAnswer at_the_door(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("callId");
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto done = co_await (service.*kMethod)(std::move(subject), std::move(id));
  if (!done) co_return done.error();
  co_return json::object();
}

template <calls::Answer<void> (calls::Service::*kMethod)(auth::Subject, std::string, std::string)>
EventAnswer decide_on_guest(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("callId");
  std::string user = fields.uuid("userId");
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto done = co_await (service.*kMethod)(std::move(subject), std::move(id), std::move(user));
  if (!done) co_return done.error();
  co_return json::object();
}

EventAnswer call_lobby(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("callId");
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto waiting = co_await service.waiting(std::move(subject), std::move(id));
  if (!waiting) co_return waiting.error();
  co_return json::object{{"items", calls::to_json(*waiting)}};
}

// ---- one to one, without our media ----

EventAnswer call_signal(calls::Service& service, Caller caller, json::object args) {
  Fields fields(args);
  std::string to = fields.uuid("to");
  const json::value* signal = args.if_contains("signal");
  if (fields.ok() && signal == nullptr) fields.fail("signal", "signal is needed");
  if (!fields.ok()) co_return fields.error();
  std::string text = json::serialize(*signal);
  auth::Subject subject = std::move(caller.subject);
  const auto done = co_await service.signal(std::move(subject), std::move(to), std::move(text));
  if (!done) co_return done.error();
  co_return json::object();
}

}  // namespace

void add_call_events(Dispatcher& dispatcher, calls::Service& calls) {
  using Service = calls::Service;
  const auto add = [&dispatcher, &calls](const char* name, const char* bare, LimitGroup group,
                                         EventAnswer (*handle)(Service&, Caller, json::object)) {
    dispatcher.add({name, group, bare, with(calls, handle)});
  };
  add("start-call", "roomId", LimitGroup::kCalls, start_call);
  add("accept-call", "callId", LimitGroup::kCalls, accept_call);
  add("decline-call", "callId", LimitGroup::kCalls, with_call<&Service::decline>);
  add("cancel-call", "callId", LimitGroup::kCalls, with_call<&Service::cancel>);
  add("leave-call", "callId", LimitGroup::kCalls, with_call<&Service::leave>);
  add("end-call", "callId", LimitGroup::kCalls, end_call);
  add("get-call", "callId", LimitGroup::kChanges, with_call<&Service::get>);
  add("ring-call", "", LimitGroup::kCalls, ring_call);
  add("lock-call", "callId", LimitGroup::kChanges, lock_call);
  add("remove-participant", "", LimitGroup::kChanges, remove_participant);
  add("mute-participant", "", LimitGroup::kChanges, mute_participant);
  add("knock-call", "callId", LimitGroup::kChanges, at_the_door<&Service::knock>);
  add("stop-knocking", "callId", LimitGroup::kChanges, at_the_door<&Service::stop_knocking>);
  add("call-lobby", "callId", LimitGroup::kChanges, call_lobby);
  add("admit-participant", "", LimitGroup::kChanges, decide_on_guest<&Service::admit>);
  add("deny-participant", "", LimitGroup::kChanges, decide_on_guest<&Service::deny>);
  add("call-signal", "", LimitGroup::kNone, call_signal);
}

}  // namespace parley::signal::events
