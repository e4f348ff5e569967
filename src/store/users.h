// Accounts: people and guests. Times are ms since the Unix epoch; an absent one is 0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

struct User {
  std::string id;
  std::string email;  // normalised; empty: none (guests, some external accounts, deleted accounts)
  bool email_verified = false;
  std::string name;           // display name
  std::string handle;         // what @mentions name; unique, lower case; empty for deleted accounts
  std::string password_hash;  // Argon2id in its own text form; empty: cannot log in by password
  bool admin = false;
  bool guest = false;
  std::string guest_link_id;  // guests only
  std::string guest_room_id;
  std::string avatar_url;
  std::string status_text;
  std::string locale;  // BCP 47
  std::int64_t created_at = 0;
  std::int64_t updated_at = 0;
  std::int64_t last_seen_at = 0;
  std::int64_t disabled_at = 0;  // 0: may log in
  std::int64_t deleted_at = 0;   // 0: lives; a deleted account keeps its row (without anything personal) for messages

  [[nodiscard]] bool active() const { return disabled_at == 0 && deleted_at == 0; }
  friend bool operator==(const User&, const User&) = default;

  auto columns() {
    return std::tie(id, email, email_verified, name, handle, password_hash, admin, guest, guest_link_id, guest_room_id,
                    avatar_url, status_text, locale, created_at, updated_at, last_seen_at, disabled_at, deleted_at);
  }
};

// Error already_exists with field "email" when another account has that address. Sets a free handle when `handle` is
// taken or empty ("ada", "ada2", …); the user as stored is returned.
Result<User, Error> insert_user(Session& session, User user);
// True for exactly one caller ever: the first account is the administrator.
Result<bool, Error> claim_first_admin(Session& session, std::string_view user_id);
// Whether anybody has: false on a server that nobody has made an account on yet.
Result<bool, Error> has_first_admin(Session& session);
// Error not_found where there is none.
Result<User, Error> find_user(Session& session, std::string_view id);
Result<std::optional<User>, Error> find_user_by_email(Session& session, std::string_view email);
Result<std::optional<User>, Error> find_user_by_handle(Session& session, std::string_view handle);
// Those that exist, in no order. At most 1,000 ids.
Result<std::vector<User>, Error> find_users(Session& session, const std::vector<std::string>& ids);
// Writes every column; a changed name gets a handle of its own when `handle` is empty.
Result<User, Error> update_user(Session& session, User user);
Result<void, Error> set_last_seen(Session& session, std::string_view id, std::int64_t at);
Result<bool, Error> any_users(Session& session);             // besides guests and deleted ones
Result<std::int64_t, Error> count_admins(Session& session);  // who may log in

struct UserQuery {
  std::string prefix;      // of the handle, lower case; empty: all
  std::string after;       // id of the last one seen; empty: from the beginning (newest accounts last)
  std::size_t limit = 50;  // 1 to 200
  bool by_email = false;   // the prefix may be one of the address, too
  bool guests = false;     // guests, too
  bool inactive = false;   // disabled and deleted ones, too
};
Result<std::vector<User>, Error> list_users(Session& session, const UserQuery& query);

// The handle that a display name suggests: lower case, letters, digits, '.', '-', '_' and whatever is beyond ASCII;
// 1 to 40 bytes.
[[nodiscard]] std::string suggest_handle(std::string_view name);

}  // namespace parley::store
