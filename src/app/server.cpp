#include "app/server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>
#include <optional>
#include <utility>
#include <vector>

#include "app/room_log.h"
#include "app/wiring.h"
#include "app/workplace.h"
#include "auth/access_token.h"
#include "base/log.h"
#include "base/random.h"
#include "http/router.h"
#include "http/server.h"
#include "http/static_files.h"
#include "metrics/exposition.h"
#include "net/clock.h"
#include "room/manager.h"
#include "shard/pool.h"
#include "signal/livekit/context.h"
#include "signal/livekit/data_codec.h"
#include "signal/livekit/endpoints.h"
#include "signal/livekit/room_service.h"
#include "srtp/session.h"

namespace parley::app {
namespace {

// How long answers in progress may take once everybody has left.
constexpr Duration kHttpGrace = 500ms;
// The longest the control thread sleeps without anything to do.
constexpr Duration kIdleTurn = 1s;

auth::KeyTable key_table(const config::Settings& settings) {
  auth::KeyTable keys;
  for (const auto& [key, secret] : settings.keys) keys.add(key, secret);
  return keys;
}

signal::livekit::Config signal_config(const config::Settings& settings) {
  signal::livekit::Config out;
  out.requests = settings.limits.enabled ? http::Rate{static_cast<double>(settings.signal.requests_per_second),
                                                      static_cast<double>(settings.signal.request_burst)}
                                         : http::Rate{};
  out.server.ping_interval = static_cast<std::int32_t>(settings.signal.ping_interval / 1s);
  out.server.ping_timeout = static_cast<std::int32_t>(settings.signal.ping_timeout / 1s);
  out.dev = settings.dev;
  return out;
}

}  // namespace

struct Server::Impl {
  Impl(const config::Settings& s, std::shared_ptr<const dtls::Certificate> identity)
      : settings(s),
        certificate(std::move(identity)),
        keys(key_table(s)),
        http(io, http_config(s), router),
        signals(io, SIGTERM, SIGINT) {}

  config::Settings settings;
  std::shared_ptr<const dtls::Certificate> certificate;
  auth::KeyTable keys;
  SystemRandom random;
  // One thread runs everything below it.
  boost::asio::io_context io{1};
  std::unique_ptr<shard::Pool> shards;
  signal::livekit::ProtobufDataCodec data_codec;
  RoomLog room_log;
  std::optional<room::Manager> rooms;
  std::optional<signal::livekit::Context> context;
  std::unique_ptr<Workplace> workplace;
  std::optional<http::StaticFiles> files;
  http::Router router;
  http::Server http;
  boost::asio::signal_set signals;
  std::vector<room::MediaEvent> media_events;
  TimePoint drain_until = kNever;
  bool draining = false;

