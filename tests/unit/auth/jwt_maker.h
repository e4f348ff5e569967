// An issuer of tokens: keys of every kind, tokens signed with them, and their key set.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <boost/json.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "auth/base64url.h"
#include "auth/digest.h"

namespace parley::auth::testing {

namespace json = boost::json;

class Signer {
 public:
  enum class Kind { kRsa, kRsaShort, kP256, kP384, kEd25519 };

  Signer(Kind kind, std::string kid) : kind_(kind), kid_(std::move(kid)) {
    switch (kind) {
      case Kind::kRsa:
        key_.reset(EVP_RSA_gen(2048));
        break;
      case Kind::kRsaShort:
        key_.reset(EVP_RSA_gen(1024));
        break;
      case Kind::kP256:
        key_.reset(EVP_EC_gen("P-256"));
        break;
      case Kind::kP384:
        key_.reset(EVP_EC_gen("P-384"));
        break;
      case Kind::kEd25519:
        key_.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
        break;
    }
  }

  [[nodiscard]] std::string alg() const {
    if (kind_ == Kind::kEd25519) return "EdDSA";
    return kind_ == Kind::kP256 || kind_ == Kind::kP384 ? "ES256" : "RS256";
  }
  [[nodiscard]] const std::string& kid() const { return kid_; }

  [[nodiscard]] json::object jwk() const {
    json::object out{{"kid", kid_}, {"use", "sig"}, {"alg", alg()}};
    if (kind_ == Kind::kEd25519) {
      unsigned char raw[32];
      std::size_t size = sizeof raw;
      EVP_PKEY_get_raw_public_key(key_.get(), raw, &size);
      out["kty"] = "OKP";
      out["crv"] = "Ed25519";
      out["x"] = base64url_encode({reinterpret_cast<const char*>(raw), size});
    } else if (kind_ == Kind::kP256 || kind_ == Kind::kP384) {
      out["kty"] = "EC";
      out["crv"] = kind_ == Kind::kP256 ? "P-256" : "P-384";
      out["x"] = number(OSSL_PKEY_PARAM_EC_PUB_X, kind_ == Kind::kP256 ? 32 : 48);
      out["y"] = number(OSSL_PKEY_PARAM_EC_PUB_Y, kind_ == Kind::kP256 ? 32 : 48);
    } else {
      out["kty"] = "RSA";
      out["n"] = number(OSSL_PKEY_PARAM_RSA_N, 0);
      out["e"] = number(OSSL_PKEY_PARAM_RSA_E, 0);
    }
    return out;
  }

  [[nodiscard]] std::string token(const json::object& claims) const {
    return token(json::object{{"alg", alg()}, {"kid", kid_}, {"typ", "JWT"}}, claims);
  }
  [[nodiscard]] std::string token(const json::object& header, const json::object& claims) const {
    const std::string text =
        base64url_encode(json::serialize(header)) + "." + base64url_encode(json::serialize(claims));
    return text + "." + base64url_encode(sign(text));
  }

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };

  [[nodiscard]] std::string number(const char* name, int bytes) const {
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key_.get(), name, &value);
    std::string out(static_cast<std::size_t>(bytes > 0 ? bytes : BN_num_bytes(value)), '\0');
    BN_bn2binpad(value, reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(out.size()));
    BN_free(value);
    return base64url_encode(out);
  }

  [[nodiscard]] std::string sign(const std::string& text) const {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    const auto* data = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t size = 0;
    EVP_DigestSignInit(context, nullptr, kind_ == Kind::kEd25519 ? nullptr : EVP_sha256(), nullptr, key_.get());
    EVP_DigestSign(context, nullptr, &size, data, text.size());
    std::string out(size, '\0');
    EVP_DigestSign(context, reinterpret_cast<unsigned char*>(out.data()), &size, data, text.size());
    EVP_MD_CTX_free(context);
    out.resize(size);
    return kind_ == Kind::kP256 ? to_raw(out) : out;
  }

  static std::string to_raw(const std::string& der) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    ECDSA_SIG* sig = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    std::string out(64, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(sig), reinterpret_cast<unsigned char*>(out.data()), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(sig), reinterpret_cast<unsigned char*>(out.data()) + 32, 32);
    ECDSA_SIG_free(sig);
    return out;
  }

  Kind kind_;
  std::string kid_;
  std::unique_ptr<EVP_PKEY, Free> key_;
};

inline std::string key_set(std::initializer_list<const Signer*> signers) {
  json::array keys;
  for (const Signer* signer : signers) keys.push_back(signer->jwk());
  return json::serialize(json::object{{"keys", keys}});
}

inline std::string hs256(const json::object& claims, std::string_view secret, std::string_view alg = "HS256") {
  const std::string text = base64url_encode(json::serialize(json::object{{"alg", alg}, {"typ", "JWT"}})) + "." +
                           base64url_encode(json::serialize(claims));
  return text + "." + base64url_encode(hmac_sha256(secret, text));
}

}  // namespace parley::auth::testing
