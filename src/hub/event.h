// An event on its way to devices: made once, its wire text made once for each format, shared by all receivers.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace parley::hub {

struct Event {
  std::string name;      // kebab-case: "new-message"
  std::string data;      // JSON object text; of a persistent event it has the members "roomId" and "seq"
  std::string room_id;   // empty: of no room
  std::int64_t seq = 0;  // number among the room's persistent events, from 1; 0: transient, nobody asks for it again
};

enum class Encoding : std::uint8_t {
  kSocketIo,  // 42["new-message",{…}]: an Engine.IO message holding a Socket.IO event
  kJson,      // {"event":"new-message","data":{…}}
};
inline constexpr std::size_t kEncodingCount = 2;

// Belongs to the control thread: payload() fills in its text on first use without a lock.
class SharedEvent {
 public:
  explicit SharedEvent(Event event) : event_(std::move(event)) {}

  [[nodiscard]] const std::string& name() const { return event_.name; }
  [[nodiscard]] const std::string& data() const { return event_.data; }
  [[nodiscard]] const std::string& room_id() const { return event_.room_id; }
  [[nodiscard]] std::int64_t seq() const { return event_.seq; }
  // Lives as long as this event.
  [[nodiscard]] const std::string& payload(Encoding encoding) const {
    std::string& text = payloads_[static_cast<std::size_t>(encoding)];
    if (text.empty()) text = encode(encoding);
    return text;
  }

 private:
  [[nodiscard]] std::string encode(Encoding encoding) const;

  Event event_;
  mutable std::array<std::string, kEncodingCount> payloads_;
};

using EventRef = std::shared_ptr<const SharedEvent>;

[[nodiscard]] inline EventRef make_event(Event event) { return std::make_shared<const SharedEvent>(std::move(event)); }

}  // namespace parley::hub
