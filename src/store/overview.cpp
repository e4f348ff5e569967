#include "store/overview.h"

#include "store/session.h"

namespace parley::store {

namespace {

template <class T, class Find>
Result<std::vector<T>, Error> each_of(const std::vector<std::string>& ids, const Find& find) {
  std::vector<T> out;
  out.reserve(ids.size());
  for (const std::string& id : ids) {
    if (auto done = find(id, out); !done) return done.error();
  }
  return out;
}

}  // namespace

Result<std::vector<Room>, Error> list_all_rooms(Session& session, std::string_view after, std::size_t limit) {
  const auto ids = session.rows<std::string>(
      "SELECT id FROM rooms WHERE id > :after AND deleted_at = 0 ORDER BY id LIMIT :n", after, limit);
  return each_of<Room>(ids, [&session](const std::string& id, std::vector<Room>& out) -> Result<void, Error> {
    auto room = find_room(session, id);
    if (!room) return room.error();
    if (*room) out.push_back(std::move(**room));
    return {};
  });
}

Result<std::vector<Call>, Error> list_live_calls(Session& session, std::size_t limit) {
  const auto ids = session.rows<std::string>("SELECT id FROM calls WHERE ended_at = 0 ORDER BY id LIMIT :n", limit);
  return each_of<Call>(ids, [&session](const std::string& id, std::vector<Call>& out) -> Result<void, Error> {
    auto call = find_call(session, id);
    if (!call) return call.error();
    out.push_back(std::move(*call));
    return {};
  });
}

Result<Totals, Error> totals(Session& session) {
  const std::string size = session.engine() == Engine::kSqlite
                               ? "(SELECT c.page_count * s.page_size FROM pragma_page_count() c, pragma_page_size() s)"
                               : "pg_database_size(current_database())";
  // Sums of PostgreSQL are of a type that holds more than a number of 64 bits.
  const std::string query =
      "SELECT (SELECT count(*) FROM users WHERE deleted_at = 0), (SELECT count(*) FROM rooms WHERE deleted_at = 0), "
      "(SELECT count(*) FROM files), (SELECT count(*) FROM file_versions), "
      "(SELECT CAST(COALESCE(sum(size), 0) AS BIGINT) FROM file_versions), "
      "(SELECT CAST(COALESCE(sum(size), 0) AS BIGINT) FROM objects), "
      "(SELECT count(*) FROM uploads WHERE done = 0), "
      "(SELECT CAST(COALESCE(sum(received), 0) AS BIGINT) FROM uploads WHERE done = 0), " +
      size;
  return session.row<Totals>(query).value_or(Totals{});
}

}  // namespace parley::store
