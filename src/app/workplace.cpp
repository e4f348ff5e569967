#include "app/workplace.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <filesystem>
#include <optional>
#include <utility>

#include "app/workplace_config.h"
#include "app/workplace_links.h"
#include "auth/authenticator.h"
#include "auth/base64url.h"
#include "auth/oidc.h"
#include "auth/password.h"
#include "base/log.h"
#include "base/uuid.h"
#include "calls/media.h"
#include "calls/service.h"
#include "chat/service.h"
#include "files/http_routes.h"
#include "files/links.h"
#include "files/object_store.h"
#include "files/service.h"
#include "files/uploads.h"
#include "hooks/service.h"
#include "http/client.h"
#include "hub/hub.h"
#include "net/clock.h"
#include "signal/common/problem.h"
#include "signal/common/subject.h"
#include "signal/events/server.h"
#include "signal/rest/api.h"
#include "store/database.h"
#include "store/server_keys.h"
#include "work/pool.h"

namespace parley::app {
namespace {

namespace asio = boost::asio;

constexpr Duration kSweep = 5s;     // sessions that another process ended
constexpr Duration kUpkeep = 5min;  // retention, unused content, uploads given up
constexpr Duration kProbe = 1s;     // between two questions whether the database is there
constexpr Duration kAnswer = 2s;    // without an answer: it is away
constexpr Duration kTurn = 1s;      // the longest that starting up waits without anything to do

auth::HttpFetch fetch_by(http::Client& client) {
  return [&client](http::ClientRequest request) { return client.send(std::move(request)); };
}

// Runs the loop until the coroutine is done. Only for start-up: nothing else is served meanwhile.
template <class T>
Result<T, Error> run_to_end(asio::io_context& io, asio::awaitable<Result<T, Error>> work) {
  std::optional<Result<T, Error>> answer;
  std::exception_ptr failure;
  asio::co_spawn(io, std::move(work), [&](std::exception_ptr e, Result<T, Error> result) {
    failure = std::move(e);
    answer.emplace(std::move(result));
  });
  while (!answer) io.run_one_for(kTurn);
  if (failure) std::rethrow_exception(failure);
  return std::move(*answer);
}

}  // namespace

struct Workplace::Impl {
  Impl(const config::Settings& s, Parts p, std::unique_ptr<store::Database> db,
       std::unique_ptr<files::ObjectStore> objects_store, std::string url_key);

  config::Settings settings;
  Parts parts;
  std::unique_ptr<store::Database> database;
  std::unique_ptr<files::ObjectStore> objects;
  http::Client web;      // out into the world: keys of issuers, webhooks
  work::Pool hash_pool;  // passwords
  work::Pool disk_pool;  // content of files, previews
  hub::Hub hub;
  auth::Accounts accounts;
  auth::Authenticator authenticator;
  auth::Oidc oidc;
  auth::Passwords passwords;
  files::Links file_links;
  std::unique_ptr<unfurl::Service> unfurl;  // null: switched off
  chat::Service chat;
  files::Service files;
  files::Uploads uploads;
  calls::ManagerMediaControl media;
  calls::Service calls;
  hooks::Service hooks;
  signal::events::Server events;
  signal::rest::Api rest;
  WorkplaceLinks links;  // who hears of what
  signal::common::Limiter file_reads;
  signal::common::Limiter file_writes;
  asio::steady_timer sweep_timer;
  asio::steady_timer upkeep_timer;
  asio::steady_timer probe_timer;
  TimePoint probed_at = kNever;  // the question that waits for its answer
  bool reached = true;           // what the last answer was
  bool stopped = false;

