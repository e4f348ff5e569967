// Who did what to whom: one entry for each administrative act. Entries are never changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct AuditEntry {
  std::string id{};           // UUIDv7, made by the caller: a repeated job appends once
  std::int64_t at = 0;        // 0: now
  std::string actor_id{};     // user; empty: the server itself, or the command line
  std::string actor_name{};   // as it was then
  std::string action{};       // "user.disable", "member.remove", …
  std::string object_type{};  // "user", "room", "file", …
  std::string object_id{};
  std::string room_id{};      // empty: about no room
  std::string address{};      // IP address of the actor
  std::string detail = "{}";  // JSON object

  auto columns() {
    return std::tie(id, at, actor_id, actor_name, action, object_type, object_id, room_id, address, detail);
  }
};

Result<void, Error> append_audit(Session& session, const AuditEntry& entry);

// A write job that also writes the entry, both or neither, where it succeeds and `happened` of what it answers.
template <class Job, class Happened>
auto audited(AuditEntry entry, Job job, Happened happened) {
  return [entry = std::move(entry), job = std::move(job), happened](Session& session) mutable {
    auto answer = job(session);
    if (answer && happened(answer)) {
      if (auto written = append_audit(session, entry); !written) answer = written.error();
    }
    return answer;
  };
}
template <class Job>
auto audited(AuditEntry entry, Job job) {
  return audited(std::move(entry), std::move(job), [](const auto& /*answer*/) { return true; });
}

// At most one of actor, object and room.
struct AuditQuery {
  std::string actor_id{};
  std::string object_id{};
  std::string room_id{};
  std::string before{};    // id of the last one seen; empty: from the newest on
  std::size_t limit = 50;  // 1 to 200
};
// Newest first. Error "invalid_argument" for more than one filter.
Result<std::vector<AuditEntry>, Error> list_audit(Session& session, const AuditQuery& query);

// Entries older than that, at most `limit`; answers how many went.
Result<std::int64_t, Error> delete_audit(Session& session, std::int64_t older_than_ms, std::size_t limit);

}  // namespace parley::store
