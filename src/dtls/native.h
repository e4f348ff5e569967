// Owners of OpenSSL objects, and what certificate.cpp and transport.cpp share.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "dtls/transport.h"

namespace parley::dtls {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Freed<&X509_free>>;
using ContextPtr = std::unique_ptr<SSL_CTX, Freed<&SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, Freed<&SSL_free>>;

struct Certificate::Native {
  KeyPtr key;
  X509Ptr certificate;
  ContextPtr context;  // its reference count is atomic: shards share it
  Fingerprint fingerprint;
};

// The newest entry of OpenSSL's thread-local error queue, which is emptied.
std::string openssl_error();

// Does the certificate have this fingerprint? False also for an unknown algorithm or a value that is no fingerprint.
// Takes the same time wherever the difference is.
bool fingerprint_matches(const X509& certificate, const Fingerprint& expected);

}  // namespace parley::dtls
