// All that the server keeps of a person or a room, as one JSON object that is made piece by piece: for REST and for the
// command line.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "auth/subject.h"
#include "base/result.h"
#include "base/time.h"
#include "chat/records.h"

namespace parley::auth {
class Accounts;
}
namespace parley::chat {
class Service;
}
namespace parley::files {
class Service;
}

namespace parley::signal::rest {

struct ExportSources {
  auth::Accounts& accounts;
  chat::Service& chat;
  files::Service& files;
};

// {"exportedAt", "account", "files": […], "chat": {…}}. The sources outlive it. Nothing was written when a service
// refuses; a sink that answers false ends it early, without an Error.
[[nodiscard]] boost::asio::awaitable<Result<void, Error>> write_person(ExportSources sources, auth::Subject subject,
                                                                       std::string user_id, TimePoint now,
                                                                       chat::Sink sink);
// {"exportedAt", "chat": {"room", "members", "messages"}, "files": […]}
[[nodiscard]] boost::asio::awaitable<Result<void, Error>> write_room(ExportSources sources, auth::Subject subject,
                                                                     std::string room_id, TimePoint now,
                                                                     chat::Sink sink);

}  // namespace parley::signal::rest
