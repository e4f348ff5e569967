#include "auth/subject.h"

#include <array>

namespace parley::auth {

namespace {

constexpr std::array<std::string_view, 5> kRoomRoles = {"none", "guest", "member", "moderator", "owner"};

}  // namespace

std::string_view to_string(ServerRole role) { return role == ServerRole::kAdmin ? "admin" : "user"; }

std::optional<ServerRole> server_role_from(std::string_view text) {
  if (text == "user") return ServerRole::kUser;
  if (text == "admin") return ServerRole::kAdmin;
  return std::nullopt;
}

std::string_view to_string(RoomRole role) { return kRoomRoles[static_cast<std::size_t>(role)]; }

std::optional<RoomRole> room_role_from(std::string_view text) {
  for (std::size_t i = 1; i < kRoomRoles.size(); ++i) {
    if (kRoomRoles[i] == text) return static_cast<RoomRole>(i);
  }
  return std::nullopt;
}

}  // namespace parley::auth
