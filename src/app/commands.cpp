#include "app/commands.h"

#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "app/log_sink.h"
#include "app/server.h"
#include "app/wiring.h"
#include "auth/access_token.h"
#include "base/log.h"
#include "config/load.h"
#include "config/values.h"
#include "net/clock.h"

namespace parley::app {
namespace {

int fail(const Error& error) {
  std::fprintf(stderr, "parley: %s\n", error.message.c_str());
  return 1;
}

// Where a person can open the page, and what an operator should know at once.
void announce(const config::Settings& settings) {
  const std::string& listen = settings.http.listen;
  const std::string port = listen.substr(listen.rfind(':') + 1);
  const std::string scheme = settings.http.tls_cert.empty() ? "http" : "https";
  std::string media;
  for (const Address& address : reachable_addresses(settings)) media += (media.empty() ? "" : " ") + address.ip_text();
  log::info("app", "serving",
            {{"http", listen},
             {"udp_port", settings.rtc.udp_port},
             {"tcp_port", settings.rtc.tcp_port},
             {"shards", config::shard_count(settings)},
             {"media_addresses", media},
             {"page", web_folder(settings)}});
  if (settings.dev) {
    log::warn("app", "developer mode: anybody who reaches this port can join every room",
              {{"key", kDevKey}, {"secret", kDevSecret}});
  }
  std::printf("Parley is at %s://localhost:%s/\n", scheme.c_str(), port.c_str());
  std::fflush(stdout);
}

auth::Claims claims_of(const TokenFlags& flags) {
  auth::Claims claims;
  claims.identity = flags.identity;
  claims.name = flags.name;
  claims.metadata = flags.metadata;
  claims.video.room_join = !flags.room.empty();
  claims.video.room = flags.room;
  claims.video.room_create = flags.create;
  claims.video.room_list = flags.list;
  claims.video.room_admin = flags.admin;
  claims.video.hidden = flags.hidden;
  if (flags.no_publish) claims.video.can_publish = false;
  if (flags.no_subscribe) claims.video.can_subscribe = false;
  if (flags.no_publish_data) claims.video.can_publish_data = false;
  if (flags.update_own_metadata) claims.video.can_update_own_metadata = true;
  return claims;
}

}  // namespace

Result<config::Settings, Error> load_settings(const ConfigFlags& flags) {
  config::Settings settings;
  if (flags.dev) settings.auth.registration = "open";
  if (!flags.file.empty()) {
    if (auto done = config::apply_file(settings, flags.file); !done) return done.error();
  }
  if (auto done = config::apply_environment(settings, environ); !done) return done.error();
  for (const std::string& set : flags.sets) {
    if (auto done = config::apply_flag(settings, set); !done) return done.error();
  }
  settings.dev = flags.dev;
  if (flags.dev) settings.keys.try_emplace(kDevKey, kDevSecret);
  if (auto done = config::validate(settings); !done) return done.error();
  return settings;
}

int run_serve(const ConfigFlags& flags) {
  const auto settings = load_settings(flags);
  if (!settings) return fail(settings.error());
  install_log_sink(settings->log.level, settings->log.format);
  for (const std::string& warning : config::misspelt_environment(environ)) log::warn("config", warning);
  // A file that may not grow (ulimit -f) is an error of that write, as a full disk is, and no reason to end.
  std::signal(SIGXFSZ, SIG_IGN);
  auto server = Server::start(*settings);
  if (!server) return fail(server.error());
  announce(*settings);
  (*server)->run();
  return 0;
}

int run_token(const TokenFlags& flags) {
  const auto settings = load_settings(flags.config);
  if (!settings) return fail(settings.error());
  const auto valid_for = config::parse_duration(flags.valid_for);
  if (!valid_for) return fail({"bad_flag", "--valid-for: " + valid_for.error().why, "--valid-for"});
  const auto key = flags.key.empty() ? settings->keys.begin() : settings->keys.find(flags.key);
  if (key == settings->keys.end()) {
    return fail({"unknown_key", "--key: no API key \"" + flags.key + "\" is configured", "--key"});
  }
  if (flags.admin && flags.room.empty()) {
    return fail({"bad_flag", "--admin is for one room: add --room", "--admin"});
  }
  auth::Claims claims = claims_of(flags);
  const std::int64_t now = net::now().time_since_epoch().count() / 1'000'000;
  claims.issuer = key->first;
  claims.not_before = now;
  claims.expires_at = now + valid_for->count() / 1'000'000;
  std::printf("%s\n", auth::sign_token(claims, key->second).c_str());
  return 0;
}

int run_check_config(const std::string& file) {
  config::Settings settings;
  // Not read here, but a misspelt one would go unnoticed where the file looks right.
  for (const std::string& warning : config::misspelt_environment(environ)) {
    std::fprintf(stderr, "parley: %s\n", warning.c_str());
  }
  if (auto done = config::apply_file(settings, file); !done) return fail(done.error());
  const auto whole = config::validate(settings);
  // A secret rightly stands elsewhere than in the file.
  const bool no_key = !whole && whole.error().code == "missing_key";
  if (!whole && !no_key) {
    const Error& error = whole.error();
    const bool placed = error.message.starts_with(file + ":");
    return fail({error.code, placed ? error.message : file + ": " + error.message, error.field});
  }
  std::printf("%s: all right%s\n", file.c_str(),
              no_key ? "; it holds no API key: the server wants one from the environment (PARLEY_KEYS) or --dev" : "");
  return 0;
}

}  // namespace parley::app
