// Guest links: by one, a person without an account enters one room with a name alone.
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

struct GuestLink {
  std::string id;
  std::string token_hash;  // SHA-256 of the token, hex
  std::string room_id;
  std::string created_by;     // user id
  std::string password_hash;  // Argon2id; empty: none asked
  std::int64_t max_uses = 0;  // 0: any number
  std::int64_t uses = 0;
  std::int64_t created_at = 0;
  std::int64_t expires_at = 0;
  std::int64_t revoked_at = 0;

  [[nodiscard]] bool usable(std::int64_t now_ms) const {
    return revoked_at == 0 && now_ms < expires_at && (max_uses == 0 || uses < max_uses);
  }

  auto columns() {
    return std::tie(id, token_hash, room_id, created_by, password_hash, max_uses, uses, created_at, expires_at,
                    revoked_at);
  }
};

Result<void, Error> insert_guest_link(Session& session, const GuestLink& link);
Result<std::optional<GuestLink>, Error> find_guest_link(Session& session, std::string_view id);
Result<std::optional<GuestLink>, Error> find_guest_link_by_token(Session& session, std::string_view token_hash);
// Counts one use; Error failed_precondition when it is used up, expired or revoked.
Result<void, Error> use_guest_link(Session& session, std::string_view id);
Result<void, Error> revoke_guest_link(Session& session, std::string_view id);
// Newest first, at most 200, revoked ones left out.
Result<std::vector<GuestLink>, Error> list_guest_links(Session& session, std::string_view room_id);
// Ids of the guests who came by it and are not deleted.
Result<std::vector<std::string>, Error> guests_of_link(Session& session, std::string_view link_id);

}  // namespace parley::store
