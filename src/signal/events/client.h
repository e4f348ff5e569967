// One connected client: its events go to the dispatcher, the hub's events go to it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "auth/subject.h"
#include "hub/hub.h"
#include "signal/events/dispatcher.h"
#include "signal/socketio/client.h"

namespace parley::signal::events {

class Client;

// How clients get in. Functions, so that it may be tried without accounts and a database.
struct Gate {
  std::function<boost::asio::awaitable<Result<auth::Subject, Error>>(std::string token)> authenticate;
  // Into the hub with the subject's rooms.
  std::function<boost::asio::awaitable<Result<hub::DeviceId, Error>>(auth::Subject, hub::Device&)> attach;
  std::function<std::int64_t(std::string_view token)> expiry_of;  // seconds since the epoch; 0: none
};

struct ClientStats {
  std::size_t connected = 0;
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  std::uint64_t events_in = 0;
  std::uint64_t errors = 0;  // events answered with an error
};

// What all clients share.
struct Clients : std::enable_shared_from_this<Clients> {
  Clients(boost::asio::any_io_executor e, Gate g, hub::Hub& h, Dispatcher& d, std::function<TimePoint()> c)
      : executor(std::move(e)), gate(std::move(g)), hub(h), dispatcher(d), clock(std::move(c)) {}

  boost::asio::awaitable<Result<std::shared_ptr<socketio::ClientHandler>, Error>> connect(
      socketio::ConnectRequest request, std::shared_ptr<socketio::Channel> channel);
  // Ends those whose token, of a foreign issuer, is over.
  void end_expired();
  void role_changed(std::string_view user_id, auth::ServerRole role);
  void name_changed(std::string_view user_id, std::string_view name);
  // A new token for the connection. Error "permission_denied": it is another person's.
  boost::asio::awaitable<Result<std::int64_t, Error>> refresh(hub::DeviceId device, std::string token);

  boost::asio::any_io_executor executor;
  Gate gate;
  hub::Hub& hub;
  Dispatcher& dispatcher;
  std::function<TimePoint()> clock;
  std::unordered_set<Client*> all;
  ClientStats stats;
};

class Client final : public socketio::ClientHandler, public hub::Device, public std::enable_shared_from_this<Client> {
 public:
  Client(std::shared_ptr<Clients> clients, std::shared_ptr<socketio::Channel> channel, Caller caller,
         std::int64_t expires_at);
  ~Client() override;

  // ---- socketio::ClientHandler ----
  void on_open() override;
  void on_event(socketio::IncomingEvent event) override;
  void on_closed(std::string_view reason) override;

  // ---- hub::Device ----
  void deliver(const hub::EventRef& event) override;
  void end(std::string_view reason_code, std::string_view message) override;

 private:
  friend struct Clients;
  static boost::asio::awaitable<void> carry_out(std::shared_ptr<Client> self, socketio::IncomingEvent event);
  void answer(std::string_view ack, Result<boost::json::value, Error> result);
  void send(const hub::EventRef& event);
  void detach(bool slow);

  std::shared_ptr<Clients> clients_;
  std::shared_ptr<socketio::Channel> channel_;
  Caller caller_;
  std::int64_t expires_at_;  // ms; 0: as long as the session
  std::size_t pending_ = 0;
  bool open_ = false;
  bool ended_ = false;
  std::vector<hub::EventRef> early_;  // came while the client did not know yet that it is connected
};

}  // namespace parley::signal::events
