#include "http/client.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstring>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

namespace parley::http {

namespace {

namespace asio = boost::asio;
using boost::beast::http::verb;

class Waiter {
 public:
  virtual ~Waiter() = default;
  virtual void resume() = 0;
};

template <class Handler>
class WaiterOf final : public Waiter {
 public:
  explicit WaiterOf(Handler handler) : handler_(std::move(handler)), work_(asio::get_associated_executor(handler_)) {}
  void resume() override {
    auto executor = work_.get_executor();
    asio::post(executor, std::move(handler_));
    work_.reset();
  }

 private:
  Handler handler_;
  asio::executor_work_guard<asio::associated_executor_t<Handler>> work_;
};

struct Job {
  ClientRequest request;
  const ClientConfig* config = nullptr;
  std::unique_ptr<Waiter> waiter;
  Result<ClientResponse, Error> answer = Error{"unavailable", "the server is going down", ""};

  CURL* easy = nullptr;
  curl_slist* headers = nullptr;
  ClientResponse response;
  std::size_t head_bytes = 0;
  std::size_t body_bytes = 0;
  bool address_denied = false;
  std::optional<Error> stopped;  // by us, in the middle
  bool cut = false;              // likewise: it has all that it asked for

  Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;
  ~Job() {
    if (easy != nullptr) curl_easy_cleanup(easy);
    curl_slist_free_all(headers);
  }
};

std::optional<Address> to_address(const sockaddr* raw) {
  Address out;
  if (raw->sa_family == AF_INET) {
    sockaddr_in in{};
    std::memcpy(&in, raw, sizeof in);
    const auto* ip = reinterpret_cast<const std::uint8_t*>(&in.sin_addr);
    return Address::v4(ip[0], ip[1], ip[2], ip[3], ntohs(in.sin_port));
  }
  if (raw->sa_family != AF_INET6) return std::nullopt;
  sockaddr_in6 in{};
  std::memcpy(&in, raw, sizeof in);
  std::memcpy(out.ip.data(), &in.sin6_addr, out.ip.size());
  out.port = ntohs(in.sin6_port);
  return out;
}

// ---- callbacks of libcurl, on the client's thread ----

curl_socket_t open_socket(void* user, curlsocktype /*purpose*/, curl_sockaddr* to) {
  Job& job = *static_cast<Job*>(user);
  const auto address = to_address(&to->addr);
  if (!address || (job.config->allow && !job.config->allow(*address))) {
    job.address_denied = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t stop(Job& job, Error why) {
  job.stopped = std::move(why);
  return 0;  // not what was offered: libcurl ends the transfer
}

std::size_t take_head(char* data, std::size_t /*one*/, std::size_t size, void* user) {
  Job& job = *static_cast<Job*>(user);
  job.head_bytes += size;
  if (job.head_bytes > job.request.max_head) {
    return stop(job, {"payload_too_large", "the answer's header is too large", ""});
  }
  std::string_view line(data, size);
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) {  // of an interim answer or a redirect there may be several
    job.response.headers.clear();
    return size;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string name(line.substr(0, colon));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  job.response.headers.emplace_back(std::move(name), value);
  return size;
}

std::size_t take_body(char* data, std::size_t /*one*/, std::size_t size, void* user) {
  Job& job = *static_cast<Job*>(user);
  job.body_bytes += size;
  if (job.request.cut && job.body_bytes > job.request.max_body) {
    job.response.body.append(data, size - (job.body_bytes - job.request.max_body));
    job.cut = true;
    return 0;
  }
  if (job.body_bytes > job.request.max_body) return stop(job, {"payload_too_large", "the answer is too large", ""});
  long status = 0;
  curl_easy_getinfo(job.easy, CURLINFO_RESPONSE_CODE, &status);
  if (job.request.on_body && status >= 200 && status < 300) {
    if (job.request.on_body({data, size})) return size;
    return stop(job, {"canceled", "the transfer was given up", ""});
  }
  job.response.body.append(data, size);
  return size;
}

// ---- a transfer's settings ----

bool is_clean_header(std::string_view name, std::string_view value) {
  constexpr std::string_view kEnds("\r\n\0", 3);
  return !name.empty() && name.find_first_of("\r\n:; ") == std::string_view::npos &&
         value.find_first_of(kEnds) == std::string_view::npos;
}

Result<void, Error> set_headers(Job& job) {
  const auto add = [&job](const std::string& line) {
    if (curl_slist* longer = curl_slist_append(job.headers, line.c_str())) job.headers = longer;
  };
  for (const auto& [name, value] : job.request.headers) {
    if (!is_clean_header(name, value)) {
      return Error{"invalid_argument", "a header of the request has characters that none may have", "headers"};
    }
    // libcurl's way of writing a header without a value.
    add(value.empty() ? name + ";" : name + ": " + value);
  }
  add("Expect:");  // no waiting for "100 Continue"
  if (job.request.body.empty()) add("Content-Type:");
  curl_easy_setopt(job.easy, CURLOPT_HTTPHEADER, job.headers);
  return {};
}

void set_method(Job& job) {
  CURL* easy = job.easy;
  const ClientRequest& request = job.request;
  const bool has_body = !request.body.empty() || request.method == verb::post || request.method == verb::put;
  if (request.method == verb::head) {
    curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
  } else if (has_body) {
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  }
  const std::string name(boost::beast::http::to_string(request.method));
  const bool named_by_option = request.method == verb::head || (request.method == verb::get && !has_body) ||
                               (request.method == verb::post && has_body);
  if (!named_by_option) curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, name.c_str());
}

long to_ms(Duration duration) { return static_cast<long>(std::max<std::int64_t>(1, to_millis(duration))); }

Result<void, Error> prepare(Job& job) {
  job.easy = curl_easy_init();
  if (job.easy == nullptr) return Error{"unavailable", "no memory for a request", ""};
  CURL* easy = job.easy;
  const ClientConfig& config = *job.config;
  curl_easy_setopt(easy, CURLOPT_URL, job.request.url.c_str());
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // whatever the environment says: a proxy would resolve names itself
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_USERAGENT, config.user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!config.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, config.ca_file.c_str());
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, to_ms(job.request.timeout));
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, to_ms(config.connect_timeout));
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, job.request.max_redirects > 0 ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_MAXREDIRS, static_cast<long>(job.request.max_redirects));
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &job);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_head);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &job);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &job);
  curl_easy_setopt(easy, CURLOPT_PRIVATE, &job);
  set_method(job);
  return set_headers(job);
}

