#include "store/database.h"

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <system_error>
#include <thread>
#include <vector>

#include "base/iso_time.h"
#include "base/log.h"
#include "store/lane.h"
#include "store/migrate.h"

namespace parley::store {

namespace fs = std::filesystem;

namespace {

// Several connections can share a database only through a file: "memory" is one that goes with its owner.
fs::path temporary_file() {
  static std::atomic<int> count{0};
  return fs::temp_directory_path() / ("parley-" + std::to_string(::getpid()) + "-" + std::to_string(count++) + ".db");
}

void remove_database(const fs::path& path) {
  std::error_code ignored;
  for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path.string() + suffix, ignored);
}

Error cannot_open(const Url& url, const std::string& why) {
  return Error{"unavailable", "the database at " + url.shown + " (database.url) cannot be opened: " + why,
               "database.url"};
}

std::int64_t wall_ms(const Config& config) {
  if (config.clock) return unix_ms(config.clock());
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace

struct Database::Impl {
  Impl(Config settings, Url where, const boost::asio::any_io_executor& executor)
      : config(std::move(settings)),
        url(std::move(where)),
        home(executor),
        reads(config.max_queue, executor),
        writes(config.max_queue, executor) {}

  Config config;
  Url url;
  boost::asio::any_io_executor home;
  fs::path temporary;  // removed with the database
  detail::Counters counters;
  detail::JobQueue reads;
  detail::JobQueue writes;
  std::vector<std::unique_ptr<detail::Lane>> lanes;
  std::vector<std::thread> readers;
  std::thread writer;

  void start() {
    lanes.push_back(std::make_unique<detail::Writer>(config, url, detail::Access::kWrite, writes, counters));
    writer = std::thread([lane = lanes.back().get()] { lane->run(); });
    for (std::size_t i = 0; i < std::max<std::size_t>(config.readers, 1); ++i) {
      lanes.push_back(std::make_unique<detail::Reader>(config, url, detail::Access::kRead, reads, counters));
      readers.emplace_back([lane = lanes.back().get()] { lane->run(); });
    }
  }
  void stop() {
    writes.close();
    reads.close();
    if (writer.joinable()) writer.join();
    for (std::thread& reader : readers) reader.join();
    lanes.clear();
    if (!temporary.empty()) remove_database(temporary);
  }
};

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::~Database() { impl_->stop(); }

Result<std::unique_ptr<Database>, Error> Database::open(Config config, boost::asio::any_io_executor home) {
  auto url = parse_url(config.url);
  if (!url) return url.error();
  auto impl = std::make_unique<Impl>(std::move(config), std::move(*url), home);
  if (impl->url.engine == Engine::kSqlite) {
    if (impl->url.path.empty()) {
      impl->temporary = temporary_file();
      remove_database(impl->temporary);
      impl->url.path = impl->temporary.string();
    }
    const fs::path folder = fs::path(impl->url.path).parent_path();
    std::error_code failed;
    if (!folder.empty()) fs::create_directories(folder, failed);
    if (failed) return cannot_open(impl->url, failed.message());
  }
  try {
    const auto connection = detail::Connection::open(impl->url, detail::Access::kWrite);
    if (auto migrated = detail::migrate(*connection, all_migrations(), wall_ms(impl->config)); !migrated) {
      return migrated.error();
    }
  } catch (const SqlError& error) {
    return cannot_open(impl->url, error.what());
  }
  impl->start();
  return std::unique_ptr<Database>(new Database(std::move(impl)));
}

boost::asio::awaitable<void> Database::submit(Lane lane, std::shared_ptr<detail::Task> task) {
  detail::JobQueue& queue = lane == Lane::kRead ? impl_->reads : impl_->writes;
  auto start = [&queue, &task](std::unique_ptr<work::Completion> completion) {
    task->completion = std::move(completion);
    if (queue.push(task)) return;
    task->fail(Error{"resource_exhausted", "the database has too much to do; try again later", {}});
    queue.deliver({task}, task->queued_at);
  };
  co_await work::suspend(std::move(start));
}

void Database::wait(Lane lane, const std::shared_ptr<detail::Task>& task) {
  std::promise<void> finished;
  task->done = [&finished] { finished.set_value(); };
  if ((lane == Lane::kRead ? impl_->reads : impl_->writes).push(task)) {
    finished.get_future().wait();
  } else {
    task->fail(Error{"resource_exhausted", "the database has too much to do; try again later", {}});
  }
}

Stats Database::stats() const {
  return Stats{.read = impl_->reads.stats(),
               .write = impl_->writes.stats(),
               .commits = impl_->counters.commits,
               .committed_jobs = impl_->counters.committed_jobs,
               .reconnects = impl_->counters.reconnects};
}
Engine Database::engine() const { return impl_->url.engine; }
const Config& Database::config() const { return impl_->config; }

}  // namespace parley::store
