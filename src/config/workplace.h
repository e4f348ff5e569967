// Settings of the control plane: accounts, chat, calls, files. Part of Settings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/time.h"
#include "base/token_bucket.h"

namespace parley::config {

struct Database {
  std::string url;  // empty: sqlite:<data_dir>/parley.db
  std::uint32_t readers = 4;
  Duration unavailable_after = 15s;
};

struct OidcProvider {
  std::string name;  // on the button; empty: its name in the configuration
  std::string issuer;
  std::string client_id;
  std::string client_secret;
  std::vector<std::string> scopes = {"openid", "profile", "email"};
  bool auto_create = true;
  bool link_by_email = false;
};

struct TokenIssuer {
  std::string issuer;
  std::string audience;
  std::string hs256_secret;
  std::string jwks_url;
  std::string jwks_file;
  bool trust_email = false;
  bool auto_create = true;
  bool link_by_email = false;
  std::vector<std::string> required_claims;  // "role=authenticated"
};

struct Auth {
  std::string registration = "invite";  // open, invite, closed
  Duration access_ttl = 15min;
  Duration session_ttl = 30 * 24h;
  Duration guest_ttl = 24h;
  std::uint32_t max_sessions = 50;
  std::string password_cost = "interactive";  // minimal, interactive, moderate
  bool lockout = true;
  std::map<std::string, OidcProvider> oidc;
  std::vector<std::string> oidc_redirects;
  std::map<std::string, TokenIssuer> issuers;
};

struct Chat {
  std::size_t max_message = 16'384;  // bytes
  std::uint32_t max_members_per_room = 5'000;
  std::uint32_t quiet_room_size = 200;
  bool link_previews = true;
  std::vector<std::string> link_preview_networks;  // CIDR; besides the public internet
};

struct Calls {
  Duration ring_timeout = 45s;
  Duration token_ttl = 10min;
};

struct Files {
  std::string storage = "disk";  // disk, s3
  std::string dir;               // empty: <data_dir>/files
  std::string s3_endpoint;
  std::string s3_region = "us-east-1";
  std::string s3_bucket;
  std::string s3_access_key;
  std::string s3_secret_key;
  std::size_t max_file_size = 5ULL << 30U;
  std::size_t quota_per_user = 50ULL << 30U;
  std::size_t quota_per_room = 200ULL << 30U;
  std::vector<std::string> allow_types;
  std::vector<std::string> deny_types;  // empty: the built-in list
  std::string clamav;
  std::string cdn_url;
  Duration upload_ttl = 24h;
  bool guests_upload = true;
};

struct Sockets {
  Duration ping_interval = 25s;
  Duration ping_timeout = 20s;
  std::size_t max_payload = 1'000'000;
  std::uint32_t max_connections = 20'000;
};

// Of the REST API, and of the bytes of files: per account, or per address without one.
struct RequestRates {
  Rate sign_up{0.05, 10};
  Rate sign_in{1, 30};
  Rate open{20, 100};
  Rate read{50, 300};
  Rate write{20, 100};
  Rate send{10, 50};
  Rate search{5, 20};
  Rate invite{0.5, 20};
  Rate expensive{0.05, 5};
};

// Of events on sockets: per account over all its devices; connects per address.
struct EventRates {
  Rate connects{5, 200};
  Rate all{100, 400};
  Rate rooms{20, 200};
  Rate messages{10, 60};
  Rate changes{20, 100};
  Rate typing{5, 20};
  Rate presence{2, 20};
  Rate calls{2, 20};
};

// Within a call: per person.
struct InCallRates {
  Rate reactions{5, 10};
  Rate strokes{60, 120};
  Rate control_inputs{250, 500};
  Rate signals{50, 200};
};

struct Limits {
  bool enabled = true;  // of every rate
  RequestRates requests;
  EventRates events;
  InCallRates in_call;
};

struct Webhooks {
  std::vector<std::string> urls;
  std::string api_key;  // that signs; empty: the first
  std::uint32_t max_attempts = 8;
  Duration timeout = 10s;
};

}  // namespace parley::config
