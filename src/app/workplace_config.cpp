#include "app/workplace_config.h"

#include <boost/json/object.hpp>

#include "app/media_view.h"
#include "config/load.h"
#include "net/clock.h"

namespace parley::app {
namespace {

std::string in_data_dir(const config::Settings& settings, const char* name) { return settings.data_dir + "/" + name; }

auth::PasswordCost password_cost(const std::string& name) {
  if (name == "minimal") return auth::PasswordCost::kMinimal;
  return name == "moderate" ? auth::PasswordCost::kModerate : auth::PasswordCost::kInteractive;
}

auth::Registration registration(const std::string& name) {
  if (name == "open") return auth::Registration::kOpen;
  return name == "closed" ? auth::Registration::kClosed : auth::Registration::kInvite;
}

auth::ExternalIssuer issuer_of(const std::string& name, const config::TokenIssuer& from) {
  auth::ExternalIssuer out;
  out.name = name;
  out.issuer = from.issuer;
  out.audience = from.audience;
  out.hs256_secret = from.hs256_secret;
  out.jwks_url = from.jwks_url;
  out.jwks_file = from.jwks_file;
  out.trust_email = from.trust_email;
  out.auto_create = from.auto_create;
  out.link_by_email = from.link_by_email;
  for (const std::string& claim : from.required_claims) {
    const std::size_t equals = claim.find('=');
    out.required_claims[claim.substr(0, equals)] = equals == std::string::npos ? "" : claim.substr(equals + 1);
  }
  return out;
}

signal::events::EventLimits event_limits(const config::Limits& from) {
  const config::EventRates& rates = from.events;
  signal::events::EventLimits out;
  out.enabled = from.enabled;
  out.connects = rates.connects;
  out.events = rates.all;
  out.rooms = rates.rooms;
  out.messages = rates.messages;
  out.changes = rates.changes;
  out.typing = rates.typing;
  out.presence = rates.presence;
  out.calls = rates.calls;
  return out;
}

}  // namespace

std::string base_url(const config::Settings& settings) {
  if (!settings.http.public_url.empty()) {
    std::string url = settings.http.public_url;
    while (url.ends_with('/')) url.pop_back();
    return url;
  }
  const std::string port = settings.http.listen.substr(settings.http.listen.rfind(':') + 1);
  return (settings.http.tls_cert.empty() ? "http://localhost:" : "https://localhost:") + port;
}

store::Config database_config(const config::Settings& settings) {
  store::Config out;
  out.url = settings.database.url.empty() ? "sqlite:" + in_data_dir(settings, "parley.db") : settings.database.url;
  out.readers = settings.database.readers;
  out.unavailable_after = settings.database.unavailable_after;
  out.clock = net::now;
  return out;
}

auth::AccountsConfig accounts_config(const config::Settings& settings) {
  auth::AccountsConfig out;
  out.registration = registration(settings.auth.registration);
  out.access_ttl = settings.auth.access_ttl;
  out.session_ttl = settings.auth.session_ttl;
  out.guest_ttl = settings.auth.guest_ttl;
  out.max_sessions = settings.auth.max_sessions;
  out.lockout.enabled = settings.auth.lockout && settings.limits.enabled;
  out.password.cost = password_cost(settings.auth.password_cost);
  out.clock = net::now;
  return out;
}

auth::AuthenticatorConfig authenticator_config(const config::Settings& settings, auth::HttpFetch fetch) {
  auth::AuthenticatorConfig out;
  for (const auto& [name, issuer] : settings.auth.issuers) out.issuers.push_back(issuer_of(name, issuer));
  out.fetch = std::move(fetch);
  out.clock = net::now;
  return out;
}

auth::OidcConfig oidc_config(const config::Settings& settings, auth::HttpFetch fetch) {
  auth::OidcConfig out;
  for (const auto& [id, from] : settings.auth.oidc) {
    auth::OidcProvider provider;
    provider.id = id;
    provider.name = from.name.empty() ? id : from.name;
    provider.issuer = from.issuer;
    provider.client_id = from.client_id;
    provider.client_secret = from.client_secret;
    provider.scopes = from.scopes;
    provider.auto_create = from.auto_create;
    provider.link_by_email = from.link_by_email;
    out.providers.push_back(std::move(provider));
  }
  out.callback_url = base_url(settings) + "/api/v1/auth/oidc/callback";
  out.redirects = settings.auth.oidc_redirects;
  out.fetch = std::move(fetch);
  out.clock = net::now;
  return out;
}

hub::Config hub_config(const config::Settings& settings) {
  hub::Config out;
  out.quiet_room_size = settings.chat.quiet_room_size;
  return out;
}

chat::Config chat_config(const config::Settings& settings) {
  chat::Config out;
  out.max_content = settings.chat.max_message;
  out.max_members_per_room = settings.chat.max_members_per_room;
  return out;
}

calls::Config calls_config(const config::Settings& settings) {
  calls::Config out;
  out.public_url = settings.http.public_url;
  out.clock = net::now;
  out.ring_timeout = settings.calls.ring_timeout;
  out.token_ttl = settings.calls.token_ttl;
  out.limits_enabled = settings.limits.enabled;
  const config::InCallRates& rates = settings.limits.in_call;
  out.reactions = rates.reactions;
  out.strokes = rates.strokes;
  out.control_inputs = rates.control_inputs;
  out.signals = rates.signals;
  return out;
}

files::Config files_config(const config::Settings& settings, std::string url_key) {
  const config::Files& from = settings.files;
  files::Config out;
  out.storage.kind = from.storage == "s3" ? files::StorageKind::kS3 : files::StorageKind::kDisk;
  out.storage.dir = from.dir.empty() ? in_data_dir(settings, "files") : from.dir;
  out.storage.s3.endpoint = from.s3_endpoint;
  out.storage.s3.region = from.s3_region;
  out.storage.s3.bucket = from.s3_bucket;
  out.storage.s3.access_key = from.s3_access_key;
  out.storage.s3.secret_key = from.s3_secret_key;
  out.types.allow = from.allow_types;
  if (!from.deny_types.empty()) out.types.deny = from.deny_types;
  out.clamav_socket = from.clamav;
  out.max_file_size = from.max_file_size;
  out.quota_per_user = from.quota_per_user;
  out.quota_per_room = from.quota_per_room;
  out.upload_ttl = from.upload_ttl;
  out.guests_upload = from.guests_upload;
  out.public_url = settings.http.public_url;
  out.cdn_url = from.cdn_url;
  out.url_key = std::move(url_key);
  out.clock = net::now;
  return out;
}

unfurl::Config unfurl_config(const config::Settings& settings) {
  unfurl::Config out;
  for (const std::string& network : settings.chat.link_preview_networks) {
    if (const auto block = AddressBlock::parse(network)) out.networks.push_back(*block);
  }
  out.own_url = base_url(settings) + "/";
  out.clock = net::now;
  return out;
}

hooks::Config hooks_config(const config::Settings& settings, const auth::KeyTable& keys) {
  hooks::Config out;
  out.urls = settings.webhooks.urls;
  out.api_key = settings.webhooks.api_key.empty() ? std::string(keys.first_key()) : settings.webhooks.api_key;
  if (const std::string* secret = keys.secret_of(out.api_key)) out.api_secret = *secret;
  out.timeout = settings.webhooks.timeout;
  out.max_attempts = static_cast<int>(settings.webhooks.max_attempts);
  out.clock = net::now;
  return out;
}

signal::events::ServerConfig events_config(const config::Settings& settings) {
  signal::events::ServerConfig out;
  out.engine.ping_interval = settings.sockets.ping_interval;
  out.engine.ping_timeout = settings.sockets.ping_timeout;
  out.engine.max_payload = settings.sockets.max_payload;
  out.json.max_frame = settings.sockets.max_payload;
  out.json.max_sessions = settings.sockets.max_connections;
  out.max_connections = settings.sockets.max_connections;
  out.limits = event_limits(settings.limits);
  out.clock = net::now;
  return out;
}

signal::common::Limiter file_limiter(const config::Settings& settings, http::Rate rate, const char* what) {
  return signal::common::Limiter(settings.limits.enabled ? rate : http::Rate{}, what);
}

signal::rest::Limits request_limits(const config::Limits& from) {
  const config::RequestRates& rates = from.requests;
  signal::rest::Limits out;
  out.enabled = from.enabled;
  out.sign_up = rates.sign_up;
  out.sign_in = rates.sign_in;
  out.open = rates.open;
  out.read = rates.read;
  out.write = rates.write;
  out.send = rates.send;
  out.search = rates.search;
  out.invite = rates.invite;
  out.expensive = rates.expensive;
  return out;
}

signal::rest::Config rest_config(const config::Settings& settings, std::function<bool()> draining,
                                 room::Manager& rooms) {
  signal::rest::Config out;
  out.limits = request_limits(settings.limits);
  out.place.version = PARLEY_VERSION;
  out.place.max_message = settings.chat.max_message;
  out.place.ring_timeout_s = static_cast<std::size_t>(settings.calls.ring_timeout / 1s);
  if (!settings.http.public_url.empty()) out.place.media_url = "ws" + base_url(settings).substr(4);
  out.temp_dir = settings.data_dir;
  out.settings = [values = config::printed(settings)] {
    boost::json::object object;
    for (const auto& [key, value] : values) object[key] = value;
    return object;
  };
  out.draining = std::move(draining);
  out.media_of_room = [&rooms](const std::string& room_id) { return media_view(rooms, room_id); };
  out.probe = [&rooms](const std::string& offer, bool tcp) {
    return rooms.probe(net::now(), offer, tcp ? Protocol::kTcp : Protocol::kUdp);
  };
  out.clock = net::now;
  return out;
}

}  // namespace parley::app
