// The threads that run jobs: Lane holds what writer and readers have in common. Inside the store only.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "store/connection.h"
#include "store/job_queue.h"
#include "store/url.h"

namespace parley::store::detail {

struct Counters {
  std::atomic<std::uint64_t> commits{0};
  std::atomic<std::uint64_t> committed_jobs{0};
  std::atomic<std::uint64_t> reconnects{0};
};

// One thread's connection and its way through trouble.
class Lane {
 public:
  Lane(const Config& config, Url url, Access access, JobQueue& queue, Counters& counters)
      : config_(config), url_(std::move(url)), access_(access), queue_(queue), counters_(counters) {}
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;
  virtual ~Lane() = default;

  // The thread's body: until the queue is closed and empty.
  virtual void run() = 0;

 protected:
  enum class Outcome : std::uint8_t { kDone, kUndo };

  // Connects where need be; throws SqlError.
  Connection& connection();
  // Runs one job within the open transaction. kUndo: its changes must go. Throws SqlError when more than this job is
  // hurt: the connection, the lock, the disk, the transaction.
  Outcome run_job(Task& task);
  // After `error`: true, having waited, when another try makes sense for what is left of `tasks`; those that have
  // waited too long, here and in the queue, have failed. `tries` counts the tries so far.
  bool try_again(const SqlError& error, std::vector<TaskRef>& tasks, int tries);
  void roll_back() noexcept;
  void log_failure(const SqlError& error);

  const Config& config_;
  Url url_;
  Access access_;
  JobQueue& queue_;
  Counters& counters_;
  std::unique_ptr<Connection> connection_;
  bool was_connected_ = false;
};

class Writer final : public Lane {
 public:
  using Lane::Lane;
  void run() override;

 private:
  void commit(std::vector<TaskRef> batch);
  void commit_once(const std::vector<TaskRef>& batch);
  void commit_alone(Task& task);
  void commit_together(const std::vector<TaskRef>& batch);
};

class Reader final : public Lane {
 public:
  using Lane::Lane;
  void run() override;

 private:
  void read(const TaskRef& task);
  void read_once(Task& task);
};

}  // namespace parley::store::detail