  Result<void, Error> start();
  void add_routes();
  void add_page();
  void take_media_events();
  void await_signal();
  void drain();
  [[nodiscard]] metrics::Snapshot snapshot() const;
  [[nodiscard]] bool done(TimePoint now) const;
};

Result<void, Error> Server::Impl::start() {
  // First of all: a port that is taken says that a server runs already, whose data is not to be touched.
  if (auto bound = http.bind(); !bound) return bound;
  if (auto done = srtp::initialise(); !done) return done;
  auto pool = shard::Pool::start(shard_config(settings, certificate),
                                 [this] { boost::asio::post(io, [this] { take_media_events(); }); });
  if (!pool) return pool.error();
  shards = std::move(*pool);
  rooms.emplace(room_config(settings, certificate->fingerprint()), *shards, random, &data_codec, &room_log);
  context.emplace(signal::livekit::Context{*rooms, keys, signal_config(settings), net::now});
  auto opened_workplace = Workplace::open(settings, {io, *rooms, keys, random, [this] { return draining; }});
  if (!opened_workplace) return opened_workplace.error();
  workplace = std::move(*opened_workplace);
  room_log.set_next([this](const room::RoomEvent& event) { workplace->on_room_event(event); });
  add_routes();
  workplace->add_routes(router);
  if (const std::string folder = web_folder(settings); !folder.empty()) {
    http::StaticConfig page;
    page.root = folder;
    auto opened = http::StaticFiles::open(std::move(page));
    if (!opened) return opened.error();
    files.emplace(std::move(*opened));
  }
  add_page();
  http.serve();
  await_signal();
  return {};
}

void Server::Impl::add_routes() {
  using http::Request;
  using http::Response;
  signal::livekit::add_endpoints(router, *context);
  signal::livekit::add_room_service(router, *context);
  router.add(http::Method::get, "/healthz",
             [](const Request&) -> http::awaitable<Response> { co_return http::text_response(200, "ok\n"); });
  router.add(http::Method::get, "/readyz", [this](const Request&) -> http::awaitable<Response> {
    if (draining) co_return http::text_response(503, "draining\n");
    if (!workplace->ready()) co_return http::text_response(503, "the database cannot be reached\n");
    co_return http::text_response(200, "ready\n");
  });
  router.add(http::Method::get, "/metrics", [this](const Request&) -> http::awaitable<Response> {
    Response out;
    out.content_type = metrics::kContentType;
    out.body = metrics::exposition(snapshot());
    co_return out;
  });
}

void Server::Impl::add_page() {
  router.set_fallback([this](const http::Request& request) -> http::awaitable<http::Response> {
    if (files) {
      if (auto found = files->serve(request)) co_return std::move(*found);
    }
    // Clients ask for "/" to see whether the server is there.
    if (request.path == "/") co_return http::text_response(200, "OK");
    co_return http::text_response(404, "not found\n");
  });
}

void Server::Impl::take_media_events() {
  shards->take_events(media_events);
  const TimePoint now = net::now();
  for (const room::MediaEvent& event : media_events) rooms->handle_media_event(now, event);
}

void Server::Impl::await_signal() {
  signals.async_wait([this](const boost::system::error_code& error, int number) {
    if (error) return;
    log::info("app", draining ? "second signal: ending now" : "signal: draining", {{"signal", number}});
    if (draining) {
      drain_until = TimePoint{};
    } else {
      drain();
      await_signal();
    }
  });
}

void Server::Impl::drain() {
  draining = true;
  const TimePoint now = net::now();
  drain_until = now + settings.drain_timeout;
  rooms->drain(now);
  workplace->close_sockets();
}

bool Server::Impl::done(TimePoint now) const {
  return draining && (context->stats.sessions_open == 0 || now >= drain_until);
}

metrics::Snapshot Server::Impl::snapshot() const {
  metrics::Snapshot out;
  out.shards = shards->stats();
  out.rooms = rooms->stats();
  out.http = http.stats();
  const signal::livekit::Stats& signal = context->stats;
  out.signal = {signal.requests, signal.requests_undecodable, signal.requests_rate_limited, signal.sessions_open,
                signal.request_latency};
  out.workplace = workplace->snapshot();
  out.draining = draining;
  return out;
}

Result<std::unique_ptr<Server>, Error> Server::start(const config::Settings& settings) {
  auto certificate = dtls::Certificate::generate();
  if (!certificate) return certificate.error();
  auto impl = std::make_unique<Impl>(settings, std::move(*certificate));
  if (auto done = impl->start(); !done) return done.error();
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

void Server::run() {
  Impl& server = *impl_;
  TimePoint now = net::now();
  while (!server.done(now)) {
    // Handlers change the rooms' deadline, so it is asked anew after each of them.
    const TimePoint asked = soonest(server.rooms->deadline(), server.workplace->deadline());
    const TimePoint wake = soonest(soonest(asked, server.drain_until), now + kIdleTurn);
    server.io.run_one_for(std::max(wake - now, Duration{0}));
    now = net::now();
    if (server.rooms->deadline() <= now) server.rooms->handle_timeout(now);
    if (server.workplace->deadline() <= now) server.workplace->handle_timeout(now);
  }
  server.workplace->stop();
  server.http.stop(kHttpGrace);
  server.io.run_for(kHttpGrace + 100ms);
  log::info("app", "stopped");
}

}  // namespace parley::app
