#include "hooks/service.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "base/iso_time.h"
#include "base/log.h"
#include "base/url_token.h"
#include "hooks/signature.h"
#include "http/client.h"
#include "store/database.h"
#include "store/webhooks.h"

namespace parley::hooks {

namespace asio = boost::asio;
namespace json = boost::json;
using asio::awaitable;
using store::Session;
using store::WebhookDelivery;

namespace {

// After the database failed us.
constexpr std::chrono::seconds kPause{1};
// Of what a receiver said.
constexpr std::size_t kMaxReason = 300;
// Ids stand in addresses of the REST API.
constexpr std::size_t kIdLength = 16;

// One URL and the loop that serves it.
struct Lane {
  Lane(std::string address, const asio::any_io_executor& executor) : url(std::move(address)), timer(executor) {}

  std::string url;
  asio::steady_timer timer;
  bool woken = false;
  // About how many: those of a job that is undone later are counted until the lane is empty.
  std::atomic<std::size_t> waiting = 0;
  std::atomic<std::uint64_t> overflows = 0;  // events dropped, for too many waited

  void one_less() {
    std::size_t seen = waiting;
    while (seen > 0 && !waiting.compare_exchange_weak(seen, seen - 1)) {
    }
  }
};

Duration backoff(const Config& config, std::int64_t failures) {
  Duration pause = config.first_retry;
  for (std::int64_t i = 1; i < failures && pause < config.longest_retry; ++i) pause *= 2;
  return std::min(pause, config.longest_retry);
}

}  // namespace

struct Service::Impl {
  Impl(Config c, Parts p) : config(std::move(c)), parts(std::move(p)) {
    for (const std::string& url : config.urls) lanes.push_back(std::make_unique<Lane>(url, parts.executor));
  }

  Config config;
  Parts parts;
  std::vector<std::unique_ptr<Lane>> lanes;
  Stats stats;
  std::atomic<std::uint64_t> emitted = 0;
  std::size_t appending = 0;  // emitted events on their way into the database
  bool stopped = false;

  static awaitable<void> serve(std::shared_ptr<Impl> self, Lane& lane);
  static awaitable<void> append(std::shared_ptr<Impl> self, std::vector<WebhookDelivery> deliveries);
  // A row for each URL that takes one more. Any thread.
  std::vector<WebhookDelivery> deliveries_of(std::string_view event, json::object members);
  awaitable<Result<void, Error>> tidy_up();
  // Sends it and writes down how it went. False: the database is away.
  awaitable<bool> attempt(Lane& lane, WebhookDelivery delivery);
  // Empty: delivered; else why not.
  awaitable<std::string> post(const WebhookDelivery& delivery);
  awaitable<void> rest(Lane& lane, std::optional<Duration> at_most) const;
  [[nodiscard]] Result<void, Error> check() const;

