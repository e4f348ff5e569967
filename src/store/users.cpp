#include "store/users.h"

#include <algorithm>
#include <array>

#include "store/session.h"

namespace parley::store {

namespace {

#define PARLEY_USER_COLUMNS                                                                                 \
  "id, COALESCE(email, ''), email_verified, name, COALESCE(handle, ''), password_hash, admin, guest, "      \
  "COALESCE(guest_link_id, ''), COALESCE(guest_room_id, ''), avatar_url, status_text, locale, created_at, " \
  "updated_at, last_seen_at, disabled_at, deleted_at"

constexpr std::size_t kMaxHandleBytes = 40;
// Room left for what tells equal names apart.
constexpr std::size_t kMaxSuggestedBytes = 32;

// What mentions mean by themselves.
constexpr std::array<std::string_view, 6> kReserved = {"room", "all", "here", "everyone", "channel", "me"};

std::optional<std::string_view> or_null(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return std::string_view(text);
}

Error no_such_user() { return {"not_found", "there is no such account", "userId"}; }

bool handle_is_free(Session& session, const std::string& handle, std::string_view for_id) {
  if (std::find(kReserved.begin(), kReserved.end(), handle) != kReserved.end()) return false;
  const auto owner = session.value<std::string>("SELECT id FROM users WHERE handle = :handle", handle);
  return !owner || *owner == for_id;
}

// "ada", "ada2" … "ada9", then "ada-" and the random end of the account's id.
std::string free_handle(Session& session, std::string base, const std::string& id) {
  if (handle_is_free(session, base, id)) return base;
  for (int i = 2; i <= 9; ++i) {
    std::string candidate = base + std::to_string(i);
    if (handle_is_free(session, candidate, id)) return candidate;
  }
  return base.substr(0, kMaxHandleBytes) + "-" + id.substr(id.size() - std::min<std::size_t>(7, id.size()));
}

Result<void, Error> check_email_is_free(Session& session, const User& user) {
  if (user.email.empty()) return {};
  const auto owner = session.value<std::string>("SELECT id FROM users WHERE email = :email", user.email);
  if (!owner || *owner == user.id) return {};
  return Error{"already_exists", "there is an account with this e-mail address", "email"};
}

// The end of the range of texts that start with this prefix: no byte of UTF-8 is above 0xf4.
std::string prefix_end(const std::string& prefix) { return prefix + "\xf4\x8f\xbf\xbf"; }

// Spaces and invisible characters beyond ASCII.
bool is_blank(std::string_view c) {
  if (c == "\xc2\xa0" || c == "\xe3\x80\x80" || c == "\xef\xbb\xbf") return true;
  return c.size() == 3 && c[0] == '\xe2' && (c[1] == '\x80' || c[1] == '\x81');
}

std::size_t character_bytes(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte >= 0xf0) return 4;
  if (byte >= 0xe0) return 3;
  return byte >= 0xc0 ? 2 : 1;
}

}  // namespace

std::string suggest_handle(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    const std::string_view c = name.substr(i, character_bytes(name[i]));
    i += c.size();
    if (out.size() + c.size() > kMaxSuggestedBytes) break;
    const char first = c.front();
    if (c.size() > 1 && !is_blank(c)) {
      out += c;
    } else if ((first >= 'a' && first <= 'z') || (first >= '0' && first <= '9') || first == '_' || first == '-') {
      out += first;
    } else if (first >= 'A' && first <= 'Z') {
      out += static_cast<char>(first - 'A' + 'a');
    } else if (!out.empty() && out.back() != '.') {
      out += '.';
    }
  }
  while (!out.empty() && out.back() == '.') out.pop_back();
  return out.empty() ? "user" : out;
}

Result<User, Error> insert_user(Session& session, User user) {
  if (auto free = check_email_is_free(session, user); !free) return free.error();
  user.handle = free_handle(session, user.handle.empty() ? suggest_handle(user.name) : user.handle, user.id);
  session.exec(
      "INSERT INTO users (id, email, email_verified, name, handle, password_hash, admin, guest, guest_link_id, "
      "guest_room_id, avatar_url, status_text, locale, created_at, updated_at, last_seen_at, disabled_at, deleted_at) "
      "VALUES (:id, :email, :verified, :name, :handle, :hash, :admin, :guest, :link, :room, :avatar, :status, :locale, "
      ":created, :updated, :seen, :disabled, :deleted)",
      user.id, or_null(user.email), user.email_verified, user.name, user.handle, user.password_hash, user.admin,
      user.guest, or_null(user.guest_link_id), or_null(user.guest_room_id), user.avatar_url, user.status_text,
      user.locale, user.created_at, user.updated_at, user.last_seen_at, user.disabled_at, user.deleted_at);
  return user;
}

