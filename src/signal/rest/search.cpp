// Search over what the asker may see.
#include "chat/json.h"
#include "chat/service.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace {

Reply search(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  chat::SearchRequest wanted;
  auto text = parameters.text("q", {.min = 1, .max = 512, .form = common::TextForm::kLines});
  if (!text) parameters.fail("q", "is missing");
  wanted.text = std::move(text).value_or("");
  wanted.room_id = parameters.uuid("roomId").value_or("");
  wanted.by_rank = parameters.choice("sort", {"newest", "best"}) == "best";
  wanted.cursor = parameters.cursor();
  wanted.limit = parameters.limit();
  if (!parameters.ok()) co_return problem(parameters.error());
  const auto page = co_await state.chat.search().find(std::move(subject), std::move(wanted));
  if (!page) co_return problem(page.error());
  const auto item_json = [](const chat::SearchItem& item) { return chat::to_json(item); };
  co_return json_answer(200, page_json(array_of(page->items, item_json), page->next_cursor));
}

}  // namespace

void add_search_routes(Routes& routes) { routes.add(Method::get, "/search", Cost::kSearch, search); }

}  // namespace parley::signal::rest
