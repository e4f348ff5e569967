// What calls ask of the media plane: few things, by room and person. The media room of a call has the chat room's id;
// a person's identity in it is the user's id, further devices have "<userId>#<n>".
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "calls/view.h"
#include "room/events.h"

namespace parley::room {
class Manager;
}

namespace parley::calls {

// The attribute of our media tokens that names their call. Tokens made by holders of an API key have none.
inline constexpr std::string_view kCallAttribute = "parley.call";

struct MediaTrack {
  std::string sid;
  bool screen = false;
  bool microphone = false;
  bool muted = false;
};

struct MediaParticipant {
  std::string identity;
  std::vector<MediaTrack> tracks;
};

class MediaControl {
 public:
  virtual ~MediaControl() = default;
  // Empty where there is no such media room.
  [[nodiscard]] virtual std::vector<MediaParticipant> list(const std::string& room_id) = 0;
  // False: was not there.
  virtual bool remove_participant(const std::string& room_id, const std::string& identity) = 0;
  virtual Result<void, Error> mute(const std::string& room_id, const std::string& identity,
                                   const std::string& track_sid) = 0;
  // What the participant may publish from now on; tracks of other kinds end. Nothing where it is not there.
  virtual void set_rights(const std::string& room_id, const std::string& identity, const MemberRights& rights) = 0;
  virtual void delete_room(const std::string& room_id) = 0;
};

// As tokens name them (claims.video.canPublishSources); empty: every source, where all() holds, and where none() does
// there is nothing to name: nothing may be published.
[[nodiscard]] std::vector<std::string> sources_of(const MemberRights& rights);

class ManagerMediaControl final : public MediaControl {
 public:
  // after_change is called after anything that may have moved the manager's deadline.
  ManagerMediaControl(room::Manager& manager, std::function<TimePoint()> clock,
                      std::function<void()> after_change = {});
  [[nodiscard]] std::vector<MediaParticipant> list(const std::string& room_id) override;
  bool remove_participant(const std::string& room_id, const std::string& identity) override;
  Result<void, Error> mute(const std::string& room_id, const std::string& identity,
                           const std::string& track_sid) override;
  void set_rights(const std::string& room_id, const std::string& identity, const MemberRights& rights) override;
  void delete_room(const std::string& room_id) override;

 private:
  room::Manager& manager_;
  std::function<TimePoint()> clock_;
  std::function<void()> after_change_;
};

// "<userId>" of "<userId>#2"; the whole text where there is no '#'.
[[nodiscard]] std::string_view user_of_identity(std::string_view identity);

}  // namespace parley::calls
