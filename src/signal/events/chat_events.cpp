// Messages and what people do with them; typing.
#include <boost/json/array.hpp>

#include "chat/json.h"
#include "chat/service.h"
#include "signal/common/fields.h"
#include "signal/events/tables.h"

namespace parley::signal::events {

namespace json = boost::json;
using common::Fields;
using common::TextForm;

namespace {

// The services count bytes and know the configured bounds; these only keep out what no configuration allows.
constexpr std::size_t kMaxContent = 100'000;
constexpr std::size_t kMaxClientId = 255;
constexpr std::size_t kMaxEmoji = 64;
constexpr std::size_t kMaxFiles = 100;

json::array reactions_json(const std::vector<store::Reaction>& reactions) {
  json::array out;
  for (const auto& reaction : reactions) out.emplace_back(chat::to_json(reaction));
  return out;
}

EventAnswer send_message(chat::Service& chat, Caller caller, json::object args) {
  Fields fields(args);
  chat::NewMessage message;
  message.room_id = fields.uuid("roomId");
  message.content = fields.optional_text("content", {.max = kMaxContent, .form = TextForm::kAny}).value_or("");
  message.client_id = fields.optional_text("clientId", {.min = 1, .max = kMaxClientId}).value_or("");
  message.reply_to = fields.optional_uuid("replyTo").value_or("");
  message.thread_id = fields.optional_uuid("threadId").value_or("");
  message.file_ids = fields.uuids("fileIds", 0, kMaxFiles);
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto sent = co_await chat.messages().send(std::move(subject), std::move(message));
  if (!sent) co_return sent.error();
  co_return json::object{{"message", chat::to_json(sent->message)}, {"repeated", sent->repeated}};
}

EventAnswer edit_message(chat::Service& chat, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("messageId");
  std::string content = fields.text("content", {.min = 1, .max = kMaxContent, .form = TextForm::kAny});
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto message = co_await chat.messages().edit(std::move(subject), std::move(id), std::move(content));
  if (!message) co_return message.error();
  co_return json::object{{"message", chat::to_json(*message)}};
}

EventAnswer delete_message(chat::Service& chat, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("messageId");
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto message = co_await chat.messages().remove(std::move(subject), std::move(id));
  if (!message) co_return message.error();
  co_return json::object{{"message", chat::to_json(*message)}};
}

EventAnswer add_reaction(chat::Service& chat, Caller caller, json::object args) {
  Fields fields(args);
  const std::string id = fields.uuid("messageId");
  std::string emoji = fields.text("emoji", {.min = 1, .max = kMaxEmoji});
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  std::string message = id;
  const auto all = co_await chat.messages().add_reaction(std::move(subject), std::move(message), std::move(emoji));
  if (!all) co_return all.error();
  co_return json::object{{"messageId", id}, {"reactions", reactions_json(*all)}};
}

EventAnswer remove_reaction(chat::Service& chat, Caller caller, json::object args) {
  Fields fields(args);
  const std::string id = fields.uuid("messageId");
  std::string emoji = fields.text("emoji", {.min = 1, .max = kMaxEmoji});
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  std::string message = id;
  const auto all = co_await chat.messages().remove_reaction(std::move(subject), std::move(message), std::move(emoji));
  if (!all) co_return all.error();
  co_return json::object{{"messageId", id}, {"reactions", reactions_json(*all)}};
}

EventAnswer pin_message(chat::Service& chat, Caller caller, json::object args) {
  Fields fields(args);
  std::string id = fields.uuid("messageId");
  const bool pinned = fields.optional_boolean("pinned").value_or(true);
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto message = co_await chat.messages().pin(std::move(subject), std::move(id), pinned);
  if (!message) co_return message.error();
  co_return json::object{{"message", chat::to_json(*message)}};
}

// Up to an event's number, or up to a message.
EventAnswer mark_read(chat::Service& chat, Caller caller, json::object args) {
  Fields fields(args);
  std::string room = fields.uuid("roomId");
  std::optional<std::int64_t> seq = fields.optional_integer("seq", {.min = 0});
  std::optional<std::string> message_id = fields.optional_uuid("messageId");
  if (fields.ok() && !seq && !message_id) fields.fail("seq", "seq or messageId is needed");
  if (!fields.ok()) co_return fields.error();
  if (!seq) {
    auth::Subject asker = caller.subject;
    std::string id = std::move(*message_id);
    const auto message = co_await chat.messages().get(std::move(asker), std::move(id));
    if (!message) co_return message.error();
    if (message->room_id != room) co_return Error{"not_found", "the message is not in this room", "messageId"};
    seq = message->seq;
  }
  auth::Subject subject = std::move(caller.subject);
  const auto marker = co_await chat.messages().mark_read(std::move(subject), std::move(room), *seq);
  if (!marker) co_return marker.error();
  co_return chat::to_json(*marker);
}

EventAnswer typing(chat::Service& chat, Caller caller, json::object args) {
  Fields fields(args);
  std::string room = fields.uuid("roomId");
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto done = co_await chat.rooms().typing(std::move(subject), caller.device, std::move(room));
  if (!done) co_return done.error();
  co_return json::object();
}

EventAnswer stop_typing(chat::Service& chat, Caller caller, json::object args) {
  Fields fields(args);
  std::string room = fields.uuid("roomId");
  if (!fields.ok()) co_return fields.error();
  auth::Subject subject = std::move(caller.subject);
  const auto done = co_await chat.rooms().stop_typing(std::move(subject), std::move(room));
  if (!done) co_return done.error();
  co_return json::object();
}

}  // namespace

void add_chat_events(Dispatcher& dispatcher, chat::Service& chat) {
  dispatcher.add({"send-message", LimitGroup::kMessages, "", with(chat, send_message)});
  dispatcher.add({"edit-message", LimitGroup::kChanges, "", with(chat, edit_message)});
  dispatcher.add({"delete-message", LimitGroup::kChanges, "messageId", with(chat, delete_message)});
  dispatcher.add({"add-reaction", LimitGroup::kChanges, "", with(chat, add_reaction)});
  dispatcher.add({"remove-reaction", LimitGroup::kChanges, "", with(chat, remove_reaction)});
  dispatcher.add({"pin-message", LimitGroup::kChanges, "messageId", with(chat, pin_message)});
  dispatcher.add({"mark-read", LimitGroup::kChanges, "", with(chat, mark_read)});
  dispatcher.add({"typing", LimitGroup::kTyping, "roomId", with(chat, typing)});
  dispatcher.add({"stop-typing", LimitGroup::kTyping, "roomId", with(chat, stop_typing)});
}

}  // namespace parley::signal::events
