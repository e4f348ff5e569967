// What waits for the asker, and what they want to hear of.
#include "calls/json.h"
#include "calls/service.h"
#include "chat/json.h"
#include "chat/service.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

Reply list_inbox(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  const std::size_t limit = parameters.limit();
  std::string cursor = parameters.cursor();
  if (!parameters.ok()) co_return problem(parameters.error());
  const auto page = co_await state.chat.inbox().list(subject, std::move(cursor), limit);
  if (!page) co_return problem(page.error());
  json::array items;
  for (const chat::InboxItem& item : page->items) {
    json::object entry = chat::to_json(item);
    entry.emplace("call", nullptr);
    if (!item.call_id.empty()) {
      std::string call_id = item.call_id;
      const auto call = co_await state.calls.get(subject, std::move(call_id));
      if (!call) continue;  // gone since
      entry["call"] = calls::to_json(*call);
    }
    items.push_back(std::move(entry));
  }
  co_return json_answer(200, page_json(std::move(items), page->next_cursor));
}

Reply mark_inbox_read(State& state, const Request& /*request*/, auth::Subject subject) {
  const auto done = co_await state.chat.inbox().mark_seen(std::move(subject));
  co_return done ? no_content() : problem(done.error());
}

Reply set_preferences(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  chat::PreferencesChange change;
  change.starred = fields.optional_boolean("starred");
  change.muted = fields.optional_boolean("muted");
  change.notify = fields.optional_choice("notify", {"everything", "mentions", "nothing"});
  if (!fields.ok()) co_return problem(fields.error());
  std::string room_id = path_param(request, "roomId");
  const auto view =
      co_await state.chat.inbox().set_preferences(std::move(subject), std::move(room_id), std::move(change));
  if (!view) co_return problem(view.error());
  co_return json_answer(200, chat::to_json(*view));
}

}  // namespace

void add_inbox_routes(Routes& routes) {
  routes.add(Method::get, "/inbox", Cost::kRead, list_inbox);
  routes.add(Method::post, "/inbox/read", Cost::kWrite, mark_inbox_read);
  routes.add(Method::put, "/rooms/{roomId}/preferences", Cost::kWrite, set_preferences);
}

}  // namespace parley::signal::rest
