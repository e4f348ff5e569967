// Presence, and what concerns the connection itself.
#include <boost/json/array.hpp>

#include "base/iso_time.h"
#include "chat/json.h"
#include "chat/service.h"
#include "signal/common/fields.h"
#include "signal/events/client.h"
#include "signal/events/tables.h"

namespace parley::signal::events {

namespace json = boost::json;
using common::Fields;
using common::TextForm;

namespace {

constexpr std::size_t kMaxPresenceIds = 500;
constexpr std::size_t kMaxToken = 16'384;

// Of the person, or with `device: true` of this device alone ("nobody touches it").
EventAnswer set_presence(PresenceParts& parts, Caller caller, json::object args) {
  Fields fields(args);
  const std::string name = fields.choice("status", {"online", "away", "busy", "offline"});
  const bool device = fields.optional_boolean("device").value_or(false);
  if (fields.ok() && device && name == "offline") fields.fail("status", "a connected device is not offline");
  if (!fields.ok()) co_return fields.error();
  const hub::Status status = hub::status_from(name).value_or(hub::Status::kOnline);
  if (device) {
    parts.hub.set_device_status(parts.clock(), caller.device, status);
  } else {
    parts.chat.rooms().set_presence(caller.subject, status);
  }
  co_return json::object{{"status", name}};
}

EventAnswer get_presence(PresenceParts& parts, Caller caller, json::object args) {
  Fields fields(args);
  std::vector<std::string> ids = fields.uuids("userIds", 1, kMaxPresenceIds);
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto found = co_await parts.chat.rooms().presence(std::move(subject), std::move(ids));
  if (!found) co_return found.error();
  json::array items;
  for (const auto& [user, presence] : *found) items.emplace_back(chat::presence_json(user, presence));
  co_return json::object{{"items", std::move(items)}};
}

EventAnswer refresh_token(Clients& clients, Caller caller, json::object args) {
  Fields fields(args);
  std::string token = fields.text("token", {.min = 1, .max = kMaxToken, .form = TextForm::kAny});
  if (!fields.ok()) co_return fields.error();
  const auto expires = co_await clients.refresh(caller.device, std::move(token));
  if (!expires) co_return expires.error();
  co_return json::object{{"expiresAt", to_iso(*expires * 1000)}};
}

EventAnswer list_events(Clients& clients, Caller /*caller*/, json::object /*args*/) {
  json::array names;
  for (const std::string& name : clients.dispatcher.names()) names.emplace_back(name);
  co_return json::object{{"events", std::move(names)}};
}

}  // namespace

void add_presence_events(Dispatcher& dispatcher, PresenceParts& parts) {
  dispatcher.add({"set-presence", LimitGroup::kPresence, "status", with(parts, set_presence)});
  dispatcher.add({"get-presence", LimitGroup::kRooms, "", with(parts, get_presence)});
}

void add_connection_events(Dispatcher& dispatcher, Clients& clients) {
  dispatcher.add({"refresh-token", LimitGroup::kPresence, "token", with(clients, refresh_token)});
  dispatcher.add({"list-events", LimitGroup::kPresence, "", with(clients, list_events)});
}

}  // namespace parley::signal::events
