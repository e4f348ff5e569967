// Keys of the control plane.
#include <algorithm>
#include <iterator>

#include "config/key_makers.h"

namespace parley::config {
namespace {

std::vector<Key> account_keys() {
  return {
      text("database.url", [](Settings& s) -> auto& { return s.database.url; }),
      integer(
          "database.readers", [](Settings& s) -> auto& { return s.database.readers; }, 1, 64),
      duration("database.unavailable_after", [](Settings& s) -> auto& { return s.database.unavailable_after; }),
      choice("auth.registration", [](Settings& s) -> auto& { return s.auth.registration; },
             {"open", "invite", "closed"}),
      duration("auth.access_ttl", [](Settings& s) -> auto& { return s.auth.access_ttl; }),
      duration("auth.session_ttl", [](Settings& s) -> auto& { return s.auth.session_ttl; }),
      duration("auth.guest_ttl", [](Settings& s) -> auto& { return s.auth.guest_ttl; }),
      integer(
          "auth.max_sessions", [](Settings& s) -> auto& { return s.auth.max_sessions; }, 1, 1'000),
      choice("auth.password_cost", [](Settings& s) -> auto& { return s.auth.password_cost; },
             {"minimal", "interactive", "moderate"}),
      boolean("auth.lockout", [](Settings& s) -> auto& { return s.auth.lockout; }),
      list("auth.oidc_redirects", [](Settings& s) -> auto& { return s.auth.oidc_redirects; }),
  };
}

std::vector<Key> talk_keys() {
  return {
      size(
          "chat.max_message", [](Settings& s) -> auto& { return s.chat.max_message; }, 256, 100'000),
      integer(
          "chat.max_members_per_room", [](Settings& s) -> auto& { return s.chat.max_members_per_room; }, 2, 1'000'000),
      integer(
          "chat.quiet_room_size", [](Settings& s) -> auto& { return s.chat.quiet_room_size; }, 0, 1'000'000),
      boolean("chat.link_previews", [](Settings& s) -> auto& { return s.chat.link_previews; }),
      networks("chat.link_preview_networks", [](Settings& s) -> auto& { return s.chat.link_preview_networks; }),
      duration("calls.ring_timeout", [](Settings& s) -> auto& { return s.calls.ring_timeout; }),
      duration("calls.token_ttl", [](Settings& s) -> auto& { return s.calls.token_ttl; }),
      duration("sockets.ping_interval", [](Settings& s) -> auto& { return s.sockets.ping_interval; }),
      duration("sockets.ping_timeout", [](Settings& s) -> auto& { return s.sockets.ping_timeout; }),
      size("sockets.max_payload", [](Settings& s) -> auto& { return s.sockets.max_payload; }),
      integer(
          "sockets.max_connections", [](Settings& s) -> auto& { return s.sockets.max_connections; }, 1, 1'000'000),
      boolean("limits.enabled", [](Settings& s) -> auto& { return s.limits.enabled; }),
      list("webhooks.urls", [](Settings& s) -> auto& { return s.webhooks.urls; }),
      text("webhooks.api_key", [](Settings& s) -> auto& { return s.webhooks.api_key; }),
      integer(
          "webhooks.max_attempts", [](Settings& s) -> auto& { return s.webhooks.max_attempts; }, 1, 100),
      duration("webhooks.timeout", [](Settings& s) -> auto& { return s.webhooks.timeout; }),
  };
}

std::vector<Key> requests_rate_keys() {
  return {
      rate("limits.requests.sign_up", [](Settings& s) -> auto& { return s.limits.requests.sign_up; }),
      rate("limits.requests.sign_in", [](Settings& s) -> auto& { return s.limits.requests.sign_in; }),
      rate("limits.requests.open", [](Settings& s) -> auto& { return s.limits.requests.open; }),
      rate("limits.requests.read", [](Settings& s) -> auto& { return s.limits.requests.read; }),
      rate("limits.requests.write", [](Settings& s) -> auto& { return s.limits.requests.write; }),
      rate("limits.requests.send", [](Settings& s) -> auto& { return s.limits.requests.send; }),
      rate("limits.requests.search", [](Settings& s) -> auto& { return s.limits.requests.search; }),
      rate("limits.requests.invite", [](Settings& s) -> auto& { return s.limits.requests.invite; }),
      rate("limits.requests.expensive", [](Settings& s) -> auto& { return s.limits.requests.expensive; }),
  };
}

std::vector<Key> events_rate_keys() {
  return {
      rate("limits.events.connects", [](Settings& s) -> auto& { return s.limits.events.connects; }),
      rate("limits.events.all", [](Settings& s) -> auto& { return s.limits.events.all; }),
      rate("limits.events.rooms", [](Settings& s) -> auto& { return s.limits.events.rooms; }),
      rate("limits.events.messages", [](Settings& s) -> auto& { return s.limits.events.messages; }),
      rate("limits.events.changes", [](Settings& s) -> auto& { return s.limits.events.changes; }),
      rate("limits.events.typing", [](Settings& s) -> auto& { return s.limits.events.typing; }),
      rate("limits.events.presence", [](Settings& s) -> auto& { return s.limits.events.presence; }),
      rate("limits.events.calls", [](Settings& s) -> auto& { return s.limits.events.calls; }),
  };
}

std::vector<Key> in_call_rate_keys() {
  return {
      rate("limits.in_call.reactions", [](Settings& s) -> auto& { return s.limits.in_call.reactions; }),
      rate("limits.in_call.strokes", [](Settings& s) -> auto& { return s.limits.in_call.strokes; }),
      rate("limits.in_call.control_inputs", [](Settings& s) -> auto& { return s.limits.in_call.control_inputs; }),
      rate("limits.in_call.signals", [](Settings& s) -> auto& { return s.limits.in_call.signals; }),
  };
}

std::vector<Key> file_keys() {
  return {
      choice("files.storage", [](Settings& s) -> auto& { return s.files.storage; }, {"disk", "s3"}),
      text("files.dir", [](Settings& s) -> auto& { return s.files.dir; }),
      text("files.s3.endpoint", [](Settings& s) -> auto& { return s.files.s3_endpoint; }),
      text("files.s3.region", [](Settings& s) -> auto& { return s.files.s3_region; }),
      text("files.s3.bucket", [](Settings& s) -> auto& { return s.files.s3_bucket; }),
      text("files.s3.access_key", [](Settings& s) -> auto& { return s.files.s3_access_key; }),
      text("files.s3.secret_key", [](Settings& s) -> auto& { return s.files.s3_secret_key; }),
      size("files.max_file_size", [](Settings& s) -> auto& { return s.files.max_file_size; }),
      size("files.quota_per_user", [](Settings& s) -> auto& { return s.files.quota_per_user; }),
      size("files.quota_per_room", [](Settings& s) -> auto& { return s.files.quota_per_room; }),
      list("files.allow_types", [](Settings& s) -> auto& { return s.files.allow_types; }),
      list("files.deny_types", [](Settings& s) -> auto& { return s.files.deny_types; }),
      text("files.clamav", [](Settings& s) -> auto& { return s.files.clamav; }),
      text("files.cdn_url", [](Settings& s) -> auto& { return s.files.cdn_url; }),
      duration("files.upload_ttl", [](Settings& s) -> auto& { return s.files.upload_ttl; }),
      boolean("files.guests_upload", [](Settings& s) -> auto& { return s.files.guests_upload; }),
  };
}

// ---- what the operator names ----

template <class Field>
NamedKey named_text(std::string group, std::string leaf, Field field) {
  return {std::move(group), std::move(leaf),
          [field](Settings& s, const std::string& name, const std::string& t) -> Result<void, Invalid> {
            field(s, name) = t;
            return {};
          }};
}

template <class Field>
NamedKey named_list(std::string group, std::string leaf, Field field) {
  return {std::move(group), std::move(leaf),
          [field](Settings& s, const std::string& name, const std::string& t) -> Result<void, Invalid> {
            field(s, name) = split_list(t);
            return {};
          }};
}

template <class Field>
NamedKey named_boolean(std::string group, std::string leaf, Field field) {
  return {std::move(group), std::move(leaf),
          [field](Settings& s, const std::string& name, const std::string& t) -> Result<void, Invalid> {
            const auto value = parse_bool(t);
            if (!value) return value.error();
            field(s, name) = *value;
            return {};
          }};
}

std::vector<NamedKey> provider_keys() {
  const std::string group = "auth.oidc";
  using S = Settings;
  using N = const std::string&;
  return {
      named_text(group, "name", [](S& s, N n) -> auto& { return s.auth.oidc[n].name; }),
      named_text(group, "issuer", [](S& s, N n) -> auto& { return s.auth.oidc[n].issuer; }),
      named_text(group, "client_id", [](S& s, N n) -> auto& { return s.auth.oidc[n].client_id; }),
      named_text(group, "client_secret", [](S& s, N n) -> auto& { return s.auth.oidc[n].client_secret; }),
      named_list(group, "scopes", [](S& s, N n) -> auto& { return s.auth.oidc[n].scopes; }),
      named_boolean(group, "auto_create", [](S& s, N n) -> auto& { return s.auth.oidc[n].auto_create; }),
      named_boolean(group, "link_by_email", [](S& s, N n) -> auto& { return s.auth.oidc[n].link_by_email; }),
  };
}

std::vector<NamedKey> issuer_keys() {
  const std::string group = "auth.issuers";
  using S = Settings;
  using N = const std::string&;
  return {
      named_text(group, "issuer", [](S& s, N n) -> auto& { return s.auth.issuers[n].issuer; }),
      named_text(group, "audience", [](S& s, N n) -> auto& { return s.auth.issuers[n].audience; }),
      named_text(group, "hs256_secret", [](S& s, N n) -> auto& { return s.auth.issuers[n].hs256_secret; }),
      named_text(group, "jwks_url", [](S& s, N n) -> auto& { return s.auth.issuers[n].jwks_url; }),
      named_text(group, "jwks_file", [](S& s, N n) -> auto& { return s.auth.issuers[n].jwks_file; }),
      named_list(group, "required_claims", [](S& s, N n) -> auto& { return s.auth.issuers[n].required_claims; }),
      named_boolean(group, "trust_email", [](S& s, N n) -> auto& { return s.auth.issuers[n].trust_email; }),
      named_boolean(group, "auto_create", [](S& s, N n) -> auto& { return s.auth.issuers[n].auto_create; }),
      named_boolean(group, "link_by_email", [](S& s, N n) -> auto& { return s.auth.issuers[n].link_by_email; }),
  };
}

}  // namespace

std::vector<Key> workplace_keys() {
  std::vector<Key> all;
  for (auto part :
       {account_keys(), talk_keys(), requests_rate_keys(), events_rate_keys(), in_call_rate_keys(), file_keys()}) {
    std::move(part.begin(), part.end(), std::back_inserter(all));
  }
  return all;
}

const std::vector<NamedKey>& named_keys() {
  static const std::vector<NamedKey> table = [] {
    std::vector<NamedKey> all = provider_keys();
    std::ranges::move(issuer_keys(), std::back_inserter(all));
    return all;
  }();
  return table;
}

NamedMatch find_named_key(std::string_view key) {
  for (const NamedKey& entry : named_keys()) {
    const std::string prefix = entry.group + ".";
    const std::string suffix = "." + entry.leaf;
    if (!key.starts_with(prefix) || !key.ends_with(suffix) || key.size() <= prefix.size() + suffix.size()) continue;
    const std::string_view name = key.substr(prefix.size(), key.size() - prefix.size() - suffix.size());
    if (name.find('.') == std::string_view::npos) return {&entry, std::string(name)};
  }
  return {};
}

}  // namespace parley::config
