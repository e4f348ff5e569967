// Socket.IO v5 over one Engine.IO connection: namespaces, events with acknowledgements, attachments. No socket, no
// clock.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "signal/socketio/client.h"
#include "signal/socketio/engine_session.h"
#include "signal/socketio/socketio_packet.h"

namespace parley::signal::socketio {

struct SocketIoConfig {
  Duration connect_timeout = 45s;  // how long a connection may stay without a namespace
  std::size_t max_namespaces = 8;
  std::size_t max_attachment_bytes = 2U << 20U;  // of one packet
  PacketLimits packets;
};

// The Engine.IO connection below.
class EngineLink {
 public:
  virtual ~EngineLink() = default;
  virtual void send(const Payload& packet, bool text) = 0;
  virtual void close(std::string_view reason) = 0;
};

class SocketChannel;
class SocketIoSession;

// Who decides on CONNECT.
class SocketIoHost {
 public:
  virtual ~SocketIoHost() = default;
  [[nodiscard]] virtual bool has_namespace(std::string_view nsp) const = 0;
  // Leads to channel->accept or channel->refuse, now or later.
  virtual void connect(std::shared_ptr<SocketChannel> channel, ConnectRequest request) = 0;
};

// One client in one namespace.
class SocketChannel final : public Channel {
 public:
  SocketChannel(SocketIoSession& session, std::string nsp, std::string id)
      : session_(&session), nsp_(std::move(nsp)), id_(std::move(id)) {}

  void accept(std::shared_ptr<ClientHandler> handler);
  // data: JSON text of CONNECT_ERROR's data member; empty: none.
  void refuse(std::string_view message, std::string_view data);

  [[nodiscard]] Wire wire() const override { return Wire::kSocketIo; }
  void send(const Payload& event) override;
  void emit(std::string_view name, const boost::json::array& args, const Attachments& attachments) override;
  void acknowledge(std::string_view ack, const boost::json::array& args, const Attachments& attachments) override;
  void disconnect() override;
  void drop(std::string_view reason) override;
  [[nodiscard]] const std::string& id() const override { return id_; }
  [[nodiscard]] const std::string& nsp() const { return nsp_; }

 private:
  friend class SocketIoSession;
  void send_packet(SocketPacketType type, std::string_view ack, std::string_view data, const Attachments& attachments);
  void end(std::string_view reason);

  SocketIoSession* session_;  // nullptr once it is over
  std::shared_ptr<ClientHandler> handler_;
  std::string nsp_;
  std::string id_;
};

class SocketIoSession final : public EngineHandler {
 public:
  // All of them outlive the session.
  SocketIoSession(TimePoint now, const SocketIoConfig& config, EngineLink& link, SocketIoHost& host,
                  RandomSource& random, Remote remote);
  ~SocketIoSession() override;
  SocketIoSession(const SocketIoSession&) = delete;
  SocketIoSession& operator=(const SocketIoSession&) = delete;

  void on_message(TimePoint now, std::string_view data, bool binary) override;
  void on_closed(TimePoint now, std::string_view reason) override;
  [[nodiscard]] TimePoint deadline() const override { return connect_due_; }
  void handle_timeout(TimePoint now) override;

 private:
  friend class SocketChannel;
  struct Partial {
    SocketPacket packet;
    Channel::Attachments attachments;
    std::size_t bytes = 0;
  };

  void handle_packet(TimePoint now, SocketPacket packet, Channel::Attachments attachments);
  void handle_attachment(TimePoint now, std::string_view data);
  void handle_connect(SocketPacket packet);
  [[nodiscard]] std::shared_ptr<SocketChannel> find(std::string_view nsp) const;
  void remove(const SocketChannel& channel);
  void refuse(std::string_view nsp, std::string_view message, std::string_view data);
  // The namespaces hear of it before the connection goes.
  void fail(std::string_view reason);

  const SocketIoConfig& config_;
  EngineLink& link_;
  SocketIoHost& host_;
  RandomSource& random_;
  std::vector<std::shared_ptr<SocketChannel>> channels_;
  std::unique_ptr<Partial> partial_;
  Remote remote_;
  TimePoint connect_due_;
  bool was_connected_ = false;
};

// Characters that need no escape in a URL.
[[nodiscard]] std::string make_sid(RandomSource& random);

}  // namespace parley::signal::socketio
