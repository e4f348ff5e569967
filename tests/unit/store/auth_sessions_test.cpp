#include "store/auth_sessions.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "store/guest_links.h"
#include "store/invitations.h"
#include "store/users.h"
#include "unit/store/store_harness.h"

namespace parley::store {
namespace {

class AuthSessionStore : public StoreTest {
 protected:
  AuthSessionStore() {
    User user;
    user.id = "ada";
    user.name = "Ada";
    write([user](Session& s) { return insert_user(s, user); });
  }
  std::int64_t ms() const { return to_millis(now.time_since_epoch()); }
  AuthSession add(const std::string& id, std::int64_t used = 0) {
    AuthSession row;
    row.id = id;
    row.user_id = "ada";
    row.family_hash = "family " + id;
    row.refresh_hash = "first " + id;
    row.address = "192.0.2.1";
    row.user_agent = "tester";
    row.method = "password";
    row.created_at = ms();
    row.last_used_at = used;
    row.expires_at = ms() + 10'000;
    write([row](Session& s) { return insert_auth_session(s, row); });
    return row;
  }
  AuthSession get(const std::string& id) {
    return read([id](Session& s) { return find_auth_session(s, id); })->value();
  }
  std::vector<std::string> alive() {
    std::vector<std::string> ids;
    for (const auto& row : *read([](Session& s) { return auth_sessions_of(s, "ada"); })) ids.push_back(row.id);
    return ids;
  }
  using Ids = std::vector<std::string>;
};
STORE_TEST_BOTH_ENGINES(AuthSessionStore);

TEST_P(AuthSessionStore, RotationKeepsThePreviousDigest) {
  add("s1");
  now += 5s;
  write([this](Session& s) { return rotate_auth_session(s, "s1", "second", "192.0.2.2", "other", ms() + 1); });
  const AuthSession row = get("s1");
  EXPECT_EQ(row.previous_hash, "first s1");
  EXPECT_EQ(row.refresh_hash, "second");
  EXPECT_EQ(row.family_hash, "family s1");
  EXPECT_EQ(row.rotated_at, ms());
  EXPECT_EQ(row.last_used_at, ms());
  EXPECT_EQ(row.expires_at, ms() + 1);
  EXPECT_EQ(row.address, "192.0.2.2");
  EXPECT_EQ(row.user_agent, "other");
}

TEST_P(AuthSessionStore, EndedAndExpiredOnesAreNotAlive) {
  add("s1", 1);
  add("s2", 3);
  add("s3", 2);
  EXPECT_EQ(alive(), (Ids{"s2", "s3", "s1"}));
  EXPECT_TRUE(*write([](Session& s) { return end_auth_session(s, "s3", "log-out"); }));
  EXPECT_FALSE(*write([](Session& s) { return end_auth_session(s, "s3", "again"); }));
  EXPECT_EQ(get("s3").end_reason, "log-out");
  EXPECT_EQ(alive(), (Ids{"s2", "s1"}));
  EXPECT_EQ(*write([](Session& s) { return end_auth_sessions_of(s, "ada", "s2", "password-changed"); }), Ids{"s1"});
  EXPECT_EQ(alive(), Ids{"s2"});
  now += 10s;
  EXPECT_EQ(alive(), Ids{});
  const auto expired = read([](Session& s) { return auth_sessions_expired(s); });
  ASSERT_EQ(expired->size(), 1U);
  EXPECT_EQ(expired->at(0).id, "s2");
}

TEST_P(AuthSessionStore, EndedOnesAreListedSinceATimeAndPurged) {
  add("s1");
  add("s2");
  write([](Session& s) { return end_auth_session(s, "s1", "log-out"); });
  const std::int64_t first = ms();
  now += 1s;
  write([](Session& s) { return end_auth_session(s, "s2", "log-out"); });
  EXPECT_EQ(read([=](Session& s) { return auth_sessions_ended_since(s, first); })->size(), 2U);
  EXPECT_EQ(read([=](Session& s) { return auth_sessions_ended_since(s, first + 1); })->size(), 1U);
  EXPECT_EQ(*write([=](Session& s) { return purge_auth_sessions(s, first + 1); }), 1);
  EXPECT_FALSE(*read([](Session& s) { return find_auth_session(s, "s1"); }));
}

TEST_P(AuthSessionStore, InvitationIsUsedUp) {
  Invitation row;
  row.id = "i1";
  row.token_hash = "hash";
  row.created_by = "ada";
  row.role = "member";
  row.email = "bob@example.org";
  row.max_uses = 2;
  row.created_at = ms();
  row.expires_at = ms() + 1000;
  write([row](Session& s) { return insert_invitation(s, row); });
  const auto use = [this] { return db().write_now([](Session& s) { return use_invitation(s, "i1"); }).has_value(); };
  EXPECT_TRUE(use());
  const Invitation once = **read([](Session& s) { return find_invitation_by_token(s, "hash"); });
  EXPECT_EQ(once.uses, 1);
  EXPECT_EQ(once.email, "bob@example.org");
  EXPECT_TRUE(once.usable(ms()));
  EXPECT_TRUE(use());
  EXPECT_FALSE(use());
  EXPECT_FALSE(read([](Session& s) { return find_invitation(s, "i1"); })->value().usable(ms()));
  EXPECT_EQ(read([](Session& s) { return list_invitations(s, ""); })->size(), 1U);
  EXPECT_EQ(read([](Session& s) { return list_invitations(s, "room"); })->size(), 0U);
  write([](Session& s) { return revoke_invitation(s, "i1"); });
  EXPECT_EQ(read([](Session& s) { return list_invitations(s, ""); })->size(), 0U);
}

TEST_P(AuthSessionStore, GuestLinkEndsByTimeAndByHand) {
  GuestLink row;
  row.id = "g1";
  row.token_hash = "hash";
  row.room_id = "room";
  row.created_by = "ada";
  row.created_at = ms();
  row.expires_at = ms() + 1000;
  write([row](Session& s) { return insert_guest_link(s, row); });
  User guest;
  guest.id = "guest";
  guest.name = "Visitor";
  guest.guest = true;
  guest.guest_link_id = "g1";
  write([guest](Session& s) { return insert_user(s, guest); });
  const auto use = [this] { return db().write_now([](Session& s) { return use_guest_link(s, "g1"); }).has_value(); };
  EXPECT_TRUE(use());
  EXPECT_EQ((**read([](Session& s) { return find_guest_link_by_token(s, "hash"); })).uses, 1);
  EXPECT_EQ(*read([](Session& s) { return guests_of_link(s, "g1"); }), Ids{"guest"});
  EXPECT_EQ(read([](Session& s) { return list_guest_links(s, "room"); })->size(), 1U);
  now += 1s;
  EXPECT_FALSE(use()) << "its time is over";
  now -= 1s;
  write([](Session& s) { return revoke_guest_link(s, "g1"); });
  EXPECT_FALSE(use()) << "revoked";
  EXPECT_EQ(read([](Session& s) { return list_guest_links(s, "room"); })->size(), 0U);
}

TEST_P(AuthSessionStore, QueriesFindTheirRowsByIndexes) {
  read([](Session& s) -> Result<void, Error> {
    expect_indexed(s, "SELECT id FROM auth_sessions WHERE id = :id");
    expect_indexed(s,
                   "SELECT id FROM auth_sessions WHERE user_id = :user AND ended_at = 0 AND expires_at > :now ORDER BY "
                   "last_used_at DESC, id");
    expect_indexed(s, "SELECT id FROM auth_sessions WHERE user_id = :user AND ended_at = 0 AND id <> :except");
    expect_indexed(s,
                   "SELECT id FROM auth_sessions WHERE ended_at > 0 AND ended_at >= :since ORDER BY ended_at LIMIT "
                   "1000");
    expect_indexed(s,
                   "SELECT id FROM auth_sessions WHERE ended_at = 0 AND expires_at <= :now ORDER BY expires_at LIMIT "
                   "200");
    expect_indexed(s,
                   "DELETE FROM auth_sessions WHERE id IN (SELECT id FROM auth_sessions WHERE ended_at > 0 AND "
                   "ended_at < :before LIMIT 1000)");
    for (const std::string_view table : {"invitations", "guest_links"}) {
      const std::string from = " FROM " + std::string(table);
      expect_indexed(s, "SELECT id" + from + " WHERE token_hash = :hash");
      expect_indexed(s, "SELECT id" + from + " WHERE room_id = :room AND revoked_at = 0 ORDER BY id DESC LIMIT 200");
      expect_indexed(s, "UPDATE " + std::string(table) + " SET uses = uses + 1 WHERE id = :id AND revoked_at = 0");
    }
    return {};
  });
}

}  // namespace
}  // namespace parley::store
