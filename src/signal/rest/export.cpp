#include "signal/rest/export.h"

#include <boost/json/serialize.hpp>

#include "auth/accounts.h"
#include "base/iso_time.h"
#include "chat/service.h"
#include "files/service.h"
#include "signal/rest/account_json.h"
#include "signal/rest/audit.h"
#include "signal/rest/routes.h"
#include "signal/rest/spool.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

json::object account_json(const auth::Accounts::Export& account, const auth::Subject& asker) {
  json::object out = user_json(account.user, asker);
  out["identities"] = array_of(account.identities, [](const store::Identity& identity) {
    return json::object{{"issuer", identity.issuer},
                        {"subject", identity.subject},
                        {"email", identity.email},
                        {"createdAt", to_iso(identity.created_at)},
                        {"lastUsedAt", to_iso(identity.last_used_at)}};
  });
  out["sessions"] =
      array_of(account.sessions, [&asker](const store::AuthSession& session) { return log_in_json(session, asker); });
  return out;
}

}  // namespace

http::awaitable<Result<void, Error>> write_person(ExportSources sources, auth::Subject subject, std::string user_id,
                                                  TimePoint now, chat::Sink sink) {
  std::string id = user_id;
  const auto account = co_await sources.accounts.export_user(subject, std::move(id));
  if (!account) co_return account.error();
  id = user_id;
  const auto files = co_await sources.files.export_of_user(std::move(id));
  if (!files) co_return files.error();
  std::string head = "{\"exportedAt\":\"" + to_iso(unix_ms(now)) +
                     "\",\"account\":" + json::serialize(account_json(*account, subject)) +
                     ",\"files\":" + json::serialize(*files) + ",\"chat\":";
  const bool more = co_await sink(std::move(head));
  if (!more) co_return Result<void, Error>{};
  chat::Sink chat_sink = sink;
  const auto chat =
      co_await sources.chat.records().export_user(std::move(subject), std::move(user_id), std::move(chat_sink));
  if (!chat) co_return chat.error();
  std::string tail = "}";
  (void)co_await sink(std::move(tail));
  co_return Result<void, Error>{};
}

http::awaitable<Result<void, Error>> write_room(ExportSources sources, auth::Subject subject, std::string room_id,
                                                TimePoint now, chat::Sink sink) {
  // The head waits for the first piece of the room: a refusal comes before it.
  const auto head = std::make_shared<std::string>("{\"exportedAt\":\"" + to_iso(unix_ms(now)) + "\",\"chat\":");
  chat::Sink chat_sink = [head, sink](std::string piece) {
    std::string whole = std::exchange(*head, {}) + piece;
    return sink(std::move(whole));
  };
  std::string id = room_id;
  const auto chat =
      co_await sources.chat.records().export_room(std::move(subject), std::move(id), std::move(chat_sink));
  if (!chat) co_return chat.error();
  const auto files = co_await sources.files.export_of_room(std::move(room_id));
  if (!files) co_return files.error();
  std::string tail = ",\"files\":" + json::serialize(*files) + "}";
  (void)co_await sink(std::move(tail));
  co_return Result<void, Error>{};
}

// ---- over REST ----

namespace {

// A full disk ends the export; the parts that make it need not know why.
struct Writer {
  explicit Writer(State& state) : spool(state.pool, state.config.temp_dir) {}
  Spool spool;
  std::optional<Error> failed;
};
using WriterRef = std::shared_ptr<Writer>;

http::awaitable<bool> write(WriterRef writer, std::string piece) {
  if (writer->failed) co_return false;
  const auto done = co_await writer->spool.append(std::move(piece));
  if (!done) writer->failed = done.error();
  co_return !writer->failed;
}

chat::Sink sink_of(WriterRef writer) {
  return [writer = std::move(writer)](std::string piece) { return write(writer, std::move(piece)); };
}

http::Response answer_of(Writer& writer, const Result<void, Error>& done, const std::string& file_name) {
  if (!done) return problem(done.error());
  if (writer.failed) return problem(*writer.failed);
  http::Response response;
  response.content_type = "application/json";
  response.source = writer.spool.finish();
  response.set("Cache-Control", "no-store");
  response.set("Content-Disposition", "attachment; filename=\"" + file_name + "\"");
  return response;
}

ExportSources sources_of(State& state) { return {state.accounts, state.chat, state.files}; }

Reply export_me(State& state, const Request& /*request*/, auth::Subject subject) {
  const auto writer = std::make_shared<Writer>(state);
  chat::Sink sink = sink_of(writer);
  std::string user_id = subject.user_id;
  const std::string name = "person-" + user_id + ".json";
  const auto done =
      co_await write_person(sources_of(state), std::move(subject), std::move(user_id), state.now(), std::move(sink));
  co_return answer_of(*writer, done, name);
}

Reply export_room(State& state, const Request& request, auth::Subject subject) {
  const auto writer = std::make_shared<Writer>(state);
  chat::Sink sink = sink_of(writer);
  std::string room_id = path_param(request, "roomId");
  const std::string name = "room-" + room_id + ".json";
  auth::Subject actor = subject;
  Act act{"room.export", room_id, room_id, {}};
  const auto done =
      co_await write_room(sources_of(state), std::move(subject), std::move(room_id), state.now(), std::move(sink));
  if (done) co_await note(state, std::move(actor), std::move(act));
  co_return answer_of(*writer, done, name);
}

}  // namespace

void add_export_routes(Routes& routes) {
  routes.add(Method::get, "/me/export", Cost::kExpensive, export_me);
  routes.add(Method::get, "/rooms/{roomId}/export", Cost::kExpensive, export_room);
}

}  // namespace parley::signal::rest