Error to_error(const Job& job, CURLcode code) {
  if (job.stopped) return *job.stopped;
  const std::string what = curl_easy_strerror(code);
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_LOGIN_DENIED:
      return {"invalid_argument", "not a URL that can be fetched: " + what, "url"};
    case CURLE_OPERATION_TIMEDOUT:
      return {"deadline_exceeded", "no answer in time", ""};
    case CURLE_COULDNT_CONNECT:
      if (job.address_denied) return {"permission_denied", "the URL leads to an address that is not allowed", "url"};
      break;
    default:
      break;
  }
  return {"unavailable", what, ""};
}

void init_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace

struct Client::Impl {
  explicit Impl(ClientConfig c) : config(std::move(c)) {}

  const ClientConfig config;
  CURLM* multi = nullptr;
  std::mutex mutex;
  std::vector<std::shared_ptr<Job>> incoming;  // by mutex
  bool stopping = false;                       // by mutex
  std::atomic<std::uint64_t> requests{0};
  std::atomic<std::uint64_t> failures{0};
  std::atomic<std::size_t> in_flight{0};
  std::unordered_map<Job*, std::shared_ptr<Job>> running;  // of the thread
  std::thread thread;

  bool offer(std::shared_ptr<Job> job) {
    const std::lock_guard lock(mutex);
    if (stopping) return false;
    incoming.push_back(std::move(job));
    curl_multi_wakeup(multi);
    return true;
  }

  void finish(const std::shared_ptr<Job>& job, Result<ClientResponse, Error> answer) {
    if (!answer) failures.fetch_add(1);
    in_flight.fetch_sub(1);
    job->answer = std::move(answer);
    job->waiter->resume();
  }

