// Who asks: a person with a session, as every door of the server (REST, sockets, files, media) hands it on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::auth {

enum class ServerRole : std::uint8_t { kUser, kAdmin };

// In ascending order of authority; kNone: no member of the room.
enum class RoomRole : std::uint8_t { kNone, kGuest, kMember, kModerator, kOwner };

struct Subject {
  std::string user_id;     // UUID
  std::string session_id;  // UUID; of an externally issued token "x:" and a digest
  std::string name;        // display name
  ServerRole role = ServerRole::kUser;
  bool guest = false;      // came by a guest link
  std::string guest_room;  // the only room of a guest, UUID
  std::string address{};   // IP address that the asker comes from, set at the door; for the audit log

  [[nodiscard]] bool admin() const { return role == ServerRole::kAdmin && !guest; }
  friend bool operator==(const Subject&, const Subject&) = default;
};

// "user", "admin".
[[nodiscard]] std::string_view to_string(ServerRole role);
[[nodiscard]] std::optional<ServerRole> server_role_from(std::string_view text);
// "none", "guest", "member", "moderator", "owner", as the database and the APIs carry them.
[[nodiscard]] std::string_view to_string(RoomRole role);
// nullopt for "none", too: nobody can be given it.
[[nodiscard]] std::optional<RoomRole> room_role_from(std::string_view text);

}  // namespace parley::auth
