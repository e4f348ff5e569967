// Files as rows: names, versions, who may see them, who fetched them. Their content travels elsewhere (files/).
#include <charconv>

#include "files/json.h"
#include "files/service.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

json::object file_json(const store::File& file) { return files::to_json(file); }

http::Response page_answer(const Result<files::Page, Error>& page) {
  if (!page) return problem(page.error());
  return json_answer(200, page_json(array_of(page->items, file_json), page->next_cursor));
}

Result<std::int64_t, Error> version_of(const Request& request) {
  const std::string text = path_param(request, "version");
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error == std::errc() && rest == end && number >= 1) return number;
  return Error{"invalid_argument", "\"version\" in the path must be a number from 1 on", "version"};
}

// ---- files ----

Reply list_files(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  const bool shared = parameters.boolean("shared");
  const auto limit = static_cast<std::int64_t>(parameters.limit());
  std::string cursor = parameters.cursor();
  if (!parameters.ok()) co_return problem(parameters.error());
  if (shared) {
    const auto page = co_await state.files.list_shared_with_me(std::move(subject));
    co_return page_answer(page);
  }
  const auto page = co_await state.files.list_mine(std::move(subject), std::move(cursor), limit);
  co_return page_answer(page);
}

Reply list_room_files(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  const auto limit = static_cast<std::int64_t>(parameters.limit());
  std::string cursor = parameters.cursor();
  if (!parameters.ok()) co_return problem(parameters.error());
  std::string room_id = path_param(request, "roomId");
  const auto page = co_await state.files.list_room(std::move(subject), std::move(room_id), std::move(cursor), limit);
  co_return page_answer(page);
}

Reply get_file(State& state, const Request& request, auth::Subject subject) {
  std::string file_id = path_param(request, "fileId");
  const auto view = co_await state.files.get(std::move(subject), std::move(file_id));
  if (!view) co_return problem(view.error());
  co_return json_answer(200, files::to_json(*view));
}

Reply rename_file(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string name = fields.text("name", {.min = 1, .max = 255});
  if (!fields.ok()) co_return problem(fields.error());
  std::string file_id = path_param(request, "fileId");
  const auto file = co_await state.files.rename(std::move(subject), std::move(file_id), std::move(name));
  if (!file) co_return problem(file.error());
  co_return json_answer(200, file_json(*file));
}

Reply delete_file(State& state, const Request& request, auth::Subject subject) {
  std::string file_id = path_param(request, "fileId");
  const auto done = co_await state.files.remove(std::move(subject), std::move(file_id));
  co_return done ? no_content() : problem(done.error());
}

// ---- versions ----

Reply list_versions(State& state, const Request& request, auth::Subject subject) {
  std::string file_id = path_param(request, "fileId");
  const auto versions = co_await state.files.versions(std::move(subject), std::move(file_id));
  if (!versions) co_return problem(versions.error());
  co_return json_answer(200, {{"items", files::to_json(*versions)}});
}

Reply restore_version(State& state, const Request& request, auth::Subject subject) {
  const auto number = version_of(request);
  if (!number) co_return problem(number.error());
  std::string file_id = path_param(request, "fileId");
  const auto file = co_await state.files.restore(std::move(subject), std::move(file_id), *number);
  if (!file) co_return problem(file.error());
  co_return json_answer(200, file_json(*file));
}

// ---- who may see it, who fetched it ----

Result<files::NewGrant, Error> new_grant_from(const json::object& body) {
  Fields fields(body);
  files::NewGrant grant;
  const std::string kind = fields.choice("kind", {"room", "user", "link"});
  // What belongs to another kind is read too: a wrong value is a mistake of the client, whatever it wanted.
  const auto other = [&](std::string_view name) { (void)fields.optional_text(name, {.max = 36}); };
  const auto password = fields.optional_text("password", {.max = 256, .form = common::TextForm::kAny});
  kind == "room" ? void(grant.room_id = fields.uuid("roomId")) : other("roomId");
  kind == "user" ? void(grant.user_id = fields.uuid("userId")) : other("userId");
  if (kind == "room") {
    grant.kind = store::GrantKind::kRoom;
  } else if (kind == "user") {
    grant.kind = store::GrantKind::kUser;
  } else {
    grant.kind = store::GrantKind::kLink;
    grant.password = password.value_or("");
  }
  grant.expires_at = fields.optional_time("expiresAt").value_or(0);
  if (!fields.ok()) return fields.error();
  return grant;
}

Reply list_grants(State& state, const Request& request, auth::Subject subject) {
  std::string file_id = path_param(request, "fileId");
  const auto grants = co_await state.files.grants(std::move(subject), std::move(file_id));
  if (!grants) co_return problem(grants.error());
  co_return json_answer(200, {{"items", files::to_json(*grants)}});
}

Reply create_grant(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  auto wanted = new_grant_from(*body);
  if (!wanted) co_return problem(wanted.error());
  files::NewGrant grant = std::move(*wanted);
  std::string file_id = path_param(request, "fileId");
  const auto made = co_await state.files.grant(std::move(subject), std::move(file_id), std::move(grant));
  if (!made) co_return problem(made.error());
  co_return json_answer(201, files::to_json(*made, state.files.config()));
}

Reply revoke_grant(State& state, const Request& request, auth::Subject subject) {
  std::string file_id = path_param(request, "fileId");
  std::string grant_id = path_param(request, "grantId");
  const auto done = co_await state.files.revoke(std::move(subject), std::move(file_id), std::move(grant_id));
  co_return done ? no_content() : problem(done.error());
}

Reply list_downloads(State& state, const Request& request, auth::Subject subject) {
  Parameters parameters(request.query);
  const auto limit = static_cast<std::int64_t>(parameters.limit());
  std::string cursor = parameters.cursor();
  if (!parameters.ok()) co_return problem(parameters.error());
  std::string file_id = path_param(request, "fileId");
  const auto page = co_await state.files.downloads(std::move(subject), std::move(file_id), std::move(cursor), limit);
  if (!page) co_return problem(page.error());
  co_return json_answer(200, page_json(files::to_json(page->items), page->next_cursor));
}

}  // namespace

void add_file_routes(Routes& routes) {
  routes.add(Method::get, "/files", Cost::kRead, list_files);
  routes.add(Method::get, "/rooms/{roomId}/files", Cost::kRead, list_room_files);
  routes.add(Method::get, "/files/{fileId}", Cost::kRead, get_file);
  routes.add(Method::patch, "/files/{fileId}", Cost::kWrite, rename_file);
  routes.add(Method::delete_, "/files/{fileId}", Cost::kWrite, delete_file);
  routes.add(Method::get, "/files/{fileId}/versions", Cost::kRead, list_versions);
  routes.add(Method::post, "/files/{fileId}/versions/{version}/restore", Cost::kWrite, restore_version);
  routes.add(Method::get, "/files/{fileId}/grants", Cost::kRead, list_grants);
  routes.add(Method::post, "/files/{fileId}/grants", Cost::kInvite, create_grant);
  routes.add(Method::delete_, "/files/{fileId}/grants/{grantId}", Cost::kWrite, revoke_grant);
  routes.add(Method::get, "/files/{fileId}/downloads", Cost::kRead, list_downloads);
}

}  // namespace parley::signal::rest
