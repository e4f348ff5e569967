// Content of files: by token, by signed URL, by link; and their previews.
#include <charconv>

#include "base/iso_time.h"
#include "files/download.h"
#include "files/ranges.h"
#include "files/service.h"
#include "signal/common/subject.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

// Signed URLs carry their signature as `s`.
bool is_signed(const Request& request) { return request.query.find("s") != nullptr; }

Result<std::int64_t, Error> version_of(const Request& request) {
  Parameters parameters(request.query);
  const std::int64_t version = parameters.integer("version", {.min = 1}).value_or(0);
  if (!parameters.ok()) return parameters.error();
  return version;
}

Reply signed_content(State& state, const Request& request) {
  bool attachment = false;
  auto pass = state.files.verify_url(request.param("fileId"), request.query, attachment);
  if (!pass) co_return problem(pass.error());
  files::SignedPass proven = std::move(*pass);
  auto content = co_await state.files.open_signed(std::move(proven));
  if (!content) co_return problem(content.error());
  co_return files::content_answer(state.files, request, std::move(*content), attachment, true);
}

Reply get_content(State& state, const Request& request) {
  if (is_signed(request)) co_return co_await signed_content(state, request);
  auto subject = co_await common::subject_of(state.authenticator, request);
  if (!subject) co_return problem(subject.error());
  if (const auto taken = state.take(Cost::kRead, subject->user_id); !taken) co_return problem(taken.error());
  const auto version = version_of(request);
  if (!version) co_return problem(version.error());
  auth::Subject who = std::move(*subject);
  std::string file_id = path_param(request, "fileId");
  auto content = co_await state.files.open(std::move(who), std::move(file_id), *version);
  if (!content) co_return problem(content.error());
  const bool attachment = request.query.get_bool("download", false);
  co_return files::content_answer(state.files, request, std::move(*content), attachment, false);
}

// ---- previews ----

// "320", or "text", which is size 0.
Result<int, Error> size_of(const Request& request) {
  const std::string text = path_param(request, "size");
  if (text == "text") return 0;
  int size = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, size);
  if (error == std::errc() && rest == end && size > 0) return size;
  return Error{"not_found", "there is no preview of this size", "size"};
}

http::Response preview_answer(const Request& request, Result<files::Service::Preview, Error> preview) {
  if (!preview) return problem(preview.error());
  http::Response response;
  response.set("ETag", preview->etag).set("Cache-Control", "private, max-age=86400");
  if (files::etag_matches(request.header("If-None-Match"), preview->etag)) {
    response.status = 304;
    return response;
  }
  response.content_type = preview->mime;
  response.set("Content-Security-Policy", "default-src 'none'; sandbox");
  response.body = std::move(preview->bytes);
  return response;
}

Reply get_preview(State& state, const Request& request) {
  const auto size = size_of(request);
  if (!size) co_return problem(size.error());
  if (is_signed(request)) {
    bool attachment = false;
    auto pass = state.files.verify_url(request.param("fileId"), request.query, attachment);
    if (!pass) co_return problem(pass.error());
    files::SignedPass proven = std::move(*pass);
    auto preview = co_await state.files.preview_signed(std::move(proven), *size);
    co_return preview_answer(request, std::move(preview));
  }
  auto subject = co_await common::subject_of(state.authenticator, request);
  if (!subject) co_return problem(subject.error());
  if (const auto taken = state.take(Cost::kRead, subject->user_id); !taken) co_return problem(taken.error());
  const auto version = version_of(request);
  if (!version) co_return problem(version.error());
  auth::Subject who = std::move(*subject);
  std::string file_id = path_param(request, "fileId");
  auto preview = co_await state.files.preview(std::move(who), std::move(file_id), *version, *size);
  co_return preview_answer(request, std::move(preview));
}

// ---- links ----

Reply get_shared(State& state, const Request& request) {
  std::string token = path_param(request, "token");
  std::string password(request.header("X-Link-Password"));
  auto content = co_await state.files.open_link(std::move(token), std::move(password));
  if (!content) co_return problem(content.error());
  const bool attachment = request.query.get_bool("download", false);
  co_return files::content_answer(state.files, request, std::move(*content), attachment, false);
}

Reply view_shared(State& state, const Request& request) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string password = fields.optional_text("password", {.max = 256, .form = common::TextForm::kAny}).value_or("");
  if (!fields.ok()) co_return problem(fields.error());
  std::string token = path_param(request, "token");
  const auto view = co_await state.files.view_link(std::move(token), std::move(password));
  if (!view) co_return problem(view.error());
  co_return json_answer(200, {{"name", view->file.name},
                              {"size", view->file.size},
                              {"mime", view->file.mime},
                              {"version", view->file.version},
                              {"url", view->url},
                              {"urlExpiresAt", to_iso(view->url_expires_at)},
                              {"expiresAt", time_or_null(view->expires_at)}});
}

}  // namespace

void add_content_routes(Routes& routes) {
  routes.open(Method::get, "/files/{fileId}/content", Cost::kOpen, get_content);
  routes.open(Method::get, "/files/{fileId}/previews/{size}", Cost::kOpen, get_preview);
  // Guessing links and their passwords is slowed down like guessing passwords.
  routes.open(Method::get, "/shared/{token}", Cost::kSignIn, get_shared);
  routes.open(Method::post, "/shared/{token}", Cost::kSignIn, view_shared);
}

}  // namespace parley::signal::rest
