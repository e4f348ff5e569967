// The product's events, by the service that carries them out. Internal to events/.
#pragma once

#include <functional>

#include "signal/events/dispatcher.h"

namespace parley::chat {
class Service;
}
namespace parley::hub {
class Hub;
}

namespace parley::signal::events {

struct Clients;

// Services outlive the dispatcher.
void add_room_events(Dispatcher& dispatcher, chat::Service& chat);
void add_chat_events(Dispatcher& dispatcher, chat::Service& chat);
struct PresenceParts {
  chat::Service& chat;
  hub::Hub& hub;
  std::function<TimePoint()> clock;
};
// parts outlives the dispatcher.
void add_presence_events(Dispatcher& dispatcher, PresenceParts& parts);
void add_call_events(Dispatcher& dispatcher, calls::Service& calls);
void add_in_call_events(Dispatcher& dispatcher, calls::Service& calls);
// Of the connection itself: "refresh-token", "list-events".
void add_connection_events(Dispatcher& dispatcher, Clients& clients);

}  // namespace parley::signal::events
