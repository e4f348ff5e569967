#include "auth/oidc.h"

#include <sodium.h>

#include <algorithm>
#include <boost/json.hpp>
#include <deque>
#include <unordered_map>

#include "auth/base64url.h"
#include "auth/digest.h"
#include "auth/jwks_source.h"
#include "auth/jwt.h"
#include "http/query.h"

namespace parley::auth {

namespace {

namespace json = boost::json;

constexpr std::size_t kMaxCodeBytes = 4096;
constexpr std::size_t kMaxRedirectBytes = 2048;

Error unreachable(const std::string& provider, std::string_view what) {
  return {"unavailable", "the log-in service \"" + provider + "\" " + std::string(what), ""};
}
Error refused(std::string_view why) { return {"unauthenticated", "log-in failed: " + std::string(why), ""}; }

std::optional<json::object> read_object(std::string_view text) {
  boost::system::error_code ec;
  json::value value = json::parse(text, ec);
  if (ec || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

bool has_only(const json::object& metadata, std::string_view member, std::string_view method) {
  const json::value* list = metadata.if_contains(member);
  if (list == nullptr || !list->is_array()) return false;
  return std::all_of(list->get_array().begin(), list->get_array().end(),
                     [&](const json::value& item) { return item.is_string() && item.get_string() == method; }) &&
         !list->get_array().empty();
}

struct Metadata {
  std::string authorization_endpoint;
  std::string token_endpoint;
  std::string userinfo_endpoint;  // empty: none
  std::string jwks_uri;
  bool secret_in_body = false;  // client_secret_post, where the provider takes nothing else
  bool names_itself = false;    // RFC 9207: the answer must have `iss`
};

// Discovery 1.0 section 4.3: the document must be the issuer's own.
std::optional<Metadata> read_metadata(std::string_view text, const std::string& issuer) {
  const auto object = read_object(text);
  if (!object || claim_text(*object, "issuer") != issuer) return std::nullopt;
  Metadata out;
  out.authorization_endpoint = claim_text(*object, "authorization_endpoint");
  out.token_endpoint = claim_text(*object, "token_endpoint");
  out.userinfo_endpoint = claim_text(*object, "userinfo_endpoint");
  out.jwks_uri = claim_text(*object, "jwks_uri");
  out.secret_in_body = has_only(*object, "token_endpoint_auth_methods_supported", "client_secret_post");
  out.names_itself = claim_bool(*object, "authorization_response_iss_parameter_supported");
  if (!out.userinfo_endpoint.empty() && !is_safe_url(out.userinfo_endpoint)) out.userinfo_endpoint.clear();
  if (!is_safe_url(out.authorization_endpoint) || !is_safe_url(out.token_endpoint) || !is_safe_url(out.jwks_uri)) {
    return std::nullopt;
  }
  return out;
}

std::string form(const std::vector<std::pair<std::string_view, std::string>>& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    out += name;
    out += '=';
    out += http::percent_encode(value);
  }
  return out;
}

std::string basic_credentials(const OidcProvider& provider) {
  // RFC 6749 section 2.3.1: both are form-encoded first.
  const std::string plain =
      http::percent_encode(provider.client_id) + ":" + http::percent_encode(provider.client_secret);
  std::string out(sodium_base64_ENCODED_LEN(plain.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(plain.data()), plain.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();  // the terminating NUL
  return "Basic " + out;
}

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

bool is_clean(std::string_view url) {
  return url.size() <= kMaxRedirectBytes && std::all_of(url.begin(), url.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte > 0x20 && byte < 0x7f && c != '\\';
         });
}

bool may_redirect_to(std::string_view target, const std::vector<std::string>& allowed) {
  if (!is_clean(target)) return false;
  if (target.starts_with('/')) return !target.starts_with("//");
  return std::any_of(allowed.begin(), allowed.end(),
                     [&](const std::string& prefix) { return target.starts_with(prefix); });
}

Result<void, Error> check_provider(const OidcProvider& provider, const std::string& at) {
  const auto wrong = [&at](std::string_view field, std::string message) {
    return Error{"invalid_argument", std::move(message), at + "." + std::string(field)};
  };
  if (!is_id(provider.id)) return wrong("id", "must be letters, digits, '-' and '_'");
  if (!is_safe_url(provider.issuer)) return wrong("issuer", "must be an https URL (http to this machine alone)");
  if (provider.client_id.empty()) return wrong("client_id", "must not be empty");
  if (std::find(provider.scopes.begin(), provider.scopes.end(), "openid") == provider.scopes.end()) {
    return wrong("scopes", "must have \"openid\" among them");
  }
  return {};
}

void add_missing(Accounts::ExternalPerson& person, const json::object& claims) {
  if (person.email.empty()) {
    person.email = claim_text(claims, "email");
    person.email_verified = claim_bool(claims, "email_verified");
  }
  if (person.name.empty()) person.name = claim_text(claims, "name");
  if (person.name.empty()) person.name = claim_text(claims, "preferred_username");
  if (person.avatar_url.empty()) person.avatar_url = claim_text(claims, "picture");
}

}  // namespace

struct Oidc::Impl {
  Impl(OidcConfig c, Accounts& a, RandomSource& r) : config(std::move(c)), accounts(a), random(r) {
    for (const OidcProvider& provider : config.providers) providers.push_back({provider, {}, {}, nullptr});
  }

  struct Provider {
    OidcProvider settings;
    std::optional<Metadata> metadata;
    TimePoint fetched_at{};
    std::shared_ptr<JwksSource> keys;
  };
  // A log-in that is under way at a provider.
  struct Pending {
    std::size_t provider = 0;
    std::string nonce;
    std::string verifier;  // RFC 7636
    std::string redirect;
    TimePoint expires{};
  };

  OidcConfig config;
  Accounts& accounts;
  RandomSource& random;
  std::vector<Provider> providers;                          // never grows: coroutines refer into it
  std::unordered_map<std::string, Pending> pending;         // by state
  std::deque<std::pair<TimePoint, std::string>> by_expiry;  // of states, some of them used by now

  void forget(TimePoint now) {
    while (!by_expiry.empty() && (by_expiry.front().first <= now || pending.size() >= config.max_states)) {
      pending.erase(by_expiry.front().second);
      by_expiry.pop_front();
    }
  }

  awaitable<Result<Metadata, Error>> metadata_of(Provider& provider);
  awaitable<Result<json::object, Error>> exchange(Provider& provider, const Metadata& metadata, std::string code,
                                                  std::string verifier);
  awaitable<Result<Accounts::ExternalPerson, Error>> person_of(Provider& provider, const Metadata& metadata,
                                                               const json::object& tokens, std::string nonce);
  awaitable<Result<void, Error>> add_userinfo(Provider& provider, const Metadata& metadata, std::string access_token,
                                              Accounts::ExternalPerson& person);
};

awaitable<Result<Metadata, Error>> Oidc::Impl::metadata_of(Provider& provider) {
  const TimePoint now = config.clock();
  if (provider.metadata && now - provider.fetched_at < config.metadata_ttl) co_return *provider.metadata;
  http::ClientRequest request;
  request.url = provider.settings.issuer;
  if (request.url.ends_with('/')) request.url.pop_back();
  request.url += "/.well-known/openid-configuration";
  request.headers = {{"Accept", "application/json"}};
  auto answer = co_await config.fetch(std::move(request));
  auto read = answer && answer->ok() ? read_metadata(answer->body, provider.settings.issuer) : std::nullopt;
  if (!read && provider.metadata) co_return *provider.metadata;  // the old one is better than none
  if (!read) co_return unreachable(provider.settings.id, "cannot be reached, or does not describe itself");
  if (!provider.keys || !provider.metadata || provider.metadata->jwks_uri != read->jwks_uri) {
    provider.keys = std::make_shared<JwksSource>(read->jwks_uri, config.fetch);
  }
  provider.metadata = std::move(read);
  provider.fetched_at = now;
  co_return *provider.metadata;
}

awaitable<Result<json::object, Error>> Oidc::Impl::exchange(Provider& provider, const Metadata& metadata,
                                                            std::string code, std::string verifier) {
  const OidcProvider& settings = provider.settings;
  std::vector<std::pair<std::string_view, std::string>> fields = {{"grant_type", "authorization_code"},
                                                                  {"code", std::move(code)},
                                                                  {"redirect_uri", config.callback_url},
                                                                  {"code_verifier", std::move(verifier)}};
  http::ClientRequest request;
  request.method = boost::beast::http::verb::post;
  request.url = metadata.token_endpoint;
  request.headers = {{"Accept", "application/json"}, {"Content-Type", "application/x-www-form-urlencoded"}};
  if (!settings.client_secret.empty() && !metadata.secret_in_body) {
    request.headers.emplace_back("Authorization", basic_credentials(settings));
  } else {
    fields.emplace_back("client_id", settings.client_id);
    if (!settings.client_secret.empty()) fields.emplace_back("client_secret", settings.client_secret);
  }
  request.body = form(fields);
  auto answer = co_await config.fetch(std::move(request));
  if (!answer || answer->status >= 500) co_return unreachable(settings.id, "cannot be reached");
  auto tokens = read_object(answer->body);
  if (!answer->ok() || !tokens) co_return refused("the provider does not accept the code");
  co_return std::move(*tokens);
}

awaitable<Result<void, Error>> Oidc::Impl::add_userinfo(Provider& provider, const Metadata& metadata,
                                                        std::string access_token, Accounts::ExternalPerson& person) {
  http::ClientRequest request;
  request.url = metadata.userinfo_endpoint;
  request.headers = {{"Accept", "application/json"}, {"Authorization", "Bearer " + access_token}};
  auto answer = co_await config.fetch(std::move(request));
  if (!answer || !answer->ok()) co_return unreachable(provider.settings.id, "does not tell who logged in");
  const auto info = read_object(answer->body);
  // Core 1.0 section 5.3.2: of somebody else it must not be used.
  if (!info || claim_text(*info, "sub") != person.subject) co_return refused("the provider speaks of somebody else");
  add_missing(person, *info);
  co_return Result<void, Error>{};
}

awaitable<Result<Accounts::ExternalPerson, Error>> Oidc::Impl::person_of(Provider& provider, const Metadata& metadata,
                                                                         const json::object& tokens,
                                                                         std::string nonce) {
  const OidcProvider& settings = provider.settings;
  const TimePoint now = config.clock();
  const auto token = parse_jwt(claim_text(tokens, "id_token"));
  if (!token) co_return refused("the provider's ID token is none");
  const std::shared_ptr<JwksSource> keys = provider.keys;
  const auto fits = co_await keys->verifies(*token, now);
  if (!fits) co_return fits.error();
  if (!*fits) co_return refused("the signature of the ID token does not fit");
  const auto fine = check_claims(token->claims, {settings.issuer, settings.client_id}, now);
  if (!fine) co_return refused(fine.error().message);
  if (token->claims.contains("azp") && claim_text(token->claims, "azp") != settings.client_id) {
    co_return refused("the ID token is for another application");
  }
  if (!equal_in_constant_time(claim_text(token->claims, "nonce"), nonce)) {
    co_return refused("the ID token belongs to another log-in");
  }
  Accounts::ExternalPerson person;
  person.issuer = settings.issuer;
  person.subject = claim_text(token->claims, "sub");
  person.auto_create = settings.auto_create;
  person.link_by_email = settings.link_by_email;
  if (person.subject.empty()) co_return refused("the ID token names nobody");
  add_missing(person, token->claims);
  const std::string access_token = claim_text(tokens, "access_token");
  const bool lacking = person.email.empty() || person.name.empty();
  if (lacking && !metadata.userinfo_endpoint.empty() && !access_token.empty()) {
    auto added = co_await add_userinfo(provider, metadata, access_token, person);
    if (!added) co_return added.error();
  }
  co_return person;
}

Oidc::Oidc(OidcConfig config, Accounts& accounts, RandomSource& random)
    : impl_(std::make_unique<Impl>(std::move(config), accounts, random)) {}
Oidc::~Oidc() = default;

Result<void, Error> Oidc::start() {
  const OidcConfig& config = impl_->config;
  for (std::size_t i = 0; i < config.providers.size(); ++i) {
    const std::string at = "auth.oidc." + config.providers[i].id;
    if (auto fine = check_provider(config.providers[i], at); !fine) return fine;
    for (std::size_t other = 0; other < i; ++other) {
      if (config.providers[other].id != config.providers[i].id) continue;
      return Error{"invalid_argument", "stands there twice", at + ".id"};
    }
  }
  if (config.providers.empty()) return {};
  if (!is_safe_url(config.callback_url)) {
    return Error{"invalid_argument", "must be an https URL (http to this machine alone)", "http.public_url"};
  }
  for (const std::string& prefix : config.redirects) {
    // Without the slash at the end, "https://chat.example" would also allow "https://chat.example.evil".
    if (is_safe_url(prefix) && prefix.ends_with('/')) continue;
    return Error{"invalid_argument", "must be https URLs that end with a slash", "auth.oidc_redirects"};
  }
  return {};
}

std::vector<Oidc::ProviderView> Oidc::providers() const {
  std::vector<ProviderView> out;
  for (const OidcProvider& provider : impl_->config.providers) {
    out.push_back({provider.id, provider.name.empty() ? provider.id : provider.name});
  }
  return out;
}

std::size_t Oidc::pending() const { return impl_->pending.size(); }

awaitable<Result<Oidc::Begun, Error>> Oidc::begin(std::string id, std::string redirect) {
  Impl& impl = *impl_;
  const auto provider = std::find_if(impl.providers.begin(), impl.providers.end(),
                                     [&](const Impl::Provider& p) { return p.settings.id == id; });
  if (provider == impl.providers.end()) co_return Error{"not_found", "there is no such log-in service", "provider"};
  if (redirect.empty()) redirect = "/";
  if (!may_redirect_to(redirect, impl.config.redirects)) {
    co_return Error{"invalid_argument", "not a place to return to", "redirect"};
  }
  const auto metadata = co_await impl.metadata_of(*provider);
  if (!metadata) co_return metadata.error();

  const OidcProvider& settings = provider->settings;
  Impl::Pending pending;
  pending.provider = static_cast<std::size_t>(provider - impl.providers.begin());
  pending.nonce = random_token(impl.random);
  pending.verifier = random_token(impl.random);
  pending.redirect = std::move(redirect);
  const TimePoint now = impl.config.clock();
  pending.expires = now + impl.config.state_ttl;
  Begun out;
  out.state = random_token(impl.random);
  std::string scope;
  for (const std::string& name : settings.scopes) scope += (scope.empty() ? "" : " ") + name;
  out.url = metadata->authorization_endpoint;
  out.url += out.url.find('?') == std::string::npos ? '?' : '&';
  out.url += form({{"response_type", "code"},
                   {"client_id", settings.client_id},
                   {"redirect_uri", impl.config.callback_url},
                   {"scope", scope},
                   {"state", out.state},
                   {"nonce", pending.nonce},
                   {"code_challenge", base64url_encode(sha256(pending.verifier))},
                   {"code_challenge_method", "S256"}});
  impl.forget(now);
  impl.by_expiry.emplace_back(pending.expires, out.state);
  impl.pending.emplace(out.state, std::move(pending));
  co_return out;
}

awaitable<Result<Oidc::Finished, Error>> Oidc::finish(Callback callback, ClientInfo client) {
  Impl& impl = *impl_;
  const TimePoint now = impl.config.clock();
  auto node = impl.pending.extract(callback.state);
  if (node.empty() || node.mapped().expires <= now) {
    co_return refused("it took too long, or was finished before: begin again");
  }
  if (!equal_in_constant_time(callback.cookie_state, callback.state)) {
    co_return refused("it was begun in another browser");
  }
  Impl::Pending pending = std::move(node.mapped());
  Impl::Provider& provider = impl.providers[pending.provider];
  const auto metadata = co_await impl.metadata_of(provider);
  if (!metadata) co_return metadata.error();
  const bool from_issuer = callback.iss == provider.settings.issuer;
  if (!from_issuer && (metadata->names_itself || !callback.iss.empty())) {
    co_return refused("the answer is another provider's");
  }
  if (!callback.error.empty()) {
    co_return Error{"permission_denied", "the log-in service refused the log-in", ""};
  }
  if (callback.code.empty() || callback.code.size() > kMaxCodeBytes) co_return refused("the answer has no code");

  std::string code = std::move(callback.code);
  std::string verifier = std::move(pending.verifier);
  const Metadata& known = *metadata;
  const auto tokens = co_await impl.exchange(provider, known, std::move(code), std::move(verifier));
  if (!tokens) co_return tokens.error();
  std::string nonce = std::move(pending.nonce);
  auto person = co_await impl.person_of(provider, known, *tokens, std::move(nonce));
  if (!person) co_return person.error();
  auto user = co_await impl.accounts.find_or_create_external(std::move(*person));
  if (!user) co_return user.error();
  std::string method = "oidc";
  auto signed_in = co_await impl.accounts.open_session(std::move(*user), std::move(method), std::move(client));
  if (!signed_in) co_return signed_in.error();
  co_return Finished{std::move(*signed_in), std::move(pending.redirect)};
}

}  // namespace parley::auth