Result<bool, Error> claim_first_admin(Session& session, std::string_view user_id) {
  return session.exec("INSERT INTO first_admin (one, user_id) VALUES (1, :id) ON CONFLICT DO NOTHING", user_id) == 1;
}

Result<bool, Error> has_first_admin(Session& session) {
  return session.value<std::int64_t>("SELECT one FROM first_admin WHERE one = 1").has_value();
}

Result<User, Error> find_user(Session& session, std::string_view id) {
  auto user = session.row<User>("SELECT " PARLEY_USER_COLUMNS " FROM users WHERE id = :id", id);
  if (!user) return no_such_user();
  return std::move(*user);
}

Result<std::optional<User>, Error> find_user_by_email(Session& session, std::string_view email) {
  return session.row<User>("SELECT " PARLEY_USER_COLUMNS " FROM users WHERE email = :email", email);
}

Result<std::optional<User>, Error> find_user_by_handle(Session& session, std::string_view handle) {
  return session.row<User>("SELECT " PARLEY_USER_COLUMNS " FROM users WHERE handle = :handle", handle);
}

Result<std::vector<User>, Error> find_users(Session& session, const std::vector<std::string>& ids) {
  if (ids.size() > 1000) return Error{"invalid_argument", "at most 1,000 accounts at a time", ""};
  std::vector<User> found;
  found.reserve(ids.size());
  for (const std::string& id : ids) {
    auto user = session.row<User>("SELECT " PARLEY_USER_COLUMNS " FROM users WHERE id = :id", id);
    if (user) found.push_back(std::move(*user));
  }
  return found;
}

Result<User, Error> update_user(Session& session, User user) {
  if (auto free = check_email_is_free(session, user); !free) return free.error();
  if (user.handle.empty() && user.deleted_at == 0) {
    user.handle = free_handle(session, suggest_handle(user.name), user.id);
  }
  user.updated_at = session.now_ms();
  const auto touched = session.exec(
      "UPDATE users SET email = :email, email_verified = :verified, name = :name, handle = :handle, "
      "password_hash = :hash, admin = :admin, guest = :guest, guest_link_id = :link, guest_room_id = :room, "
      "avatar_url = :avatar, status_text = :status, locale = :locale, updated_at = :updated, last_seen_at = :seen, "
      "disabled_at = :disabled, deleted_at = :deleted WHERE id = :id",
      or_null(user.email), user.email_verified, user.name, or_null(user.handle), user.password_hash, user.admin,
      user.guest, or_null(user.guest_link_id), or_null(user.guest_room_id), user.avatar_url, user.status_text,
      user.locale, user.updated_at, user.last_seen_at, user.disabled_at, user.deleted_at, user.id);
  if (touched == 0) return no_such_user();
  return user;
}

Result<void, Error> set_last_seen(Session& session, std::string_view id, std::int64_t at) {
  session.exec("UPDATE users SET last_seen_at = :at WHERE id = :id", at, id);
  return {};
}

Result<bool, Error> any_users(Session& session) {
  // By id, so that it ends at the first account, which is the oldest, instead of reading all.
  return session
      .value<std::string>("SELECT id FROM users WHERE id > '' AND guest = 0 AND deleted_at = 0 ORDER BY id LIMIT 1")
      .has_value();
}

Result<std::int64_t, Error> count_admins(Session& session) {
  return session
      .value<std::int64_t>("SELECT count(*) FROM users WHERE admin = 1 AND disabled_at = 0 AND deleted_at = 0")
      .value_or(0);
}

Result<std::vector<User>, Error> list_users(Session& session, const UserQuery& query) {
  const auto limit = static_cast<std::int64_t>(std::clamp<std::size_t>(query.limit, 1, 200));
  if (query.prefix.empty()) {
    return session.rows<User>("SELECT " PARLEY_USER_COLUMNS
                              " FROM users WHERE id > :after AND guest <= :guests AND "
                              "(:inactive = 1 OR (disabled_at = 0 AND deleted_at = 0)) ORDER BY id LIMIT :n",
                              query.after, query.guests, query.inactive, limit);
  }
  // Without by_email the second range is empty: nothing is below the empty text.
  const std::string end = prefix_end(query.prefix);
  return session.rows<User>(
      "SELECT " PARLEY_USER_COLUMNS
      " FROM users WHERE id IN (SELECT id FROM users WHERE handle >= :prefix AND handle < :end UNION "
      "SELECT id FROM users WHERE email >= :prefix AND email < :email_end) AND id > :after AND guest <= :guests AND "
      "(:inactive = 1 OR (disabled_at = 0 AND deleted_at = 0)) ORDER BY id LIMIT :n",
      query.prefix, end, query.by_email ? end : std::string(), query.after, query.guests, query.inactive, limit);
}

}  // namespace parley::store
