#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

#include "dtls/native.h"

namespace parley::dtls {
namespace {

// ECDSA first, as RFC 8827 section 6.5 requires; RSA for peers that show such a certificate when they are the server.
constexpr char kCipherList[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384";
// As server OpenSSL takes the first of its own list that the client offers, so the cheapest to seal comes first.
constexpr char kSrtpProfiles[] = "SRTP_AEAD_AES_128_GCM:SRTP_AEAD_AES_256_GCM:SRTP_AES128_CM_SHA1_80";

// Fixed dates need no clock. Peers look at the fingerprint only, and a date of issue would tell when we were started.
constexpr char kNotBefore[] = "20200101000000Z";
constexpr char kNotAfter[] = "20491231235959Z";

struct Digest {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> bytes{};
  std::size_t size = 0;
};

const EVP_MD* digest_named(std::string algorithm) {
  std::transform(algorithm.begin(), algorithm.end(), algorithm.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (algorithm == "sha-256") return EVP_sha256();
  if (algorithm == "sha-384") return EVP_sha384();
  if (algorithm == "sha-512") return EVP_sha512();
  if (algorithm == "sha-1") return EVP_sha1();
  return nullptr;
}

std::optional<Digest> digest_of(const X509& certificate, const EVP_MD* algorithm) {
  Digest out;
  unsigned int size = 0;
  if (X509_digest(&certificate, algorithm, out.bytes.data(), &size) != 1) return std::nullopt;
  out.size = size;
  return out;
}

std::optional<std::uint8_t> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  return std::nullopt;
}

// "AB:CD:..." of exactly `size` bytes.
std::optional<Digest> parse_value(std::string_view text, std::size_t size) {
  if (text.size() != size * 3 - 1) return std::nullopt;
  Digest out;
  out.size = size;
  for (std::size_t i = 0; i < size; ++i) {
    const auto high = hex_digit(text[3 * i]);
    const auto low = hex_digit(text[3 * i + 1]);
    if (!high || !low || (i + 1 < size && text[3 * i + 2] != ':')) return std::nullopt;
    out.bytes[i] = static_cast<std::uint8_t>(*high << 4U | *low);
  }
  return out;
}

std::string format_value(const Digest& digest) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < digest.size; ++i) {
    if (i != 0) out += ':';
    out += kDigits[digest.bytes[i] >> 4U];
    out += kDigits[digest.bytes[i] & 15U];
  }
  return out;
}

X509Ptr self_sign(EVP_PKEY* key) {
  X509Ptr out(X509_new());
  std::uint64_t serial = 0;
  if (!out || RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof(serial)) != 1) return nullptr;
  X509_NAME* name = X509_get_subject_name(out.get());
  const bool ok = X509_set_version(out.get(), X509_VERSION_3) == 1 &&
                  ASN1_INTEGER_set_uint64(X509_get_serialNumber(out.get()), serial >> 1U) == 1 &&
                  ASN1_TIME_set_string(X509_getm_notBefore(out.get()), kNotBefore) == 1 &&
                  ASN1_TIME_set_string(X509_getm_notAfter(out.get()), kNotAfter) == 1 &&
                  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("parley"),
                                             -1, -1, 0) == 1 &&
                  X509_set_issuer_name(out.get(), name) == 1 && X509_set_pubkey(out.get(), key) == 1 &&
                  X509_sign(out.get(), key, EVP_sha256()) > 0;
  if (!ok) return nullptr;
  return out;
}

// The peer's certificate is self-signed; what makes it trusted is its fingerprint, compared after the handshake.
int accept_any_certificate(int /*preverified*/, X509_STORE_CTX* /*store*/) { return 1; }

ContextPtr make_context(X509* certificate, EVP_PKEY* key) {
  ContextPtr out(SSL_CTX_new(DTLS_method()));
  if (!out) return nullptr;
  SSL_CTX* context = out.get();
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, &accept_any_certificate);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
  const bool ok = SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION) == 1 &&
                  SSL_CTX_set_max_proto_version(context, DTLS1_2_VERSION) == 1 &&
                  SSL_CTX_set_cipher_list(context, kCipherList) == 1 &&
                  SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1 &&
                  // This one answers 0 for success.
                  SSL_CTX_set_tlsext_use_srtp(context, kSrtpProfiles) == 0 &&
                  SSL_CTX_use_certificate(context, certificate) == 1 && SSL_CTX_use_PrivateKey(context, key) == 1;
  if (!ok) return nullptr;
  return out;
}

}  // namespace

std::string openssl_error() {
  const unsigned long code = ERR_peek_last_error();
  ERR_clear_error();
  if (code == 0) return "unknown cause";
  std::array<char, 256> text{};
  ERR_error_string_n(code, text.data(), text.size());
  return text.data();
}

bool fingerprint_matches(const X509& certificate, const Fingerprint& expected) {
  const EVP_MD* algorithm = digest_named(expected.algorithm);
  if (algorithm == nullptr) return false;
  const auto actual = digest_of(certificate, algorithm);
  if (!actual) return false;
  const auto wanted = parse_value(expected.value, actual->size);
  return wanted && CRYPTO_memcmp(wanted->bytes.data(), actual->bytes.data(), actual->size) == 0;
}

Certificate::Certificate(std::unique_ptr<Native> native) : native_(std::move(native)) {}
Certificate::~Certificate() = default;

const Fingerprint& Certificate::fingerprint() const { return native_->fingerprint; }

Result<std::shared_ptr<const Certificate>, Error> Certificate::generate() {
  const auto failed = [](const char* what) {
    return Error{.code = "dtls_certificate", .message = std::string(what) + ": " + openssl_error(), .field = {}};
  };
  auto native = std::make_unique<Native>();
  native->key.reset(EVP_EC_gen("P-256"));
  if (!native->key) return failed("no P-256 key");
  native->certificate = self_sign(native->key.get());
  if (!native->certificate) return failed("no self-signed certificate");
  native->context = make_context(native->certificate.get(), native->key.get());
  if (!native->context) return failed("no DTLS context");
  const auto digest = digest_of(*native->certificate, EVP_sha256());
  if (!digest) return failed("no fingerprint");
  native->fingerprint = Fingerprint{.algorithm = "sha-256", .value = format_value(*digest)};
  return std::shared_ptr<const Certificate>(new Certificate(std::move(native)));
}

}  // namespace parley::dtls
