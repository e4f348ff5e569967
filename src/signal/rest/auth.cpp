// Coming in and going out.
#include <boost/json/serialize.hpp>

#include "auth/accounts.h"
#include "auth/oidc.h"
#include "signal/rest/account_json.h"
#include "signal/rest/routes.h"

namespace parley::signal::rest {

namespace json = boost::json;

namespace {

constexpr common::TextRule kEmail{.min = 3, .max = 254};
// How good a password must be the service says; here it must only be of a size that can be hashed.
constexpr common::TextRule kPassword{.min = 1, .max = 256, .form = common::TextForm::kAny};
constexpr common::TextRule kOptionalPassword{.min = 0, .max = 256, .form = common::TextForm::kAny};
constexpr common::TextRule kName{.min = 1, .max = 80};
constexpr common::TextRule kToken{.min = 1, .max = 4'096, .form = common::TextForm::kAny};
constexpr common::TextRule kLinkToken{.min = 0, .max = 256, .form = common::TextForm::kAny};

// The browser that comes back from a provider must be the one that left.
constexpr std::string_view kStateCookie = "parley_oidc";
constexpr std::string_view kCookiePath = "; Path=/api/v1/auth/oidc; HttpOnly; SameSite=Lax";

http::Response signed_in_answer(unsigned status, const Result<auth::SignedIn, Error>& signed_in) {
  return signed_in ? json_answer(status, signed_in_json(*signed_in)) : problem(signed_in.error());
}

Reply register_user(State& state, const Request& request) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  auth::NewUser user;
  user.email = fields.text("email", kEmail);
  user.password = fields.text("password", kPassword);
  user.name = fields.text("name", kName);
  user.invitation = fields.optional_text("invitation", kLinkToken).value_or("");
  user.locale = fields.optional_text("locale", {.max = 35}).value_or("");
  if (!fields.ok()) co_return problem(fields.error());
  auth::ClientInfo client = client_of(request);
  const auto signed_in = co_await state.accounts.register_user(std::move(user), std::move(client));
  co_return signed_in_answer(201, signed_in);
}

Reply log_in(State& state, const Request& request) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string email = fields.text("email", kEmail);
  std::string password = fields.text("password", kPassword);
  if (!fields.ok()) co_return problem(fields.error());
  auth::ClientInfo client = client_of(request);
  const auto signed_in = co_await state.accounts.log_in(std::move(email), std::move(password), std::move(client));
  co_return signed_in_answer(200, signed_in);
}

Reply refresh(State& state, const Request& request) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string token = fields.text("refreshToken", kToken);
  if (!fields.ok()) co_return problem(fields.error());
  auth::ClientInfo client = client_of(request);
  const auto signed_in = co_await state.accounts.refresh(std::move(token), std::move(client));
  co_return signed_in_answer(200, signed_in);
}

Reply enter_as_guest(State& state, const Request& request) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string token = fields.text("token", {.min = 1, .max = 256, .form = common::TextForm::kAny});
  std::string name = fields.text("name", kName);
  std::string password = fields.optional_text("password", kOptionalPassword).value_or("");
  if (!fields.ok()) co_return problem(fields.error());
  auth::ClientInfo client = client_of(request);
  const auto signed_in =
      co_await state.accounts.join_as_guest(std::move(token), std::move(name), std::move(password), std::move(client));
  co_return signed_in_answer(201, signed_in);
}

Reply log_out(State& state, const Request& /*request*/, auth::Subject subject) {
  const auto done = co_await state.accounts.log_out(std::move(subject));
  co_return done ? no_content() : problem(done.error());
}

Reply log_out_everywhere(State& state, const Request& /*request*/, auth::Subject subject) {
  const auto done = co_await state.accounts.log_out_everywhere(std::move(subject));
  co_return done ? no_content() : problem(done.error());
}

Reply change_password(State& state, const Request& request, auth::Subject subject) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  std::string current = fields.optional_text("currentPassword", kOptionalPassword).value_or("");
  std::string next = fields.text("newPassword", kPassword);
  if (!fields.ok()) co_return problem(fields.error());
  const auto done = co_await state.accounts.change_password(std::move(subject), std::move(current), std::move(next));
  co_return done ? no_content() : problem(done.error());
}

// ---- log-in at OpenID providers ----

Reply list_providers(State& state, const Request& /*request*/) {
  co_return json_answer(200, {{"items", providers_json(state.oidc)}});
}

