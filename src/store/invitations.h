// Invitations: leave to make an account or to become a member of a room, by a link.
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

struct Invitation {
  std::string id;
  std::string token_hash;     // SHA-256 of the token, hex
  std::string created_by;     // user id
  std::string room_id;        // empty: an account alone
  std::string role;           // in the room: "member", "moderator", …; empty without a room
  bool admin = false;         // the account becomes an administrator
  std::string email;          // only for this address; empty: for anybody
  std::int64_t max_uses = 1;  // 0: any number
  std::int64_t uses = 0;
  std::int64_t created_at = 0;
  std::int64_t expires_at = 0;
  std::int64_t revoked_at = 0;

  [[nodiscard]] bool usable(std::int64_t now_ms) const {
    return revoked_at == 0 && now_ms < expires_at && (max_uses == 0 || uses < max_uses);
  }

  auto columns() {
    return std::tie(id, token_hash, created_by, room_id, role, admin, email, max_uses, uses, created_at, expires_at,
                    revoked_at);
  }
};

Result<void, Error> insert_invitation(Session& session, const Invitation& invitation);
Result<std::optional<Invitation>, Error> find_invitation(Session& session, std::string_view id);
Result<std::optional<Invitation>, Error> find_invitation_by_token(Session& session, std::string_view token_hash);
// Counts one use; Error failed_precondition when it is used up, expired or revoked.
Result<void, Error> use_invitation(Session& session, std::string_view id);
Result<void, Error> revoke_invitation(Session& session, std::string_view id);
// Of a room; with an empty room_id those that name none. Newest first, at most 200, revoked ones left out.
Result<std::vector<Invitation>, Error> list_invitations(Session& session, std::string_view room_id);

}  // namespace parley::store
