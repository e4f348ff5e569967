// Control messages into a thread: any number of senders, one receiver, in order. A lock for a few instructions; packets
// between shards take the SpscRing instead.
#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace parley::shard {

template <class T>
class Mailbox {
 public:
  // notify: called outside the lock when the mailbox stops being empty; must be safe from any sender's thread.
  explicit Mailbox(std::function<void()> notify) : notify_(std::move(notify)) {}

  void post(T message) {
    bool was_empty = false;
    {
      const std::lock_guard lock(mutex_);
      was_empty = messages_.empty();
      messages_.push_back(std::move(message));
    }
    if (was_empty) notify_();
  }

  // Everything posted so far, in order. `into` is emptied first and lends its capacity to the next senders.
  void take(std::vector<T>& into) {
    into.clear();
    const std::lock_guard lock(mutex_);
    messages_.swap(into);
  }

 private:
  std::function<void()> notify_;
  std::mutex mutex_;
  std::vector<T> messages_;
};

}  // namespace parley::shard