http::Response redirect_to(std::string location) {
  http::Response response;
  response.status = 302;
  response.set("Location", std::move(location)).set("Cache-Control", "no-store");
  return response;
}

Reply start_oidc(State& state, const Request& request) {
  Parameters parameters(request.query);
  std::string redirect = parameters.text("redirect", {.min = 1, .max = 1'024}).value_or("/");
  if (!parameters.ok()) co_return problem(parameters.error());
  std::string provider = path_param(request, "provider");
  auto begun = co_await state.oidc.begin(std::move(provider), std::move(redirect));
  if (!begun) co_return problem(begun.error());
  http::Response response = redirect_to(std::move(begun->url));
  response.set("Set-Cookie", std::string(kStateCookie) + "=" + http::percent_encode(begun->state) + "; Max-Age=600" +
                                 std::string(kCookiePath) + (request.secure ? "; Secure" : ""));
  co_return response;
}

// The value of a cookie; empty when it is not there.
std::string cookie_of(const Request& request, std::string_view name) {
  std::string_view rest = request.header("Cookie");
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return http::percent_decode(pair.substr(name.size() + 1));
    }
  }
  return {};
}

std::string with_fragment(std::string url, std::string_view fragment) {
  url += url.find('#') == std::string::npos ? '#' : '&';
  return url += fragment;
}

// People see pages, programs problem documents.
http::Response refused(const Request& request, const Error& error) {
  if (request.header("Accept").find("text/html") == std::string_view::npos) return problem(error);
  return redirect_to("/#error=" + common::kebab_code(error.code) + "&message=" + http::percent_encode(error.message));
}

Reply finish_oidc(State& state, const Request& request) {
  const auto given = [&request](std::string_view name) {
    return std::string(request.query.get(name).substr(0, 4'096));
  };
  auth::Oidc::Callback callback{given("code"), given("state"), given("iss"), given("error"),
                                cookie_of(request, kStateCookie)};
  auth::ClientInfo client = client_of(request);
  auto finished = co_await state.oidc.finish(std::move(callback), std::move(client));
  if (!finished) co_return refused(request, finished.error());
  const std::string code =
      state.login_codes.put(state.now(), state.random, json::serialize(signed_in_json(finished->signed_in)));
  http::Response response = redirect_to(with_fragment(std::move(finished->redirect), "code=" + code));
  response.set("Set-Cookie", std::string(kStateCookie) + "=; Max-Age=0" + std::string(kCookiePath));
  co_return response;
}

Reply exchange_oidc_code(State& state, const Request& request) {
  const auto body = body_of(state, request);
  if (!body) co_return problem(body.error());
  Fields fields(*body);
  const std::string code = fields.text("code", {.min = 1, .max = 512, .form = common::TextForm::kAny});
  if (!fields.ok()) co_return problem(fields.error());
  auto answer = state.login_codes.take(state.now(), code);
  if (!answer) co_return problem({"unauthenticated", "the code is unknown, used or too old: log in again", "code"});
  http::Response response = http::json_response(200, std::move(*answer));
  response.set("Cache-Control", "no-store");
  co_return response;
}

}  // namespace

json::array providers_json(const auth::Oidc& oidc) {
  return array_of(oidc.providers(), [](const auth::Oidc::ProviderView& provider) {
    return json::object{{"id", provider.id},
                        {"name", provider.name},
                        {"startUrl", std::string(Routes::kPrefix) + "/auth/oidc/" + provider.id + "/start"}};
  });
}

void add_auth_routes(Routes& routes) {
  routes.open(Method::post, "/auth/register", Cost::kSignUp, register_user);
  routes.open(Method::post, "/auth/login", Cost::kSignIn, log_in);
  routes.open(Method::post, "/auth/refresh", Cost::kSignIn, refresh);
  routes.open(Method::post, "/auth/guest", Cost::kSignUp, enter_as_guest);
  routes.add(Method::post, "/auth/logout", Cost::kWrite, log_out);
  routes.add(Method::post, "/auth/logout-all", Cost::kWrite, log_out_everywhere);
  routes.add(Method::post, "/auth/password", Cost::kInvite, change_password);
  routes.open(Method::get, "/auth/providers", Cost::kOpen, list_providers);
  routes.open(Method::get, "/auth/oidc/{provider}/start", Cost::kSignIn, start_oidc);
  routes.open(Method::get, "/auth/oidc/callback", Cost::kSignIn, finish_oidc);
  routes.open(Method::post, "/auth/oidc/exchange", Cost::kSignIn, exchange_oidc_code);
}

}  // namespace parley::signal::rest