  void begin(const std::shared_ptr<Job>& job) {
    const auto prepared = prepare(*job);
    if (!prepared) return finish(job, prepared.error());
    if (curl_multi_add_handle(multi, job->easy) != CURLM_OK) {
      return finish(job, Error{"unavailable", "the request could not be started", ""});
    }
    running.emplace(job.get(), job);
  }

  void collect() {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      CURL* easy = message->easy_handle;
      Job* key = nullptr;
      curl_easy_getinfo(easy, CURLINFO_PRIVATE, &key);
      long status = 0;
      curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
      char* answered = nullptr;
      curl_easy_getinfo(easy, CURLINFO_EFFECTIVE_URL, &answered);
      std::string url = answered == nullptr ? std::string() : answered;
      curl_multi_remove_handle(multi, easy);
      const auto node = running.extract(key);
      const std::shared_ptr<Job>& job = node.mapped();
      if (code != CURLE_OK && !job->cut) {
        finish(job, to_error(*job, code));
        continue;
      }
      job->response.status = static_cast<unsigned>(status);
      job->response.url = std::move(url);
      finish(job, std::move(job->response));
    }
  }

  void run() {
    for (;;) {
      std::vector<std::shared_ptr<Job>> fresh;
      bool ends = false;
      {
        const std::lock_guard lock(mutex);
        fresh.swap(incoming);
        ends = stopping;
      }
      if (ends) return give_up(fresh);
      for (const auto& job : fresh) begin(job);
      int active = 0;
      curl_multi_perform(multi, &active);
      collect();
      constexpr int kLongestSleepMs = 10'000;
      curl_multi_poll(multi, nullptr, 0, kLongestSleepMs, nullptr);
    }
  }

  void give_up(const std::vector<std::shared_ptr<Job>>& fresh) {
    const Error why{"unavailable", "the server is going down", ""};
    for (const auto& job : fresh) finish(job, why);
    for (const auto& [key, job] : running) {
      curl_multi_remove_handle(multi, key->easy);
      finish(job, why);
    }
    running.clear();
  }
};

namespace {

// A type with a name, for a lambda in an initiation does not survive gcc 12's handling of coroutine temporaries.
template <class Offer>
struct Initiation {
  Offer* offer;
  std::shared_ptr<Job>* job;
  template <class Handler>
  void operator()(Handler handler) const {
    (*job)->waiter = std::make_unique<WaiterOf<Handler>>(std::move(handler));
    if (!(*offer)(*job)) (*job)->waiter->resume();
  }
};

}  // namespace

Client::Client(boost::asio::any_io_executor /*home*/, ClientConfig config)
    : impl_(std::make_shared<Impl>(std::move(config))) {
  init_curl();
  impl_->multi = curl_multi_init();
  curl_multi_setopt(impl_->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(impl_->config.max_connections));
  curl_multi_setopt(impl_->multi, CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(impl_->config.max_per_host));
  impl_->thread = std::thread([impl = impl_.get()] {
    pthread_setname_np(pthread_self(), "http-client");
    impl->run();
  });
}

Client::~Client() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  curl_multi_wakeup(impl_->multi);
  impl_->thread.join();
  curl_multi_cleanup(impl_->multi);
}

boost::asio::awaitable<Result<ClientResponse, Error>> Client::send(ClientRequest request) {
  const std::shared_ptr<Impl> impl = impl_;
  if (impl->in_flight.load() >= impl->config.max_queued + impl->config.max_connections) {
    co_return Error{"resource_exhausted", "too many requests to other servers are waiting", "", 5};
  }
  auto job = std::make_shared<Job>();
  job->request = std::move(request);
  job->config = &impl->config;
  impl->requests.fetch_add(1);
  impl->in_flight.fetch_add(1);
  auto offer = [&impl](const std::shared_ptr<Job>& offered) { return impl->offer(offered); };
  Initiation<decltype(offer)> initiation{&offer, &job};
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiation, asio::use_awaitable);
  co_return std::move(job->answer);
}

Client::Stats Client::stats() const { return {impl_->requests, impl_->failures, impl_->in_flight}; }

std::string_view ClientResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace parley::http
