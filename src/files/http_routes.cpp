#include "files/http_routes.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "base/iso_time.h"
#include "files/download.h"
#include "files/json.h"
#include "files/tus.h"

namespace parley::files {

namespace {

namespace json = boost::json;

http::Response json_answer(const json::object& body) {
  http::Response response = http::json_response(200, json::serialize(body));
  response.set("Cache-Control", "no-store");
  return response;
}

// An empty body is an empty object.
Result<json::object, Error> read_object(const std::string& body) {
  if (body.empty()) return json::object();
  boost::system::error_code ec;
  json::value value = json::parse(body, ec);
  if (ec || !value.is_object()) return Error{"malformed", "the body must be a JSON object", ""};
  return std::move(value.as_object());
}

// One who brings a signature or a link in place of a token.
Result<void, Error> admit_stranger(const RouteContext& context, const http::Request& request) {
  if (!context.hooks.admit) return {};
  return context.hooks.admit(request, request.peer.ip_text());
}

// Who is told apart by token is limited by name, not by address.
awaitable<Result<auth::Subject, Error>> admitted_subject(std::shared_ptr<const RouteHooks> hooks,
                                                         const http::Request& request) {
  auto subject = co_await hooks->subject_of(request);
  if (hooks->admit) {
    const auto admitted = hooks->admit(request, subject ? subject->user_id : request.peer.ip_text());
    if (!admitted) co_return admitted.error();
  }
  co_return subject;
}

struct Asked {
  std::optional<SignedPass> pass;  // else by token
  auth::Subject subject;
  bool attachment = false;
};

awaitable<Result<Asked, Error>> who_asks(RouteContextRef context, const http::Request& request) {
  Asked out;
  if (request.query.find("s") != nullptr) {
    if (const auto admitted = admit_stranger(*context, request); !admitted) co_return admitted.error();
    auto pass = context->service.verify_url(request.param("id"), request.query, out.attachment);
    if (!pass) co_return pass.error();
    out.pass = std::move(*pass);
    co_return out;
  }
  auto subject = co_await context->hooks.subject_of(request);
  if (!subject) co_return subject.error();
  out.subject = std::move(*subject);
  out.attachment = request.query.get_bool("download", false);
  co_return out;
}

awaitable<http::Response> get_content(RouteContextRef context, const http::Request& request) {
  auto asked = co_await who_asks(context, request);
  if (!asked) co_return context->hooks.problem(asked.error());
  std::optional<Result<Content, Error>> content;
  if (asked->pass) {
    content.emplace(co_await context->service.open_signed(*asked->pass));
  } else {
    const std::string id(request.param("id"));
    content.emplace(co_await context->service.open(asked->subject, id, request.query.get_int("version", 0)));
  }
  if (!*content) co_return context->hooks.problem(content->error());
  const bool shared_cache = asked->pass.has_value() && !context->service.config().cdn_url.empty();
  co_return content_answer(context->service, request, std::move(**content), asked->attachment, shared_cache);
}

int preview_size(std::string_view text) {
  if (text == "text") return 0;
  for (const int size : kPreviewSizes) {
    if (text == std::to_string(size)) return size;
  }
  return -1;
}

awaitable<http::Response> get_preview(RouteContextRef context, const http::Request& request) {
  auto asked = co_await who_asks(context, request);
  if (!asked) co_return context->hooks.problem(asked.error());
  const int size = preview_size(request.param("size"));
  std::optional<Result<Service::Preview, Error>> preview;
  if (asked->pass) {
    preview.emplace(co_await context->service.preview_signed(*asked->pass, size));
  } else {
    const std::string id(request.param("id"));
    preview.emplace(co_await context->service.preview(asked->subject, id, request.query.get_int("version", 0), size));
  }
  if (!*preview) co_return context->hooks.problem(preview->error());
  Service::Preview& made = **preview;
  http::Response response;
  response.set("ETag", made.etag);
  response.set("Cache-Control", "private, no-cache");
  response.set("Content-Security-Policy", "default-src 'none'; sandbox");
  response.set("Cross-Origin-Resource-Policy", "cross-origin");
  if (etag_matches(request.header("If-None-Match"), made.etag)) {
    response.status = 304;
    co_return response;
  }
  response.content_type = made.mime;
  response.body = std::move(made.bytes);
  co_return response;
}

awaitable<http::Response> post_url(RouteContextRef context, const http::Request& request) {
  auto subject = co_await context->hooks.subject_of(request);
  if (!subject) co_return context->hooks.problem(subject.error());
  const auto body = read_object(request.body);
  if (!body) co_return context->hooks.problem(body.error());
  std::int64_t version = 0;
  bool download = false;
  if (const json::value* given = body->if_contains("version"); given != nullptr && !given->is_null()) {
    if (!given->is_int64() || given->as_int64() < 1) {
      co_return context->hooks.problem({"invalid_argument", "version must be a number from 1", "version"});
    }
    version = given->as_int64();
  }
  if (const json::value* given = body->if_contains("download"); given != nullptr && !given->is_null()) {
    if (!given->is_bool()) {
      co_return context->hooks.problem({"invalid_argument", "download must be true or false", "download"});
    }
    download = given->as_bool();
  }
  const std::string id(request.param("id"));
  auto url = co_await context->service.sign_url(*subject, id, version, download);
  if (!url) co_return context->hooks.problem(url.error());
  co_return json_answer({{"url", url->url}, {"expiresAt", to_iso(url->expires_at)}});
}

awaitable<http::Response> show_link(RouteContextRef context, const http::Request& request) {
  if (const auto admitted = admit_stranger(*context, request); !admitted) {
    co_return context->hooks.problem(admitted.error());
  }
  const auto body = read_object(request.body);
  if (!body) co_return context->hooks.problem(body.error());
  std::string password;
  if (const json::value* given = body->if_contains("password"); given != nullptr && !given->is_null()) {
    if (!given->is_string()) {
      co_return context->hooks.problem({"invalid_argument", "password must be a text", "password"});
    }
    password = std::string(given->as_string());
  }
  const std::string token(request.param("token"));
  auto view = co_await context->service.view_link(token, password);
  if (!view) co_return context->hooks.problem(view.error());
  json::object file = to_json(view->file);
  // Whom the file belongs to is not the link's business.
  for (const char* name : {"ownerId", "roomId", "previews", "url"}) file.erase(name);
  co_return json_answer(
      {{"file", std::move(file)},
       {"url", view->url},
       {"urlExpiresAt", to_iso(view->url_expires_at)},
       {"expiresAt", view->expires_at == 0 ? json::value(nullptr) : json::value(to_iso(view->expires_at))}});
}

awaitable<http::Response> get_link_content(RouteContextRef context, const http::Request& request) {
  if (const auto admitted = admit_stranger(*context, request); !admitted) {
    co_return context->hooks.problem(admitted.error());
  }
  const std::string token(request.param("token"));
  const std::string no_password;
  auto content = co_await context->service.open_link(token, no_password);
  if (!content) co_return context->hooks.problem(content.error());
  co_return content_answer(context->service, request, std::move(*content), true, false);
}

}  // namespace

void add_routes(http::Router& router, Service& service, Uploads& uploads, RouteHooks hooks) {
  if (!hooks.problem) hooks.problem = [](const Error& error) { return http::problem_response(error); };
  const auto given = std::make_shared<const RouteHooks>(hooks);
  hooks.subject_of = [given](const http::Request& request) { return admitted_subject(given, request); };
  const auto context = std::make_shared<RouteContext>(RouteContext{service, uploads, std::move(hooks)});
  using http::Method;
  using http::Request;
  const std::string all(kUploadsPath);
  const std::string one = all + "/{id}";
  for (const std::string& path : {all, one}) {
    router.add(Method::options, path,
               [context](const Request& r) -> awaitable<http::Response> { co_return tus_options(*context, r); });
  }
  router.add_streaming(Method::post, all,
                       [context](const Request& r, http::BodyReader& body) { return tus_create(context, r, body); });
  router.add_streaming(Method::post, one,
                       [context](const Request& r, http::BodyReader& body) { return tus_override(context, r, body); });
  router.add_streaming(Method::patch, one,
                       [context](const Request& r, http::BodyReader& body) { return tus_patch(context, r, body); });
  router.add(Method::head, one, [context](const Request& r) { return tus_head(context, r); });
  router.add(Method::get, one, [context](const Request& r) { return tus_show(context, r); });
  router.add(Method::delete_, one, [context](const Request& r) { return tus_delete(context, r); });

  const std::string file = "/api/v1/files/{id}";
  router.add(Method::get, file + "/content", [context](const Request& r) { return get_content(context, r); });
  router.add(Method::get, file + "/previews/{size}", [context](const Request& r) { return get_preview(context, r); });
  router.add(Method::post, file + "/url", [context](const Request& r) { return post_url(context, r); });
  const std::string link = "/api/v1/shared/{token}";
  router.add(Method::get, link, [context](const Request& r) { return show_link(context, r); });
  router.add(Method::post, link, [context](const Request& r) { return show_link(context, r); });
  router.add(Method::get, link + "/content", [context](const Request& r) { return get_link_content(context, r); });
}

}  // namespace parley::files