  // First of all what is queued for the database: its jobs tell the services' observers.
  ~Impl() { database.reset(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void, Error> start();
  asio::awaitable<void> sweep();
  asio::awaitable<void> upkeep();
  asio::awaitable<void> probe();
};

Workplace::Impl::Impl(const config::Settings& s, Parts p, std::unique_ptr<store::Database> db,
                      std::unique_ptr<files::ObjectStore> objects_store, std::string url_key)
    : settings(s),
      parts(std::move(p)),
      database(std::move(db)),
      objects(std::move(objects_store)),
      web(parts.io.get_executor(), http::ClientConfig{}),
      hash_pool({.name = "parley-hash", .threads = 2}, parts.io.get_executor()),
      disk_pool({.name = "parley-disk", .threads = 4}, parts.io.get_executor()),
      hub(hub_config(s)),
      accounts(accounts_config(s), *database, hash_pool, parts.random),
      authenticator(authenticator_config(s, fetch_by(web)), accounts, *database),
      oidc(oidc_config(s, fetch_by(web)), accounts, parts.random),
      passwords(accounts_config(s).password, hash_pool),
      unfurl(s.chat.link_previews
                 ? std::make_unique<unfurl::Service>(unfurl_config(s), parts.io.get_executor(), shrink_pictures())
                 : nullptr),
      chat(chat_config(s), {*database, hub, parts.random, net::now, &file_links, parts.io.get_executor(),
                            unfurl ? link_preview(*unfurl) : chat::LinkPreview()}),
      files(files_config(s, std::move(url_key)),
            {*database, disk_pool, hub, passwords, *objects, parts.random, room_lookup(chat), parts.io.get_executor()}),
      uploads(files),
      media(parts.rooms, net::now),
      calls(calls_config(s), {*database, hub, media, parts.random, parts.keys, parts.io.get_executor()}),
      hooks(hooks_config(s, parts.keys), {*database, web, parts.random, parts.io.get_executor()}),
      events(parts.io.get_executor(), events_config(s), {accounts, authenticator, hub, chat, calls}, parts.random),
      rest(rest_config(s, parts.draining, parts.rooms), {accounts, authenticator, oidc, chat, calls, files, *objects,
                                                         hooks, hub, *database, disk_pool, parts.random}),
      links(chat, hooks),
      file_reads(file_limiter(s, s.limits.requests.read, "files are asked for")),
      file_writes(file_limiter(s, s.limits.requests.write, "files are uploaded")),
      sweep_timer(parts.io),
      upkeep_timer(parts.io),
      probe_timer(parts.io) {}

Result<void, Error> Workplace::Impl::start() {
  if (auto done = authenticator.start(); !done) return done;
  if (auto done = oidc.start(); !done) return done;
  if (auto done = uploads.start(); !done) return done;
  chat.add_observer(links);
  files.add_observer(links);
  calls.set_observer(links);
  if (auto done = run_to_end(parts.io, accounts.start()); !done) return done;
  if (auto done = run_to_end(parts.io, calls.recover()); !done) return done;
  if (auto done = run_to_end(parts.io, hooks.start()); !done) return done;
  accounts.set_rooms(room_hooks(chat));
  accounts.add_listener(&calls);
  accounts.add_listener(&links);
  hub.add_listener(calls);
  hub.add_listener(files);
  parts.rooms.set_admission(
      [this](const std::string& room, const room::Grants& grants) { return calls.admission(room, grants); });
  parts.rooms.set_authority([this](const std::string& room, const room::Grants& grants, const std::string& identity) {
    return calls.authority(room, grants, identity);
  });
  asio::co_spawn(parts.io, calls.run(), asio::detached);
  asio::co_spawn(parts.io, sweep(), asio::detached);
  asio::co_spawn(parts.io, upkeep(), asio::detached);
  asio::co_spawn(parts.io, probe(), asio::detached);
  return {};
}

asio::awaitable<void> Workplace::Impl::sweep() {
  while (!stopped) {
    sweep_timer.expires_after(kSweep);
    boost::system::error_code error;
    co_await sweep_timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
    if (stopped) co_return;
    co_await accounts.sweep();
  }
}

asio::awaitable<void> Workplace::Impl::upkeep() {
  while (!stopped) {
    // First of all what the last run left half done.
    co_await uploads.sweep();
    auto tidied = co_await chat.records().housekeeping();
    if (!tidied) log::warn("app", "housekeeping of chat failed", {{"error", tidied.error().message}});
    co_await files.collect();
    if (stopped) co_return;
    upkeep_timer.expires_after(kUpkeep);
    boost::system::error_code error;
    co_await upkeep_timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }
}

asio::awaitable<void> Workplace::Impl::probe() {
  while (!stopped) {
    probed_at = net::now();
    // Through the writer, as everything that matters; a transaction without changes costs no disk.
    auto nothing = [](store::Session&) -> Result<void, Error> { return {}; };
    const auto answer = co_await database->write(nothing);
    probed_at = kNever;
    reached = answer.has_value() || answer.error().code == "resource_exhausted";
    if (stopped) co_return;
    probe_timer.expires_after(kProbe);
    boost::system::error_code error;
    co_await probe_timer.async_wait(asio::redirect_error(asio::use_awaitable, error));
  }
}

Result<std::unique_ptr<Workplace>, Error> Workplace::open(const config::Settings& settings, Parts parts) {
  std::error_code error;
  std::filesystem::create_directories(settings.data_dir, error);
  if (error) {
    return Error{"unavailable", "data_dir: cannot make " + settings.data_dir + ": " + error.message(), "data_dir"};
  }
  auto database = store::Database::open(database_config(settings), parts.io.get_executor());
  if (!database) return database.error();
  auto objects = files::open_object_store(files_config(settings, "").storage);
  if (!objects) return objects.error();
  const store::ServerKey candidate{make_uuid(net::now(), parts.random), "file-urls", parts.random.token(43), 0};
  auto key = (*database)->write_now([candidate](store::Session& s) { return store::ensure_server_key(s, candidate); });
  if (!key) return key.error();
  auto impl =
      std::make_unique<Impl>(settings, std::move(parts), std::move(*database), std::move(*objects), key->secret);
  if (auto done = impl->start(); !done) return done.error();
  return std::unique_ptr<Workplace>(new Workplace(std::move(impl)));
}

Workplace::Workplace(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Workplace::~Workplace() = default;

void Workplace::add_routes(http::Router& router) {
  signal::rest::add_routes(router, impl_->rest);
  files::RouteHooks hooks;
  hooks.subject_of = [&authenticator = impl_->authenticator](const http::Request& request) {
    return signal::common::subject_of(authenticator, request);
  };
  hooks.admit = [impl = impl_.get()](const http::Request& request, std::string_view who) {
    // The pieces of an upload count as reads: how fast they come is the network's doing.
    const bool writes = request.method == http::Method::post || request.method == http::Method::delete_;
    return (writes ? impl->file_writes : impl->file_reads).take(net::now(), who);
  };
  hooks.problem = [](const Error& error) { return signal::common::problem(error); };
  files::add_routes(router, impl_->files, impl_->uploads, std::move(hooks));
  impl_->events.mount(router);
}

void Workplace::on_room_event(const room::RoomEvent& event) {
  impl_->calls.on_room_event(event);
  impl_->links.on_room_event(event);
}

bool Workplace::ready() const {
  const Impl& impl = *impl_;
  return impl.reached && (impl.probed_at == kNever || net::now() < impl.probed_at + kAnswer);
}

metrics::WorkplaceSnapshot Workplace::snapshot() const {
  metrics::WorkplaceSnapshot out;
  out.database = impl_->database->stats();
  out.hub = impl_->hub.stats();
  out.fanout = impl_->chat.fanout();
  out.calls = impl_->calls.stats();
  out.files = impl_->files.stats();
  out.uploads = impl_->uploads.stats();
  out.hooks = impl_->hooks.stats();
  if (impl_->unfurl) out.unfurl = impl_->unfurl->stats();
  out.hash_pool = impl_->hash_pool.stats();
  out.disk_pool = impl_->disk_pool.stats();
  const signal::events::ServerStats sockets = impl_->events.stats();
  out.sockets = {sockets.engine.sessions_open, sockets.json.sessions_open, sockets.clients.accepted,
                 sockets.clients.refused,      sockets.clients.events_in,  sockets.clients.errors};
  return out;
}

TimePoint Workplace::deadline() const { return impl_->hub.deadline(); }

void Workplace::handle_timeout(TimePoint now) {
  if (impl_->hub.deadline() <= now) impl_->hub.handle_timeout(now);
}

void Workplace::close_sockets() { impl_->events.close_all("the server is restarting"); }

void Workplace::stop() {
  impl_->stopped = true;
  impl_->sweep_timer.cancel();
  impl_->upkeep_timer.cancel();
  impl_->probe_timer.cancel();
  impl_->calls.stop();
  impl_->hooks.stop();
}

}  // namespace parley::app
