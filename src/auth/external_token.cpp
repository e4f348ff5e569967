#include "auth/external_token.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "auth/jwks_source.h"
#include "auth/jwt.h"

namespace parley::auth {

namespace {

namespace asio = boost::asio;

constexpr std::size_t kMinSecretBytes = 32;
constexpr std::size_t kMaxSubjectBytes = 255;
constexpr std::size_t kMaxFileBytes = 256 * 1024;

Error refused(std::string_view why) {
  return {"unauthenticated", "invalid token: " + std::string(why), "access_token"};
}

std::string first_text(const boost::json::object& claims, const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (std::string text = claim_text(claims, path); !text.empty()) return text;
  }
  return {};
}

Result<std::vector<JwtKey>, Error> read_key_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{"invalid_argument", "cannot be read: " + path, ""};
  std::string text(kMaxFileBytes, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  auto keys = parse_jwks(text);
  if (!keys) return keys;
  if (keys->empty()) return Error{"invalid_argument", "has no key that can be used: " + path, ""};
  return keys;
}

Result<void, Error> check_issuer(const ExternalIssuer& issuer, const std::string& at) {
  if (issuer.issuer.empty()) return Error{"invalid_argument", "must name the issuer (iss)", at + ".issuer"};
  if (issuer.issuer == "parley") return Error{"invalid_argument", "\"parley\" is this server", at + ".issuer"};
  const int sources = static_cast<int>(!issuer.hs256_secret.empty()) + static_cast<int>(!issuer.jwks_url.empty()) +
                      static_cast<int>(!issuer.jwks_file.empty());
  if (sources != 1) {
    return Error{"invalid_argument", "needs one of hs256_secret, jwks_url and jwks_file", at};
  }
  if (!issuer.hs256_secret.empty() && issuer.hs256_secret.size() < kMinSecretBytes) {
    return Error{"invalid_argument", "must have at least 32 bytes", at + ".hs256_secret"};
  }
  if (!issuer.jwks_url.empty() && !is_safe_url(issuer.jwks_url)) {
    return Error{"invalid_argument", "must be an https URL (http to this machine alone)", at + ".jwks_url"};
  }
  return {};
}

}  // namespace

struct ExternalTokens::Impl {
  struct Issuer {
    ExternalIssuer settings;
    std::unique_ptr<JwksSource> keys;
  };
  std::vector<Issuer> issuers;
  HttpFetch fetch;

  Issuer* find(std::string_view name) {
    const auto it =
        std::find_if(issuers.begin(), issuers.end(), [&](const Issuer& i) { return i.settings.issuer == name; });
    return it == issuers.end() ? nullptr : &*it;
  }
};

ExternalTokens::ExternalTokens(std::vector<ExternalIssuer> issuers, HttpFetch fetch) : impl_(std::make_unique<Impl>()) {
  for (ExternalIssuer& issuer : issuers) impl_->issuers.push_back({std::move(issuer), nullptr});
  impl_->fetch = std::move(fetch);
}
ExternalTokens::~ExternalTokens() = default;

Result<void, Error> ExternalTokens::start() {
  for (std::size_t i = 0; i < impl_->issuers.size(); ++i) {
    Impl::Issuer& issuer = impl_->issuers[i];
    const std::string& name = issuer.settings.name;
    const std::string at = "auth.issuers." + (name.empty() ? std::to_string(i) : name);
    if (auto fine = check_issuer(issuer.settings, at); !fine) return fine;
    if (impl_->find(issuer.settings.issuer) != &issuer) {
      return Error{"invalid_argument", "stands there twice", at + ".issuer"};
    }
    if (!issuer.settings.hs256_secret.empty()) {
      std::vector<JwtKey> keys{{JwtAlgorithm::kHs256, "", issuer.settings.hs256_secret, nullptr}};
      issuer.keys = std::make_unique<JwksSource>(std::move(keys));
    } else if (!issuer.settings.jwks_file.empty()) {
      auto keys = read_key_file(issuer.settings.jwks_file);
      if (!keys) return Error{keys.error().code, keys.error().message, at + ".jwks_file"};
      issuer.keys = std::make_unique<JwksSource>(std::move(*keys));
    } else {
      issuer.keys = std::make_unique<JwksSource>(issuer.settings.jwks_url, impl_->fetch);
    }
  }
  return {};
}

const ExternalIssuer* ExternalTokens::find(std::string_view issuer) const {
  const Impl::Issuer* found = impl_->find(issuer);
  return found == nullptr ? nullptr : &found->settings;
}

asio::awaitable<Result<ExternalIdentity, Error>> ExternalTokens::verify(std::string text, TimePoint now) {
  const auto token = parse_jwt(text);
  if (!token) co_return token.error();
  // The issuer is read before the signature is checked, because it names the keys; nothing else of the claims is used.
  Impl::Issuer* issuer = impl_->find(claim_text(token->claims, "iss"));
  if (issuer == nullptr || !issuer->keys) co_return refused("its issuer is not trusted here");
  const ExternalIssuer& settings = issuer->settings;
  const auto fits = co_await issuer->keys->verifies(*token, now);
  if (!fits) co_return fits.error();
  if (!*fits) co_return refused("its signature does not fit");
  const auto fine = check_claims(token->claims, {settings.issuer, settings.audience}, now);
  if (!fine) co_return fine.error();
  for (const auto& [path, wanted] : settings.required_claims) {
    if (claim_text(token->claims, path) != wanted) co_return refused("its claim \"" + path + "\" is another one");
  }
  ExternalIdentity out;
  out.issuer = settings.issuer;
  out.subject = claim_text(token->claims, settings.subject_claim);
  if (out.subject.empty() || out.subject.size() > kMaxSubjectBytes) co_return refused("it names nobody");
  out.session = first_text(token->claims, {"session_id", "sid", "jti"});
  out.email = claim_text(token->claims, settings.email_claim);
  out.email_verified =
      !out.email.empty() && (settings.trust_email || claim_bool(token->claims, settings.email_verified_claim));
  out.name = first_text(token->claims, settings.name_claims);
  out.avatar_url = first_text(token->claims, settings.avatar_claims);
  out.expires_at = claim_date(token->claims, "exp").value_or(0);
  co_return out;
}

}  // namespace parley::auth
