#include "store/lane.h"

#include <algorithm>
#include <utility>

#include "base/iso_time.h"
#include "base/log.h"

namespace parley::store::detail {

namespace {

constexpr std::chrono::milliseconds kFirstPause{20};
constexpr std::chrono::milliseconds kLongestPause{1000};

std::int64_t wall_ms(const Config& config) {
  if (config.clock) return unix_ms(config.clock());
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

bool is_passing(SqlFailure failure) { return failure == SqlFailure::kLost || failure == SqlFailure::kBusy; }

}  // namespace

Connection& Lane::connection() {
  if (connection_ && connection_->lost()) connection_.reset();
  if (!connection_) {
    connection_ = Connection::open(url_, access_);
    connection_->watch(config_.on_prepare);
    if (std::exchange(was_connected_, true)) {
      ++counters_.reconnects;
      log::info("store", "connected to the database again", {{"database", url_.shown}});
    }
  }
  return *connection_;
}

Lane::Outcome Lane::run_job(Task& task) {
  Session session(*connection_, wall_ms(config_));
  try {
    const bool keep = task.run(session);
    // A job that swallowed a failed statement: PostgreSQL would answer its COMMIT with a roll-back, and no error.
    if (keep && connection_->spoiled()) throw SqlError(SqlFailure::kOther, "a job went on after a statement failed");
    return keep ? Outcome::kDone : Outcome::kUndo;
  } catch (const SqlError& error) {
    if (is_passing(error.failure()) || error.failure() == SqlFailure::kDisk || !connection_->in_transaction()) throw;
    log_failure(error);
    task.fail(to_error(error));
  } catch (const soci::soci_error& raw) {
    const SqlError error = connection_->describe(raw);
    if (is_passing(error.failure()) || error.failure() == SqlFailure::kDisk || !connection_->in_transaction()) {
      throw SqlError(error);
    }
    log_failure(error);
    task.fail(to_error(error));
  } catch (const std::exception& error) {
    queue_.count_error();
    log::error("store", "a job failed", {{"cause", error.what()}});
    task.fail(Error{"internal", "the server failed to do this; its log tells more", {}});
  }
  return Outcome::kUndo;
}

void Lane::log_failure(const SqlError& error) {
  queue_.count_error();
  // Two people who take one name are no fault of the server.
  const bool expected = error.failure() == SqlFailure::kUnique || error.failure() == SqlFailure::kConstraint ||
                        error.failure() == SqlFailure::kText;
  log::write(expected ? log::Level::kDebug : log::Level::kError, "store", "the database refused a statement",
             {{"cause", error.what()}});
}

void Lane::roll_back() noexcept {
  try {
    if (connection_ && connection_->in_transaction()) connection_->script("ROLLBACK");
  } catch (const std::exception&) {
    connection_.reset();
  }
}

bool Lane::try_again(const SqlError& error, std::vector<TaskRef>& tasks, int tries) {
  roll_back();
  if (!is_passing(error.failure())) return false;
  queue_.count_error();
  log::warn("store", "the database is away", {{"database", url_.shown}, {"cause", error.what()}});
  if (error.failure() == SqlFailure::kLost) connection_.reset();
  // A connection that was idle is often found dead at its first use: the next one is tried at once.
  bool closing = queue_.closed();
  if (tries > 1 && !closing)
    closing = queue_.wait_closed(std::min(kFirstPause * (1 << std::min(tries, 8)), kLongestPause));

  const auto limit = closing ? Clock::time_point::max() : Clock::now() - config_.unavailable_after;
  std::vector<TaskRef> late = queue_.pop_older_than(limit);
  // Jobs in hand are older than those in the queue.
  std::vector<TaskRef> kept;
  std::vector<TaskRef> failed;
  for (TaskRef& task : tasks) (task->queued_at < limit ? failed : kept).push_back(std::move(task));
  std::ranges::move(late, std::back_inserter(failed));
  for (const TaskRef& task : failed) task->fail(to_error(error));
  if (!failed.empty()) queue_.deliver(std::move(failed), Clock::now());
  tasks = std::move(kept);
  return !tasks.empty();
}

void Writer::run() {
  for (;;) {
    std::vector<TaskRef> batch = queue_.pop_together(config_.max_batch);
    if (batch.empty()) return;
    commit(std::move(batch));
  }
}

void Writer::commit(std::vector<TaskRef> batch) {
  const auto started = Clock::now();
  for (int tries = 1;; ++tries) {
    try {
      commit_once(batch);
      ++counters_.commits;
      counters_.committed_jobs += batch.size();
      break;
    } catch (const SqlError& error) {
      if (is_passing(error.failure())) {
        if (!try_again(error, batch, tries)) return;
        continue;
      }
      roll_back();
      if (batch.size() > 1) {
        // One of them broke it for all: alone, each fails or succeeds by itself, still in order.
        for (TaskRef& task : batch) commit({std::move(task)});
        return;
      }
      log_failure(error);
      batch.front()->fail(to_error(error));
      break;
    }
  }
  queue_.deliver(std::move(batch), started);
}

void Writer::commit_once(const std::vector<TaskRef>& batch) {
  connection().begin_write();
  if (batch.size() == 1) {
    commit_alone(*batch.front());
  } else {
    commit_together(batch);
  }
}

void Writer::commit_alone(Task& task) { connection_->script(run_job(task) == Outcome::kDone ? "COMMIT" : "ROLLBACK"); }

void Writer::commit_together(const std::vector<TaskRef>& batch) {
  // What ends one job's savepoint begins the next one's: a round trip less for each.
  std::string before = "SAVEPOINT job";
  for (const TaskRef& task : batch) {
    connection_->script(before);
    const Outcome outcome = run_job(*task);
    before = outcome == Outcome::kDone ? "RELEASE job; SAVEPOINT job" : "ROLLBACK TO job; RELEASE job; SAVEPOINT job";
  }
  before.resize(before.rfind(';'));
  connection_->script(before + "; COMMIT");
}

void Reader::run() {
  for (;;) {
    const std::vector<TaskRef> one = queue_.pop(1);
    if (one.empty()) return;
    read(one.front());
  }
}

void Reader::read(const TaskRef& task) {
  const auto started = Clock::now();
  std::vector<TaskRef> tasks{task};
  for (int tries = 1;; ++tries) {
    try {
      read_once(*task);
      break;
    } catch (const SqlError& error) {
      if (is_passing(error.failure())) {
        if (!try_again(error, tasks, tries)) return;
        continue;
      }
      roll_back();
      log_failure(error);
      task->fail(to_error(error));
      break;
    }
  }
  queue_.deliver(std::move(tasks), started);
}

void Reader::read_once(Task& task) {
  connection().begin_read();
  run_job(task);
  roll_back();
}

}  // namespace parley::store::detail
