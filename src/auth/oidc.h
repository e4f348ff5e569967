// Log-in at OpenID providers: authorization code flow with PKCE (OpenID Connect Core 1.0 section 3.1, RFC 7636, RFC
// 9207), discovery and key sets fetched when first needed.
//
//   begin: provider ──→ URL to send the browser to, state kept (short-lived, bounded)
//   provider ──→ browser ──→ finish(code, state) ──→ token endpoint ──→ ID token: signature iss aud exp nonce ──→
//   account
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "auth/accounts.h"
#include "auth/external_token.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time.h"

namespace parley::auth {

struct OidcProvider {
  std::string id;      // in URLs: letters, digits, '-', '_'
  std::string name;    // on the button
  std::string issuer;  // URL; discovery at <issuer>/.well-known/openid-configuration
  std::string client_id;
  std::string client_secret;  // empty: a public client
  std::vector<std::string> scopes = {"openid", "profile", "email"};
  bool auto_create = true;
  bool link_by_email = false;  // to an account with the same address, where the provider calls it verified
};

struct OidcConfig {
  std::vector<OidcProvider> providers;
  std::string callback_url;  // https://host/api/v1/auth/oidc/callback, as registered at the providers
  // Where a browser may be sent after log-in: a path on this server ("/…") always may; others must begin with one of
  // these ("https://chat.example.org/").
  std::vector<std::string> redirects;
  Duration state_ttl = 10min;
  std::size_t max_states = 10'000;   // log-ins under way; the oldest is given up
  Duration metadata_ttl = 1h;        // of the discovery document
  HttpFetch fetch;                   // required
  std::function<TimePoint()> clock;  // required
};

class Oidc {
 public:
  // accounts and random must outlive it.
  Oidc(OidcConfig config, Accounts& accounts, RandomSource& random);
  ~Oidc();
  Oidc(const Oidc&) = delete;
  Oidc& operator=(const Oidc&) = delete;

  // Checks the settings. Error invalid_argument; field "auth.oidc.<id>.issuer".
  Result<void, Error> start();
  struct ProviderView {
    std::string id;
    std::string name;
  };
  [[nodiscard]] std::vector<ProviderView> providers() const;

  struct Begun {
    std::string url;    // for the browser
    std::string state;  // to be kept in a cookie (HttpOnly, SameSite=Lax) and shown to finish(): the browser that comes
                        // back must be the one that left
  };
  // Errors: not_found (provider), invalid_argument (redirect), unavailable (provider cannot be reached).
  awaitable<Result<Begun, Error>> begin(std::string provider, std::string redirect);

  struct Callback {  // query of the provider's answer
    std::string code;
    std::string state;
    std::string iss;           // RFC 9207; empty: not sent
    std::string error;         // "access_denied", …; empty: none
    std::string cookie_state;  // from the cookie
  };
  struct Finished {
    SignedIn signed_in;
    std::string redirect;  // as given to begin()
  };
  // Each state is good for one call. Errors: unauthenticated (state unknown or used, token refused), permission_denied
  // (the person said no, no account), unavailable.
  awaitable<Result<Finished, Error>> finish(Callback callback, ClientInfo client);
  [[nodiscard]] std::size_t pending() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace parley::auth
