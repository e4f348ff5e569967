// What the hub knows of a connected device: somewhere to put events.
#pragma once

#include <cstdint>
#include <string_view>

#include "hub/event.h"

namespace parley::hub {

// Never used twice within a process.
enum class DeviceId : std::uint64_t { kNone = 0 };

// The transport's side. It outlives its time in the hub: Hub::detach() before the end.
class Device {
 public:
  virtual ~Device() = default;
  // Queues the event. Must not call back into the hub; a device whose queue is full notes that and calls
  // Hub::detach_slow() from a turn of its own.
  virtual void deliver(const EventRef& event) = 0;
  // The server is done with this device: it tells the client the code and the text, closes and, in a turn of its own,
  // calls Hub::detach().
  virtual void end(std::string_view reason_code, std::string_view message) = 0;
};

// Reason codes of end().
inline constexpr std::string_view kEndSlow = "slow-consumer";  // resumable: connect again and say the last seq seen
inline constexpr std::string_view kEndSessionRevoked = "session-revoked";
inline constexpr std::string_view kEndTooManyDevices = "too-many-devices";

}  // namespace parley::hub
