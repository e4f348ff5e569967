// Key sets (RFC 7517, RFC 7518 section 6, RFC 8037).
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <boost/json.hpp>

#include "auth/base64url.h"
#include "auth/jwt.h"

namespace parley::auth {

namespace {

namespace json = boost::json;
using PublicKey = std::shared_ptr<const EVP_PKEY>;

constexpr std::size_t kMaxKeys = 64;
constexpr std::size_t kMaxJwksBytes = 256 * 1024;
constexpr int kMinRsaBits = 2048;
constexpr int kMaxRsaBits = 8192;  // verifying with larger ones takes the time of an attack

PublicKey own(EVP_PKEY* key) {
  return {key, [](const EVP_PKEY* k) { EVP_PKEY_free(const_cast<EVP_PKEY*>(k)); }};
}

const unsigned char* bytes(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// Builds a public key of `type` from what `fill` pushes.
template <class Fill>
PublicKey from_params(const char* type, Fill fill) {
  OSSL_PARAM_BLD* builder = OSSL_PARAM_BLD_new();
  EVP_PKEY* key = nullptr;
  if (fill(builder)) {
    OSSL_PARAM* params = OSSL_PARAM_BLD_to_param(builder);
    EVP_PKEY_CTX* context = EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr);
    if (params == nullptr || EVP_PKEY_fromdata_init(context) != 1 ||
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_PUBLIC_KEY, params) != 1) {
      key = nullptr;
    }
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_free(params);
  }
  OSSL_PARAM_BLD_free(builder);
  return key == nullptr ? nullptr : own(key);
}

PublicKey rsa_key(const json::object& jwk) {
  const auto n = base64url_decode(claim_text(jwk, "n"));
  const auto e = base64url_decode(claim_text(jwk, "e"));
  if (!n || !e || n->size() < kMinRsaBits / 8 || n->size() > kMaxRsaBits / 8 + 1 || e->empty() || e->size() > 4) {
    return nullptr;
  }
  BIGNUM* modulus = BN_bin2bn(bytes(*n), static_cast<int>(n->size()), nullptr);
  BIGNUM* exponent = BN_bin2bn(bytes(*e), static_cast<int>(e->size()), nullptr);
  PublicKey key;
  const int bits = BN_num_bits(modulus);
  if (bits >= kMinRsaBits && bits <= kMaxRsaBits && BN_is_odd(modulus) && BN_is_odd(exponent) && !BN_is_one(exponent)) {
    key = from_params("RSA", [&](OSSL_PARAM_BLD* builder) {
      return OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_N, modulus) == 1 &&
             OSSL_PARAM_BLD_push_BN(builder, OSSL_PKEY_PARAM_RSA_E, exponent) == 1;
    });
  }
  BN_free(modulus);
  BN_free(exponent);
  return key;
}

PublicKey p256_key(const json::object& jwk) {
  const auto x = base64url_decode(claim_text(jwk, "x"));
  const auto y = base64url_decode(claim_text(jwk, "y"));
  if (claim_text(jwk, "crv") != "P-256" || !x || !y || x->size() != 32 || y->size() != 32) return nullptr;
  const std::string point = "\x04" + *x + *y;
  PublicKey key = from_params("EC", [&](OSSL_PARAM_BLD* builder) {
    return OSSL_PARAM_BLD_push_utf8_string(builder, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1 &&
           OSSL_PARAM_BLD_push_octet_string(builder, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1;
  });
  if (!key) return nullptr;
  EVP_PKEY_CTX* check = EVP_PKEY_CTX_new(const_cast<EVP_PKEY*>(key.get()), nullptr);
  const bool on_curve = EVP_PKEY_public_check(check) == 1;
  EVP_PKEY_CTX_free(check);
  return on_curve ? key : nullptr;
}

PublicKey ed25519_key(const json::object& jwk) {
  const auto x = base64url_decode(claim_text(jwk, "x"));
  if (claim_text(jwk, "crv") != "Ed25519" || !x || x->size() != 32) return nullptr;
  EVP_PKEY* key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(*x), x->size());
  return key == nullptr ? nullptr : own(key);
}

bool for_signatures(const json::object& jwk) {
  const std::string use = claim_text(jwk, "use");
  if (!use.empty() && use != "sig") return false;
  const json::value* operations = jwk.if_contains("key_ops");
  if (operations == nullptr || !operations->is_array()) return true;
  for (const json::value& operation : operations->get_array()) {
    if (operation.is_string() && operation.get_string() == "verify") return true;
  }
  return false;
}

JwtKey read_key(const json::object& jwk) {
  JwtKey key;
  key.id = claim_text(jwk, "kid");
  const std::string type = claim_text(jwk, "kty");
  if (type == "RSA") {
    key.algorithm = JwtAlgorithm::kRs256;
    key.public_key = rsa_key(jwk);
  } else if (type == "EC") {
    key.algorithm = JwtAlgorithm::kEs256;
    key.public_key = p256_key(jwk);
  } else if (type == "OKP") {
    key.algorithm = JwtAlgorithm::kEdDsa;
    key.public_key = ed25519_key(jwk);
  }
  const std::string named = claim_text(jwk, "alg");
  if (!named.empty() && named != to_string(key.algorithm)) key.public_key.reset();
  return key;
}

}  // namespace

Result<std::vector<JwtKey>, Error> parse_jwks(std::string_view text) {
  if (text.size() > kMaxJwksBytes) return Error{"invalid_argument", "the key set is too large", ""};
  boost::system::error_code ec;
  const json::value root = json::parse(text, ec);
  const json::value* list = !ec && root.is_object() ? root.get_object().if_contains("keys") : nullptr;
  if (list == nullptr || !list->is_array()) return Error{"invalid_argument", "not a JSON Web Key Set", ""};
  std::vector<JwtKey> keys;
  for (const json::value& item : list->get_array()) {
    if (keys.size() == kMaxKeys) break;
    if (!item.is_object() || !for_signatures(item.get_object())) continue;
    JwtKey key = read_key(item.get_object());
    if (key.public_key) keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace parley::auth
