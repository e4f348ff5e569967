#include "store/users.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/random.h"
#include "base/uuid.h"
#include "store/identities.h"
#include "unit/store/store_harness.h"

namespace parley::store {
namespace {

class UserStore : public StoreTest {
 protected:
  User make(const std::string& name, const std::string& email = {}) {
    now += 1ms;
    User user;
    user.id = make_uuid(now, random_);
    user.name = name;
    user.email = email;
    user.created_at = to_millis(now.time_since_epoch());
    return user;
  }
  User add(User user) {
    return *write([user](Session& s) { return insert_user(s, user); });
  }
  std::vector<std::string> list(const UserQuery& query) {
    const auto users = read([query](Session& s) { return list_users(s, query); });
    std::vector<std::string> names;
    for (const User& user : *users) names.push_back(user.name);
    return names;
  }
  SeededRandom random_{1};
};
STORE_TEST_BOTH_ENGINES(UserStore);

TEST_P(UserStore, EveryColumnIsReadBack) {
  User user = make("Ada", "ada@example.org");
  user.email_verified = true;
  user.handle = "countess";
  user.password_hash = "$argon2id$…";
  user.admin = true;
  user.guest = true;
  user.guest_link_id = "link";
  user.guest_room_id = "room";
  user.avatar_url = "/a.png";
  user.status_text = "away ✈";
  user.locale = "en-GB";
  user.updated_at = 2;
  user.last_seen_at = 3;
  user.disabled_at = 4;
  user.deleted_at = 5;
  EXPECT_EQ(add(user), user);
  EXPECT_EQ(*read([&](Session& s) { return find_user(s, user.id); }), user);
  EXPECT_EQ(**read([](Session& s) { return find_user_by_email(s, "ada@example.org"); }), user);
  EXPECT_EQ(**read([](Session& s) { return find_user_by_handle(s, "countess"); }), user);
  EXPECT_EQ(read([&](Session& s) { return find_users(s, {user.id, "nobody"}); })->size(), 1U);
}

TEST_P(UserStore, WhoIsNotThereIsNotFound) {
  EXPECT_EQ(db().read_now([](Session& s) { return find_user(s, "nobody"); }).error().code, "not_found");
  EXPECT_FALSE(*read([](Session& s) { return find_user_by_email(s, ""); }));
  const User ghost = make("Ghost");
  EXPECT_EQ(db().write_now([&](Session& s) { return update_user(s, ghost); }).error().code, "not_found");
}

TEST_P(UserStore, AddressBelongsToOneAccount) {
  const User ada = add(make("Ada", "ada@example.org"));
  const auto second =
      db().write_now([user = make("Other", "ada@example.org")](Session& s) { return insert_user(s, user); });
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "already_exists");
  EXPECT_EQ(second.error().field, "email");
  User other = add(make("Other"));
  other.email = "ada@example.org";
  EXPECT_EQ(db().write_now([&](Session& s) { return update_user(s, other); }).error().code, "already_exists");
  EXPECT_TRUE(write([&](Session& s) { return update_user(s, ada); })) << "one's own address is no other's";
  add(make("No address"));
  add(make("Nor here"));
}

TEST_P(UserStore, HandlesAreUniqueAndReservedOnesAreNobodys) {
  EXPECT_EQ(add(make("Ada Lovelace")).handle, "ada.lovelace");
  EXPECT_EQ(add(make("ada lovelace")).handle, "ada.lovelace2");
  EXPECT_EQ(add(make("Room")).handle, "room2");
  EXPECT_EQ(add(make("Room")).handle, "room3");
  for (int i = 0; i < 8; ++i) add(make("Guest"));
  const User tenth = add(make("Guest"));
  EXPECT_EQ(add(make("Guest")).handle.substr(0, 6), "guest-");
  EXPECT_EQ(tenth.handle, "guest9");
  User renamed = tenth;
  renamed.name = "Grace";
  renamed.handle.clear();
  EXPECT_EQ(write([&](Session& s) { return update_user(s, renamed); })->handle, "grace");
}

TEST_P(UserStore, FirstAdministratorIsClaimedOnce) {
  const User first = add(make("First"));
  const User second = add(make("Second"));
  EXPECT_FALSE(*read([](Session& s) { return has_first_admin(s); }));
  EXPECT_TRUE(*write([&](Session& s) { return claim_first_admin(s, first.id); }));
  EXPECT_FALSE(*write([&](Session& s) { return claim_first_admin(s, second.id); }));
  EXPECT_TRUE(*read([](Session& s) { return has_first_admin(s); }));
}

TEST_P(UserStore, CountsAndListsLeaveOutWhoIsGone) {
  add(make("Ada", "ada@example.org"));
  User admin = make("Boss", "boss@example.org");
  admin.admin = true;
  add(admin);
  User disabled = make("Adrian");
  disabled.admin = true;
  disabled.disabled_at = 1;
  add(disabled);
  User guest = make("Adele");
  guest.guest = true;
  add(guest);
  EXPECT_EQ(*read([](Session& s) { return count_admins(s); }), 1);

  EXPECT_EQ(list({}), (std::vector<std::string>{"Ada", "Boss"}));
  UserQuery query;
  query.prefix = "ad";
  EXPECT_EQ(list(query), std::vector<std::string>{"Ada"});
  query.guests = true;
  query.inactive = true;
  EXPECT_EQ(list(query), (std::vector<std::string>{"Ada", "Adrian", "Adele"}));
  query = {};
  query.prefix = "boss@";
  EXPECT_EQ(list(query), std::vector<std::string>{}) << "addresses are not searched unless asked for";
  query.by_email = true;
  EXPECT_EQ(list(query), std::vector<std::string>{"Boss"});
  query = {};
  query.limit = 1;
  EXPECT_EQ(list(query), std::vector<std::string>{"Ada"});
  query.after = read([](Session& s) { return find_user_by_handle(s, "ada"); })->value().id;
  EXPECT_EQ(list(query), std::vector<std::string>{"Boss"});
}

TEST_P(UserStore, GuestsAndDeletedAccountsAreNobodyYet) {
  const auto any = [this] { return *read([](Session& s) { return any_users(s); }); };
  EXPECT_FALSE(any());
  User guest = make("Adele");
  guest.guest = true;
  add(guest);
  User gone = make("Adrian");
  gone.deleted_at = 1;
  add(gone);
  EXPECT_FALSE(any());
  add(make("Ada"));
  EXPECT_TRUE(any());
}

TEST_P(UserStore, IdentitiesBelongToOneAccount) {
  const User ada = add(make("Ada"));
  const Identity identity{"https://id.example", "sub-1", ada.id, "ada@example.org", 1, 1};
  write([&](Session& s) { return insert_identity(s, identity); });
  EXPECT_EQ(db().write_now([&](Session& s) { return insert_identity(s, identity); }).error().code, "already_exists");
  EXPECT_EQ((**read([](Session& s) { return find_identity(s, "https://id.example", "sub-1"); })).user_id, ada.id);
  EXPECT_FALSE(*read([](Session& s) { return find_identity(s, "https://other.example", "sub-1"); }));
  write([](Session& s) { return touch_identity(s, "https://id.example", "sub-1", 99); });
  EXPECT_EQ(read([&](Session& s) { return identities_of(s, ada.id); })->at(0).last_used_at, 99);
  write([&](Session& s) { return delete_identities_of(s, ada.id); });
  EXPECT_TRUE(read([&](Session& s) { return identities_of(s, ada.id); })->empty());
}

TEST_P(UserStore, QueriesFindTheirRowsByIndexes) {
  read([](Session& s) -> Result<void, Error> {
    expect_indexed(s, "SELECT id FROM users WHERE id = :id");
    expect_indexed(s, "SELECT id FROM users WHERE email = :email");
    expect_indexed(s, "SELECT id FROM users WHERE handle = :handle");
    expect_indexed(s, "SELECT id FROM users WHERE guest_link_id = :link AND deleted_at = 0");
    expect_indexed(s, "SELECT count(*) FROM users WHERE admin = 1 AND disabled_at = 0 AND deleted_at = 0", {"users"});
    expect_indexed(s, "SELECT id FROM users WHERE id > :after AND guest <= :guests ORDER BY id LIMIT :n");
    expect_indexed(s,
                   "SELECT id, name FROM users WHERE id IN (SELECT id FROM users WHERE handle >= :prefix AND handle < "
                   ":end UNION SELECT id FROM users WHERE email >= :prefix AND email < :email_end) AND id > :after "
                   "ORDER BY id LIMIT :n");
    expect_indexed(s, "SELECT user_id FROM identities WHERE issuer = :issuer AND subject = :subject");
    expect_indexed(s, "SELECT subject FROM identities WHERE user_id = :user ORDER BY issuer, subject");
    return {};
  });
}

TEST(SuggestHandleTest, TakesLettersDigitsAndWhatIsBeyondAscii) {
  struct Row {
    std::string_view name;
    std::string_view expected;
  };
  constexpr Row kRows[] = {
      {"Ada", "ada"},
      {"Ada  Lovelace", "ada.lovelace"},
      {"O'Neil, Jr.", "o.neil.jr"},
      {"李小龍", "李小龍"},
      {"Zoë-Ann", "zoë-ann"},
      {"!!!", "user"},
      {"@room", "room"},
      {"a_b", "a_b"},
      {"\xc2\xa0x", "x"},
      {"A\xe2\x80\x8b"
       "B",
       "a.b"},
      {"", "user"},
      {"0123456789012345678901234567890123456789", "01234567890123456789012345678901"},
      {"ああああああああああああ", "ああああああああああ"},
  };
  for (const Row& row : kRows) EXPECT_EQ(suggest_handle(row.name), row.expected) << row.name;
}

}  // namespace
}  // namespace parley::store
