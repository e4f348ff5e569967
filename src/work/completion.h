// The way back from a worker thread to the coroutine that waits on the control thread.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

namespace parley::work {

// A suspended coroutine. resume() is called once, on the thread of its executor; dropped without a call, the coroutine
// is destroyed as it stands.
class Completion {
 public:
  virtual ~Completion() = default;
  virtual void resume() = 0;
};

namespace detail {

template <class Handler>
class CompletionOf final : public Completion {
 public:
  explicit CompletionOf(Handler handler)
      : handler_(std::move(handler)), work_(boost::asio::get_associated_executor(handler_)) {}

  void resume() override {
    auto executor = work_.get_executor();
    boost::asio::dispatch(executor, std::move(handler_));
    work_.reset();
  }

 private:
  Handler handler_;
  // While the work is elsewhere the control thread must not think that it has nothing left to do.
  boost::asio::executor_work_guard<boost::asio::associated_executor_t<Handler>> work_;
};

// A type with a name, for a lambda in an initiation does not survive gcc 12's handling of coroutine temporaries.
template <class Start>
struct Initiation {
  Start* start;
  template <class Handler>
  void operator()(Handler handler) const {
    (*start)(std::make_unique<CompletionOf<Handler>>(std::move(handler)));
  }
};

}  // namespace detail

// Suspends the calling coroutine, hands its Completion to `start` and returns once it was resumed. `start` must not
// resume it before it returns.
template <class Start>
boost::asio::awaitable<void> suspend(Start start) {
  detail::Initiation<Start> initiation{&start};
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(initiation,
                                                                                     boost::asio::use_awaitable);
}

}  // namespace parley::work
