#include "store/members.h"

#include "store/session.h"

namespace parley::store {

namespace {

#define PARLEY_MEMBERS                                                                                       \
  "SELECT m.room_id, m.user_id, m.role, m.joined_at, u.name, COALESCE(u.handle, ''), u.avatar_url, u.guest " \
  "FROM room_members m JOIN users u ON u.id = m.user_id "

void count_member(Session& session, std::string_view room_id, int change) {
  session.exec("UPDATE rooms SET member_count = member_count + :change WHERE id = :id", change, room_id);
}

}  // namespace

Result<void, Error> insert_member(Session& session, const Member& member) {
  session.exec("INSERT INTO room_members (room_id, user_id, role, joined_at) VALUES (:room, :user, :role, :joined)",
               member.room_id, member.user_id, member.role, member.joined_at);
  count_member(session, member.room_id, 1);
  return {};
}

Result<bool, Error> delete_member(Session& session, std::string_view room_id, std::string_view user_id) {
  const std::int64_t rows =
      session.exec("DELETE FROM room_members WHERE room_id = :room AND user_id = :user", room_id, user_id);
  if (rows == 0) return false;
  count_member(session, room_id, -1);
  // Who comes back begins anew.
  session.exec("DELETE FROM read_markers WHERE room_id = :room AND user_id = :user", room_id, user_id);
  return true;
}

Result<bool, Error> set_member_role(Session& session, std::string_view room_id, std::string_view user_id,
                                    std::string_view role) {
  return session.exec("UPDATE room_members SET role = :role WHERE room_id = :room AND user_id = :user", role, room_id,
                      user_id) > 0;
}

Result<std::optional<Member>, Error> find_member(Session& session, std::string_view room_id, std::string_view user_id) {
  return session.row<Member>(PARLEY_MEMBERS "WHERE m.room_id = :room AND m.user_id = :user", room_id, user_id);
}

Result<std::vector<Member>, Error> list_members(Session& session, std::string_view room_id, std::string_view after,
                                                std::size_t limit) {
  return session.rows<Member>(PARLEY_MEMBERS
                              "WHERE m.room_id = :room AND m.user_id > :after ORDER BY m.user_id LIMIT :limit",
                              room_id, after, limit);
}

Result<std::int64_t, Error> count_owners(Session& session, std::string_view room_id) {
  return session
      .value<std::int64_t>("SELECT count(*) FROM room_members WHERE room_id = :room AND role = 'owner'", room_id)
      .value_or(0);
}

Result<std::optional<Member>, Error> find_heir(Session& session, std::string_view room_id, std::string_view user_id) {
  return session.row<Member>(PARLEY_MEMBERS
                             "WHERE m.room_id = :room AND m.user_id <> :user AND m.role IN ('moderator', 'member') "
                             "ORDER BY m.role DESC, m.joined_at, m.user_id LIMIT 1",
                             room_id, user_id);
}

Result<bool, Error> share_a_room(Session& session, std::string_view user_id, std::string_view other_id) {
  return session
      .value<std::int64_t>(
          "SELECT 1 FROM room_members a JOIN room_members b ON b.room_id = a.room_id AND b.user_id = :other "
          "WHERE a.user_id = :me LIMIT 1",
          other_id, user_id)
      .has_value();
}

Result<std::vector<Member>, Error> people_around(Session& session, std::string_view user_id, std::size_t limit) {
  return session.rows<Member>(
      "SELECT '', p.user_id, '', 0, u.name, COALESCE(u.handle, ''), u.avatar_url, u.guest FROM "
      "(SELECT DISTINCT b.user_id FROM room_members a JOIN room_members b ON b.room_id = a.room_id "
      "WHERE a.user_id = :me AND b.user_id <> :me LIMIT :limit) p JOIN users u ON u.id = p.user_id",
      user_id, limit);
}

}  // namespace parley::store
