#include "signal/socketio/socketio_session.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <utility>

#include "base/url_token.h"

namespace parley::signal::socketio {

namespace json = boost::json;

namespace {

// 120 bits: enough that nobody guesses another one's connection.
constexpr std::size_t kSidLength = 20;

Payload shared(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

}  // namespace

std::string make_sid(RandomSource& random) { return url_token(random, kSidLength); }

// ---- SocketChannel ----

void SocketChannel::accept(std::shared_ptr<ClientHandler> handler) {
  if (session_ == nullptr) return;
  handler_ = std::move(handler);
  session_->was_connected_ = true;
  session_->connect_due_ = kNever;
  send_packet(SocketPacketType::kConnect, {}, R"({"sid":")" + id_ + "\"}", {});
  const std::shared_ptr<ClientHandler> keep = handler_;
  keep->on_open();
}

void SocketChannel::refuse(std::string_view message, std::string_view data) {
  if (session_ == nullptr) return;
  SocketIoSession& session = *session_;
  session_ = nullptr;
  session.refuse(nsp_, message, data);
  session.remove(*this);
}

void SocketChannel::send(const Payload& event) {
  if (session_ != nullptr && handler_) session_->link_.send(event, true);
}

void SocketChannel::emit(std::string_view name, const json::array& args, const Attachments& attachments) {
  json::array packet;
  packet.reserve(args.size() + 1);
  packet.emplace_back(name);
  packet.insert(packet.end(), args.begin(), args.end());
  send_packet(attachments.empty() ? SocketPacketType::kEvent : SocketPacketType::kBinaryEvent, {},
              json::serialize(packet), attachments);
}

void SocketChannel::acknowledge(std::string_view ack, const json::array& args, const Attachments& attachments) {
  if (ack.empty()) return;
  send_packet(attachments.empty() ? SocketPacketType::kAck : SocketPacketType::kBinaryAck, ack, json::serialize(args),
              attachments);
}

void SocketChannel::send_packet(SocketPacketType type, std::string_view ack, std::string_view data,
                                const Attachments& attachments) {
  if (session_ == nullptr || !handler_) return;
  session_->link_.send(shared(write_socket_packet(type, nsp_, ack, data, attachments.size())), true);
  for (const std::string& attachment : attachments) {
    if (session_ != nullptr) session_->link_.send(shared(attachment), false);
  }
}

void SocketChannel::disconnect() {
  if (session_ == nullptr) return;
  SocketIoSession& session = *session_;
  send_packet(SocketPacketType::kDisconnect, {}, {}, {});
  if (session_ == nullptr) return;
  end("server namespace disconnect");
  session.remove(*this);
  if (session.channels_.empty()) session.link_.close(end_reason::kForcedClose);
}

void SocketChannel::drop(std::string_view reason) {
  if (session_ != nullptr) session_->link_.close(reason);
}

void SocketChannel::end(std::string_view reason) {
  session_ = nullptr;
  if (const auto handler = std::exchange(handler_, nullptr)) handler->on_closed(reason);
}

// ---- SocketIoSession ----

SocketIoSession::SocketIoSession(TimePoint now, const SocketIoConfig& config, EngineLink& link, SocketIoHost& host,
                                 RandomSource& random, Remote remote)
    : config_(config),
      link_(link),
      host_(host),
      random_(random),
      remote_(std::move(remote)),
      connect_due_(now + config.connect_timeout) {}

SocketIoSession::~SocketIoSession() {
  for (const auto& channel : std::exchange(channels_, {})) channel->end(end_reason::kForcedClose);
}

void SocketIoSession::on_message(TimePoint now, std::string_view data, bool binary) {
  if (binary) {
    handle_attachment(now, data);
    return;
  }
  if (partial_) {
    fail(end_reason::kParseError);
    return;
  }
  auto packet = read_socket_packet(data, config_.packets);
  if (!packet) {
    fail(end_reason::kParseError);
    return;
  }
  if (packet->attachments > 0) {
    partial_ = std::make_unique<Partial>();
    partial_->packet = std::move(*packet);
    return;
  }
  handle_packet(now, std::move(*packet), {});
}

void SocketIoSession::handle_attachment(TimePoint now, std::string_view data) {
  if (!partial_ || partial_->bytes + data.size() > config_.max_attachment_bytes) {
    fail(end_reason::kParseError);
    return;
  }
  partial_->attachments.emplace_back(data);
  partial_->bytes += data.size();
  if (partial_->attachments.size() < partial_->packet.attachments) return;
  const std::unique_ptr<Partial> whole = std::exchange(partial_, nullptr);
  handle_packet(now, std::move(whole->packet), std::move(whole->attachments));
}

void SocketIoSession::handle_packet(TimePoint now, SocketPacket packet, Channel::Attachments attachments) {
  if (packet.type == SocketPacketType::kConnect) {
    handle_connect(std::move(packet));
    return;
  }
  const std::shared_ptr<SocketChannel> channel = find(packet.nsp);
  if (!channel || !channel->handler_) {
    // What was under way when the server disconnected the namespace is no fault of the client's.
    if (!was_connected_) fail(end_reason::kParseError);
    return;
  }
  switch (packet.type) {
    case SocketPacketType::kEvent:
    case SocketPacketType::kBinaryEvent: {
      IncomingEvent event;
      json::array& list = packet.data.get_array();
      event.name = std::string_view(list.front().get_string());
      list.erase(list.begin());
      event.args = std::move(list);
      event.attachments = std::move(attachments);
      event.ack = std::move(packet.ack);
      const std::shared_ptr<ClientHandler> handler = channel->handler_;
      handler->on_event(std::move(event));
      return;
    }
    case SocketPacketType::kDisconnect:
      channel->end("client namespace disconnect");
      remove(*channel);
      if (channels_.empty()) connect_due_ = now + config_.connect_timeout;
      return;
    case SocketPacketType::kAck:
    case SocketPacketType::kBinaryAck:
      return;  // we ask for none
    case SocketPacketType::kConnect:
    case SocketPacketType::kConnectError:
      break;
  }
  fail(end_reason::kParseError);
}

void SocketIoSession::handle_connect(SocketPacket packet) {
  // Clients that are told to connect while they do so already ask twice.
  if (find(packet.nsp)) return;
  if (!host_.has_namespace(packet.nsp) || channels_.size() >= config_.max_namespaces) {
    refuse(packet.nsp, "Invalid namespace", {});
    return;
  }
  auto channel = std::make_shared<SocketChannel>(*this, packet.nsp, make_sid(random_));
  channels_.push_back(channel);
  ConnectRequest request;
  request.nsp = std::move(packet.nsp);
  if (packet.data.is_object()) request.auth = std::move(packet.data.get_object());
  request.remote = remote_;
  host_.connect(std::move(channel), std::move(request));
}

std::shared_ptr<SocketChannel> SocketIoSession::find(std::string_view nsp) const {
  for (const auto& channel : channels_) {
    if (channel->nsp_ == nsp) return channel;
  }
  return nullptr;
}

void SocketIoSession::remove(const SocketChannel& channel) {
  std::erase_if(channels_, [&channel](const auto& each) { return each.get() == &channel; });
}

void SocketIoSession::refuse(std::string_view nsp, std::string_view message, std::string_view data) {
  std::string body = R"({"message":)" + json::serialize(json::string_view(message));
  if (!data.empty()) body.append(R"(,"data":)").append(data);
  body.push_back('}');
  link_.send(shared(write_socket_packet(SocketPacketType::kConnectError, nsp, {}, body)), true);
}

void SocketIoSession::fail(std::string_view reason) { link_.close(reason); }

void SocketIoSession::on_closed(TimePoint /*now*/, std::string_view reason) {
  partial_.reset();
  for (const auto& channel : std::exchange(channels_, {})) channel->end(reason);
}

void SocketIoSession::handle_timeout(TimePoint /*now*/) {
  connect_due_ = kNever;
  if (channels_.empty() || !was_connected_) fail("no namespace was connected");
}

}  // namespace parley::signal::socketio
