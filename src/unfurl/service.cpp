#include "unfurl/service.h"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>
#include <unordered_map>
#include <utility>

#include "base/log.h"
#include "http/client.h"
#include "unfurl/card.h"
#include "work/pool.h"

namespace parley::unfurl {

namespace {

namespace asio = boost::asio;

// Elsewhere no web server is meant to be, and this one shall not be the one who knocks.
constexpr bool is_web_port(std::uint16_t port) { return port == 80 || port == 443; }

bool may_connect(const Config& config, const Address& address) {
  const auto holds = [&address](const AddressBlock& block) { return block.contains(address); };
  return (http::is_public(address) && is_web_port(address.port)) || std::ranges::any_of(config.networks, holds);
}

http::ClientConfig client_config(const Config& config) {
  http::ClientConfig out;
  // Many sites answer only to what looks like one of the known readers of cards.
  out.user_agent = "Mozilla/5.0 (compatible; Parley; link preview bot)";
  out.ca_file = config.ca_file;
  out.allow = [config](const Address& address) { return may_connect(config, address); };
  out.max_connections = 16;
  out.max_per_host = 2;
  out.max_queued = config.at_once;
  return out;
}

struct Kept {
  std::optional<Preview> preview;
  TimePoint until{};
};

}  // namespace

struct Service::Impl {
  Impl(Config c, const asio::any_io_executor& executor, Shrink s)
      : config(std::move(c)),
        home(executor),
        shrink(std::move(s)),
        client(home, client_config(config)),
        pool({.name = "parley-unfurl", .threads = 1, .max_queue = config.at_once * 2}, home) {}

  const Config config;
  asio::any_io_executor home;
  Shrink shrink;
  http::Client client;
  work::Pool pool;  // pages and pictures of strangers
  std::unordered_map<std::string, std::shared_ptr<asio::steady_timer>> under_way;
  std::unordered_map<std::string, Kept> kept;
  std::deque<std::string> order;  // of kept, oldest first
  Stats stats;

  const Kept* find(const std::string& url) {
    const auto found = kept.find(url);
    return found != kept.end() && config.clock() < found->second.until ? &found->second : nullptr;
  }

  void keep(const std::string& url, const std::optional<Preview>& preview) {
    const Kept entry{preview, config.clock() + (preview ? config.keep : config.keep_failure)};
    if (kept.insert_or_assign(url, entry).second) order.push_back(url);
    while (order.size() > config.kept) {
      kept.erase(order.front());
      order.pop_front();
    }
  }

  asio::awaitable<std::optional<http::ClientResponse>> fetch(std::string url, std::size_t most, bool cut) {
    http::ClientRequest request;
    request.url = std::move(url);
    request.headers = {{"Accept", cut ? "text/html,application/xhtml+xml" : "image/*"},
                       {"Accept-Language", "en,*;q=0.5"}};
    request.timeout = config.timeout;
    request.max_redirects = config.max_redirects;
    request.max_body = most;
    request.cut = cut;
    auto answer = co_await client.send(std::move(request));
    if (!answer) {
      log::debug("unfurl", "no page", {{"why", answer.error().message}});
      co_return std::nullopt;
    }
    if (answer->status != 200) co_return std::nullopt;
    co_return std::move(*answer);
  }

  asio::awaitable<std::string> picture(std::string url) {
    auto answer = co_await fetch(std::move(url), config.max_image, false);
    if (!answer || !answer->header("content-type").starts_with("image/")) co_return std::string();
    auto job = [shrink = shrink, bytes = std::move(answer->body)]() -> Result<std::string, Error> {
      return Result<std::string, Error>{boost::system::in_place_value, shrink(bytes)};
    };
    auto small = co_await pool.run(std::move(job));
    if (!small || small->size() > config.max_small) co_return std::string();
    co_return std::move(*small);
  }

  asio::awaitable<std::optional<Preview>> make(std::string url) {
    auto page = co_await fetch(url, config.max_page, true);
    if (!page || !is_page(page->header("content-type"))) co_return std::nullopt;
    auto job = [page = std::move(*page)]() -> Result<std::optional<Card>, Error> {
      return read_card(page.body, page.url, charset_of(page.header("content-type")));
    };
    const auto card = co_await pool.run(std::move(job));
    if (!card || !*card) co_return std::nullopt;
    Preview out{std::move(url), (*card)->title, (*card)->site, (*card)->description, {}};
    if (!(*card)->image_url.empty()) out.image = co_await picture((*card)->image_url);
    co_return out;
  }
};

Service::Service(Config config, asio::any_io_executor home, Shrink shrink)
    : impl_(std::make_shared<Impl>(std::move(config), home, std::move(shrink))) {}

Service::~Service() = default;

asio::awaitable<std::optional<Preview>> Service::preview(std::string url) {
  const std::shared_ptr<Impl> impl = impl_;
  if (!impl->config.own_url.empty() && url.starts_with(impl->config.own_url)) co_return std::nullopt;
  if (const auto others = impl->under_way.find(url); others != impl->under_way.end()) {
    const auto done = others->second;
    boost::system::error_code ignored;
    co_await done->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  if (const Kept* known = impl->find(url)) co_return known->preview;
  if (impl->under_way.size() >= impl->config.at_once) {
    ++impl->stats.refused;
    co_return std::nullopt;
  }
  const auto done = std::make_shared<asio::steady_timer>(impl->home, asio::steady_timer::time_point::max());
  impl->under_way.emplace(url, done);
  auto made = co_await impl->make(url);
  ++(made ? impl->stats.made : impl->stats.none);
  impl->keep(url, made);
  impl->under_way.erase(url);
  done->cancel();
  co_return made;
}

Stats Service::stats() const { return impl_->stats; }

}  // namespace parley::unfurl