  static void wake(Lane& lane) {
    lane.woken = true;
    lane.timer.cancel();
  }
};

Result<void, Error> Service::Impl::check() const {
  for (const std::string& url : config.urls) {
    if (!url.starts_with("http://") && !url.starts_with("https://")) {
      return Error{"invalid_argument", "webhooks.urls: " + url + " is neither http:// nor https://", "webhooks.urls"};
    }
  }
  if (!config.urls.empty() && (config.api_key.empty() || config.api_secret.empty())) {
    return Error{"invalid_argument", "webhooks need an API key to sign with: set webhooks.api_key to one of keys",
                 "webhooks.api_key"};
  }
  return {};
}

awaitable<Result<void, Error>> Service::Impl::tidy_up() {
  // Even without URLs: what an earlier configuration left behind.
  auto job = [urls = config.urls](Session& session) -> Result<void, Error> {
    auto waiting = store::waiting_webhook_urls(session);
    if (!waiting) return waiting.error();
    for (const std::string& url : *waiting) {
      if (std::ranges::find(urls, url) != urls.end()) continue;
      if (auto buried = store::bury_webhooks(session, url, "no longer in webhooks.urls"); !buried)
        return buried.error();
    }
    return {};
  };
  co_return co_await parts.database.write(std::move(job));
}

awaitable<void> Service::Impl::append(std::shared_ptr<Impl> self, std::vector<WebhookDelivery> deliveries) {
  std::vector<std::string> urls;
  for (const WebhookDelivery& delivery : deliveries) urls.push_back(delivery.url);
  auto job = [deliveries = std::move(deliveries)](Session& session) -> Result<void, Error> {
    for (const WebhookDelivery& delivery : deliveries) {
      if (auto done = store::enqueue_webhook(session, delivery); !done) return done;
    }
    return {};
  };
  const auto done = co_await self->parts.database.write(std::move(job));
  --self->appending;
  if (self->stopped) co_return;
  if (!done) log::error("hooks", "an event was lost", {{"cause", done.error().message}});
  for (const auto& lane : self->lanes) {
    if (std::ranges::find(urls, lane->url) == urls.end()) continue;
    if (done) {
      wake(*lane);
    } else {
      ++self->stats.dropped;
      lane->one_less();
    }
  }
}

awaitable<void> Service::Impl::rest(Lane& lane, std::optional<Duration> at_most) const {
  if (stopped || lane.woken) co_return;
  if (at_most) {
    lane.timer.expires_after(*at_most);
  } else {
    lane.timer.expires_at(asio::steady_timer::time_point::max());
  }
  boost::system::error_code canceled;
  co_await lane.timer.async_wait(asio::redirect_error(asio::use_awaitable, canceled));
}

awaitable<void> Service::Impl::serve(std::shared_ptr<Impl> self, Lane& lane) {
  while (!self->stopped) {
    lane.woken = false;
    auto job = [url = lane.url](Session& session) { return store::next_webhook(session, url); };
    auto next = co_await self->parts.database.read(std::move(job));
    if (self->stopped) co_return;
    if (!next) {
      co_await self->rest(lane, kPause);
      continue;
    }
    if (!*next) {
      // What came in since, or is on its way in, is not for this read to forget.
      if (!lane.woken && self->appending == 0) lane.waiting = 0;
      co_await self->rest(lane, std::nullopt);
      continue;
    }
    WebhookDelivery delivery = std::move(**next);
    const std::int64_t early = delivery.next_attempt_at - unix_ms(self->config.clock());
    if (early > 0) {
      // A clock that was set back must not hold it longer than the longest pause.
      co_await self->rest(lane, std::min(Duration(std::chrono::milliseconds(early)), self->config.longest_retry));
      continue;
    }
    const bool noted = co_await self->attempt(lane, std::move(delivery));
    if (!noted) co_await self->rest(lane, kPause);
  }
}

awaitable<std::string> Service::Impl::post(const WebhookDelivery& delivery) {
  http::ClientRequest request;
  request.method = boost::beast::http::verb::post;
  request.url = delivery.url;
  request.headers = {{"Content-Type", "application/webhook+json"},
                     {"Authorization", sign_body(delivery.body, config.api_key, config.api_secret, config.clock())}};
  request.body = delivery.body;
  request.timeout = config.timeout;
  // What a receiver answers is of no interest.
  request.on_body = [](std::string_view) { return true; };
  const auto answer = co_await parts.client.send(std::move(request));
  if (!answer) co_return answer.error().message.empty() ? answer.error().code : answer.error().message;
  if (answer->ok()) co_return std::string();
  co_return "status " + std::to_string(answer->status);
}

awaitable<bool> Service::Impl::attempt(Lane& lane, WebhookDelivery delivery) {
  std::string why = co_await post(delivery);
  if (stopped) co_return false;
  why.resize(std::min(why.size(), kMaxReason));
  const bool delivered = why.empty();
  const std::int64_t failures = delivery.attempts + 1;
  const bool dead = !delivered && failures >= config.max_attempts;
  const std::int64_t next_at = unix_ms(config.clock() + backoff(config, failures));
  auto job = [id = delivery.id, why, delivered, dead, next_at, keep = config.max_dead](Session& session) {
    if (delivered) return store::webhook_delivered(session, id);
    if (dead) return store::webhook_dead(session, id, why, keep);
    return store::webhook_failed(session, id, why, next_at);
  };
  const auto noted = co_await parts.database.write(std::move(job));
  if (stopped || !noted) co_return false;
  if (delivered) {
    ++stats.delivered;
  } else {
    ++stats.failed;
    log::write(dead ? log::Level::kWarn : log::Level::kInfo, "hooks",
               dead ? "a webhook was given up" : "a webhook failed, and will be tried again",
               {{"url", delivery.url}, {"event", delivery.event}, {"cause", why}});
  }
  if (dead) ++stats.dead;
  if (delivered || dead) lane.one_less();
  co_return true;
}

Service::Service(Config config, Parts parts) : impl_(std::make_shared<Impl>(std::move(config), std::move(parts))) {}
Service::~Service() { stop(); }

awaitable<Result<void, Error>> Service::start() {
  auto self = impl_;
  if (auto valid = self->check(); !valid) co_return valid.error();
  if (auto tidied = co_await self->tidy_up(); !tidied) co_return tidied.error();
  for (const auto& lane : self->lanes) {
    auto job = [url = lane->url](Session& session) { return store::count_waiting_webhooks(session, url); };
    const auto waiting = co_await self->parts.database.read(std::move(job));
    if (!waiting) co_return waiting.error();
    lane->waiting = static_cast<std::size_t>(*waiting);
    if (self->stopped) co_return Result<void, Error>();
    asio::co_spawn(self->parts.executor, Impl::serve(self, *lane), asio::detached);
  }
  co_return Result<void, Error>();
}

void Service::stop() {
  impl_->stopped = true;
  for (const auto& lane : impl_->lanes) lane->timer.cancel();
}

std::vector<WebhookDelivery> Service::Impl::deliveries_of(std::string_view event, json::object members) {
  ++emitted;
  const std::int64_t seconds = unix_ms(config.clock()) / 1000;
  json::object body{
      {"event", event}, {"id", "EV_" + url_token(parts.random, kIdLength)}, {"createdAt", std::to_string(seconds)}};
  for (auto& member : members) body[member.key()] = std::move(member.value());
  const std::string text = json::serialize(body);
  std::vector<WebhookDelivery> deliveries;
  for (const auto& lane : lanes) {
    if (lane->waiting >= config.max_waiting) {
      ++lane->overflows;
      continue;
    }
    ++lane->waiting;
    WebhookDelivery delivery;
    delivery.id = "WD_" + url_token(parts.random, kIdLength);
    delivery.url = lane->url;
    delivery.event = std::string(event);
    delivery.body = text;
    deliveries.push_back(std::move(delivery));
  }
  return deliveries;
}

bool Service::active() const { return !impl_->lanes.empty(); }

void Service::emit(std::string_view event, json::object members) {
  Impl& impl = *impl_;
  if (!active() || impl.stopped) return;
  auto deliveries = impl.deliveries_of(event, std::move(members));
  if (deliveries.empty()) return;
  ++impl.appending;
  asio::co_spawn(impl.parts.executor, Impl::append(impl_, std::move(deliveries)), asio::detached);
}

Result<void, Error> Service::record(Session& session, std::string_view event, json::object members) {
  if (!active()) return {};
  for (const WebhookDelivery& delivery : impl_->deliveries_of(event, std::move(members))) {
    if (auto kept = store::enqueue_webhook(session, delivery); !kept) return kept;
  }
  return {};
}

void Service::recorded() {
  for (const auto& lane : impl_->lanes) Impl::wake(*lane);
}

void Service::wake(std::string_view url) {
  for (const auto& lane : impl_->lanes) {
    if (lane->url != url) continue;
    ++lane->waiting;
    Impl::wake(*lane);
  }
}

Stats Service::stats() const {
  Stats now = impl_->stats;
  now.emitted = impl_->emitted;
  for (const auto& lane : impl_->lanes) {
    now.waiting += lane->waiting;
    now.dropped += lane->overflows;
  }
  return now;
}

}  // namespace parley::hooks
