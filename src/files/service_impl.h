// What the parts of the service share. Internal to files/.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "auth/audit.h"
#include "auth/authorize.h"
#include "base/token_bucket.h"
#include "base/uuid.h"
#include "files/service.h"
#include "store/room_events.h"
#include "work/pool.h"

namespace parley::files {

class Download;

// A file and what its asker may do with it, as far as authorize() needs to know.
struct Access {
  store::File file;
  auth::Object object;  // its room_id refers to `file`: set again by whoever moves this
  bool granted = false;
};

struct Service::Impl : std::enable_shared_from_this<Service::Impl> {
  Impl(Config c, Parts p);

  [[nodiscard]] TimePoint now() const { return config.clock(); }
  [[nodiscard]] std::int64_t now_ms() const { return to_millis(now().time_since_epoch()); }
  [[nodiscard]] std::string new_id() const { return make_uuid(now(), parts.random); }

  // Error "not_found" without a file or room, and when its asker may not know of it.
  awaitable<Result<Access, Error>> look_up(auth::Subject subject, std::string file_id);
  [[nodiscard]] static Result<void, Error> check(const auth::Subject& subject, auth::Action action,
                                                 const Access& access, bool opened = false);
  // Both.
  awaitable<Result<Access, Error>> allow(auth::Subject subject, auth::Action action, std::string file_id);
  awaitable<Result<void, Error>> allow_in_room(auth::Subject subject, auth::Action action, std::string room_id,
                                               bool opened = false);

  // A finished upload's way in; files/finish.cpp.
  awaitable<Result<store::File, Error>> finish(FinishedUpload upload);
  awaitable<Result<std::string, Error>> inspect(const FinishedUpload& upload, const std::string& name);
  awaitable<Result<void, Error>> put_object(std::string sha256, std::uint64_t size, std::filesystem::path path);

  // Content of a version, once its asker may have it; files/content.cpp.
  awaitable<Result<Content, Error>> open_version(store::File file, std::int64_t number, std::string user_id,
                                                 std::string grant_id);
  awaitable<Result<store::FileGrant, Error>> check_link(std::string token, std::string password);

  // Previews; files/preview_service.cpp.
  awaitable<Result<Preview, Error>> preview_of(store::File file, std::int64_t number, int size);
  awaitable<void> make_object_previews(std::string sha256, std::string mime);
  void schedule_previews(const std::string& sha256, const std::string& mime);

  void publish(const store::RoomEvent& event);
  // An entry of the audit log, to be written with the act itself (store::audited).
  [[nodiscard]] store::AuditEntry act(const auth::Subject& actor, std::string action, const store::File& file,
                                      const boost::json::object& detail) const;
  // Within a write job, on the database's thread.
  template <class... Parameters, class... Arguments>
  Result<void, Error> tell(Result<void, Error> (Observer::*what)(Parameters...), store::Session& session,
                           const Arguments&... arguments) const {
    for (Observer* observer : observers) {
      if (auto kept = (observer->*what)(session, arguments...); !kept) return kept;
    }
    return {};
  }
  void committed() const {
    for (Observer* observer : observers) observer->on_committed();
  }
  void cut_downloads(const std::function<bool(const Download&)>& concerned);

  Config config;
  Parts parts;
  bool closed = false;  // the service is gone; what still refers to this writes nothing more
  work::Pool preview_pool;
  Stats stats;
  std::vector<Observer*> observers;  // complete before the first job
  std::unordered_set<Download*> downloads;
  // Objects that are on their way in (by how many) and those that the collection removes right now.
  std::unordered_map<std::string, int> pinned;
  std::unordered_set<std::string> collecting;
  // Objects whose previews are being made; whoever else wants them waits for the timer's end.
  std::unordered_map<std::string, std::shared_ptr<boost::asio::steady_timer>> previewing;
  // Of wrong passwords, by link.
  std::unordered_map<std::string, TokenBucket> link_tries;
};

[[nodiscard]] inline Error no_file() { return {"not_found", "there is no such file, or not for you", ""}; }
[[nodiscard]] std::string write_cursor(const store::File& file);
// nullopt in an Ok: no cursor. Error invalid_argument, field "cursor".
[[nodiscard]] Result<std::optional<store::FileCursor>, Error> read_cursor(std::string_view text);
[[nodiscard]] std::string write_cursor(std::int64_t created_at, std::string_view id);
[[nodiscard]] std::string preview_key(std::string_view sha256, int size);

}  // namespace parley::files
