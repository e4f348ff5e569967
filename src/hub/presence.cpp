#include "hub/presence.h"

#include <array>
#include <utility>

namespace parley::hub {

namespace {
constexpr std::array<std::pair<Status, std::string_view>, 5> kNames{{{Status::kOffline, "offline"},
                                                                     {Status::kAway, "away"},
                                                                     {Status::kBusy, "busy"},
                                                                     {Status::kOnline, "online"},
                                                                     {Status::kInCall, "in-call"}}};
}  // namespace

std::string_view to_string(Status status) {
  for (const auto& [value, name] : kNames) {
    if (value == status) return name;
  }
  return "offline";
}

std::optional<Status> status_from(std::string_view text) {
  for (const auto& [value, name] : kNames) {
    if (name == text) return value;
  }
  return std::nullopt;
}

}  // namespace parley::hub
