// What the parts of chat share. Inside chat only.
#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "auth/audit.h"
#include "auth/authorize.h"
#include "base/iso_time.h"
#include "base/uuid.h"
#include "chat/config.h"
#include "chat/observer.h"
#include "chat/room_cache.h"
#include "chat/service.h"
#include "hub/hub.h"
#include "store/database.h"
#include "store/room_events.h"
#include "work/histogram.h"

namespace parley::chat {

// A message with what its events show besides.
struct FullMessage {
  store::Message message;
  store::ThreadState thread;  // that it is a reply in
};

// What a write job of a message answers.
struct Written {
  store::RoomEvent event;  // seq 0: nothing has changed
  FullMessage full;
};

class Context final : public hub::Listener {
 public:
  Context(Config settings, Dependencies dependencies);
  ~Context() override;
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  Config config;
  store::Database& database;
  hub::Hub& hub;
  RandomSource& random;
  std::function<TimePoint()> clock;
  const FileLinks* files;
  boost::asio::any_io_executor home;
  LinkPreview link_preview;
  RoomCache cache;
  std::vector<Observer*> observers;  // complete before the first job
  work::LatencyHistogram fanout;     // of messages: asked for, until the last device had been given it

  [[nodiscard]] TimePoint now() const { return clock(); }
  [[nodiscard]] std::int64_t now_ms() const { return unix_ms(clock()); }
  [[nodiscard]] std::string new_id() { return make_uuid(clock(), random); }
  [[nodiscard]] std::size_t page_size(std::size_t asked) const;

  void publish(const store::RoomEvent& event) { hub.publish_to_room(now(), to_event_of(event)); }
  // Fills in the event's data and publishes it.
  void publish(store::RoomEvent event, const FullMessage& full);
  // Within a write job, on the database's thread.
  template <class Subject>
  Result<void, Error> tell(Result<void, Error> (Observer::*what)(store::Session&, const Subject&),
                           store::Session& session, const Subject& subject) const {
    for (Observer* observer : observers) {
      if (auto kept = (observer->*what)(session, subject); !kept) return kept;
    }
    return {};
  }
  // The write job, and after it `note(context, session, its answer)`, which tells observers: kept or lost together.
  template <class Job, class Note>
  auto observed(Job job, Note note) const {
    return [context = this, job = std::move(job),
            note](store::Session& session) -> std::invoke_result_t<Job&, store::Session&> {
      auto answer = job(session);
      if (!answer || context->observers.empty()) return answer;
      if (auto kept = note(*context, session, *answer); !kept) return kept.error();
      return answer;
    };
  }
  // An entry of the audit log, to be written with the act itself (store::audited).
  [[nodiscard]] store::AuditEntry act(const auth::Subject& actor, std::string action, std::string object_id,
                                      std::string room_id, const boost::json::object& detail);
  void committed() const {
    for (Observer* observer : observers) observer->on_committed();
  }

  // A membership that began or ended, committed: memory, hub, listeners, then the event. The one who left is told, too.
  void member_set(const store::Member& member, std::size_t members, const store::RoomEvent& event);
  // The same without an event: of a room that was just made.
  void member_created(const store::Member& member, std::size_t members);
  void member_gone(std::string_view room_id, std::string_view user_id, std::size_t members,
                   const store::RoomEvent& event);
  // Connections being made read memberships from the database while these change.
  class Connecting {
   public:
    Connecting(Context& context, std::string user_id);
    Connecting(const Connecting&) = delete;
    Connecting& operator=(const Connecting&) = delete;
    ~Connecting();
    // True once after memberships of the user changed.
    bool changed();

   private:
    Context& context_;
    std::string user_id_;
  };

  void on_user_offline(std::string_view user, std::int64_t last_seen_ms) override;

 private:
  static hub::EventRef to_event_of(const store::RoomEvent& event);
  void note_change(std::string_view user_id);

  struct Changes {
    int count = 0;
    bool dirty = false;
  };
  TextMap<Changes> connecting_;
};

// ---- within jobs ----

// Reactions and files of the messages.
Result<void, Error> load_details(store::Session& session, const FileLinks* files,
                                 std::vector<store::Message>& messages);
// The message with its details; Error not_found.
Result<store::Message, Error> read_message(store::Session& session, const FileLinks* files, std::string_view id);
Result<FullMessage, Error> read_full_message(store::Session& session, const FileLinks* files, std::string_view id);
// Fills in the data of events about messages; those whose message is gone are left out.
Result<std::vector<store::RoomEvent>, Error> with_data(store::Session& session, const FileLinks* files,
                                                       std::vector<store::RoomEvent> events);

}  // namespace parley::chat
