// A connected client as the application sees it, whichever way it came: Socket.IO or plain JSON frames.
//
//   Connector: may it connect? ──→ ClientHandler: what it says      Channel: what it is told
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/result.h"

namespace parley::signal::socketio {

using Payload = std::shared_ptr<const std::string>;

enum class Wire : std::uint8_t { kSocketIo, kJson };

// The way to the client. Calls after its end are passed over.
class Channel {
 public:
  using Attachments = std::vector<std::string>;

  virtual ~Channel() = default;
  // Which encoding send() takes.
  [[nodiscard]] virtual Wire wire() const = 0;
  // An event that is encoded already and shared by all who get it.
  virtual void send(const Payload& event) = 0;
  // JSON frames carry the first argument alone and no attachments.
  virtual void emit(std::string_view name, const boost::json::array& args, const Attachments& attachments = {}) = 0;
  // ack: of the event that asked. JSON frames carry the members of the first argument.
  virtual void acknowledge(std::string_view ack, const boost::json::array& args,
                           const Attachments& attachments = {}) = 0;
  // The client learns that it was the server's will, and does not come back by itself.
  virtual void disconnect() = 0;
  // As if the network had failed: the client comes back by itself. reason: for the log, and the close frame.
  virtual void drop(std::string_view reason) = 0;
  [[nodiscard]] virtual const std::string& id() const = 0;
};

struct IncomingEvent {
  std::string name;
  boost::json::array args;  // without the name
  Channel::Attachments attachments;
  std::string ack;  // empty: nobody waits for an answer
};

class ClientHandler {
 public:
  virtual ~ClientHandler() = default;
  // The client knows that it is connected: events may go out.
  virtual void on_open() = 0;
  virtual void on_event(IncomingEvent event) = 0;
  // The last call, unless on_open never came.
  virtual void on_closed(std::string_view reason) = 0;
};

// Where a connection comes from and what it was made to.
struct Remote {
  Address peer;
  std::string host;     // the Host header
  bool secure = false;  // over TLS
};

struct ConnectRequest {
  std::string nsp;
  boost::json::object auth;
  Remote remote;
};

// Error: the client is told its message and, as data, {"code", …}; it is not connected.
using Connector = std::function<boost::asio::awaitable<Result<std::shared_ptr<ClientHandler>, Error>>(
    ConnectRequest, std::shared_ptr<Channel>)>;

}  // namespace parley::signal::socketio
