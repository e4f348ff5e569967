// Chat as REST, events and the other parts call it: rooms, messages, search, records. Every method authorises its
// subject; nobody else needs to. Methods are coroutines on the control thread, and own their arguments.
//
//   REST, events ──→ Rooms, Messages, Search, Records ──→ authorize() ──→ store::Database: change + room event
//                                                                          └── committed ──→ hub::Hub, Observer
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>

#include "base/random.h"
#include "chat/config.h"
#include "chat/file_links.h"
#include "chat/inbox.h"
#include "chat/messages.h"
#include "chat/observer.h"
#include "chat/records.h"
#include "chat/rooms.h"
#include "chat/search.h"
#include "work/histogram.h"

namespace parley::store {
class Database;
}
namespace parley::hub {
class Hub;
}

namespace parley::chat {

class Context;

// What messages show of the page at that URL, as a JSON object; empty: nothing. Called on the control thread, resumes
// there.
using LinkPreview = std::function<boost::asio::awaitable<std::string>(std::string url)>;

// Everything outlives the service.
struct Dependencies {
  store::Database& database;
  hub::Hub& hub;
  RandomSource& random;
  std::function<TimePoint()> clock;
  const FileLinks* files = nullptr;     // null: messages carry no files
  boost::asio::any_io_executor home{};  // of the control thread; without it, nobody's last-seen time is kept
  LinkPreview link_preview{};           // needs home; unset: messages show nothing of their links
};

class Service {
 public:
  Service(Config config, Dependencies dependencies);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // How long messages took from the request until the last connected device had been given them.
  [[nodiscard]] const work::LatencyHistogram& fanout() const;
  void add_observer(Observer& observer);  // outlives the service

  [[nodiscard]] Rooms& rooms();
  [[nodiscard]] Messages& messages();
  [[nodiscard]] Search& search();
  [[nodiscard]] Inbox& inbox();
  [[nodiscard]] Records& records();

 private:
  std::unique_ptr<Context> context_;
  std::unique_ptr<Rooms> rooms_;
  std::unique_ptr<Messages> messages_;
  std::unique_ptr<Search> search_;
  std::unique_ptr<Inbox> inbox_;
  std::unique_ptr<Records> records_;
};

}  // namespace parley::chat
