#include "signal/events/client.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <utility>

#include "base/iso_time.h"
#include "base/log.h"
#include "signal/socketio/engine_session.h"

namespace parley::signal::events {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr std::size_t kMaxEarly = 1'000;
// A client renews its token shortly before the end; clocks differ.
constexpr std::int64_t kExpiryGraceMs = 60'000;
// Sessions of external issuers, which end with their token (auth/subject.h).
constexpr std::string_view kExternalSession = "x:";

std::string token_of(const json::object& auth) {
  const json::value* token = auth.if_contains("token");
  if (token == nullptr || !token->is_string()) return {};
  std::string_view text = token->get_string();
  static constexpr std::string_view kBearer = "Bearer ";
  if (text.starts_with(kBearer)) text.remove_prefix(kBearer.size());
  return std::string(text);
}

std::int64_t end_of(const Gate& gate, const auth::Subject& subject, std::string_view token) {
  return subject.session_id.starts_with(kExternalSession) ? gate.expiry_of(token) * 1000 : 0;
}

hub::Encoding encoding_of(socketio::Wire wire) {
  return wire == socketio::Wire::kJson ? hub::Encoding::kJson : hub::Encoding::kSocketIo;
}

}  // namespace

// ---- Clients ----

asio::awaitable<Result<std::shared_ptr<socketio::ClientHandler>, Error>> Clients::connect(
    socketio::ConnectRequest request, std::shared_ptr<socketio::Channel> channel) {
  const std::shared_ptr<Clients> self = shared_from_this();
  ++stats.refused;  // until it is accepted
  if (auto allowed = dispatcher.admit(request.remote.peer); !allowed) co_return allowed.error();
  std::string token = token_of(request.auth);
  if (token.empty()) {
    co_return Error{"unauthenticated", "connect with auth: {token: <access token>}", "token"};
  }
  std::string shown = token;
  auto subject = co_await gate.authenticate(std::move(shown));
  if (!subject) co_return subject.error();
  subject->address = request.remote.peer.ip_text();
  const std::int64_t expires = end_of(gate, *subject, token);
  Caller caller{*subject, hub::DeviceId::kNone, {std::move(request.remote.host), request.remote.secure}};
  const auto client = std::make_shared<Client>(self, std::move(channel), std::move(caller), expires);
  auth::Subject person = std::move(*subject);
  const auto device = co_await gate.attach(std::move(person), *client);
  if (!device) co_return device.error();
  client->caller_.device = *device;
  if (client->ended_) co_return Error{"unauthenticated", "the session has ended", ""};
  --stats.refused;
  ++stats.accepted;
  std::shared_ptr<socketio::ClientHandler> handler = client;
  co_return handler;
}

void Clients::end_expired() {
  const std::int64_t now = unix_ms(clock());
  std::vector<std::shared_ptr<Client>> over;
  for (Client* client : all) {
    if (client->expires_at_ > 0 && now > client->expires_at_ + kExpiryGraceMs)
      over.push_back(client->shared_from_this());
  }
  for (const auto& client : over) client->end("token-expired", "the access token has expired");
}

void Clients::role_changed(std::string_view user_id, auth::ServerRole role) {
  for (Client* client : all) {
    if (client->caller_.subject.user_id == user_id) client->caller_.subject.role = role;
  }
}

void Clients::name_changed(std::string_view user_id, std::string_view name) {
  for (Client* client : all) {
    if (client->caller_.subject.user_id == user_id) client->caller_.subject.name = name;
  }
}

asio::awaitable<Result<std::int64_t, Error>> Clients::refresh(hub::DeviceId device, std::string token) {
  std::string shown = token;
  auto subject = co_await gate.authenticate(std::move(shown));
  if (!subject) co_return subject.error();
  for (Client* client : all) {
    if (client->caller_.device != device) continue;
    if (client->caller_.subject.user_id != subject->user_id) {
      co_return Error{"permission_denied", "the token belongs to somebody else", "token"};
    }
    client->expires_at_ = end_of(gate, *subject, token);
    subject->address = client->caller_.subject.address;
    client->caller_.subject = std::move(*subject);
    co_return gate.expiry_of(token);
  }
  co_return Error{"failed_precondition", "the connection is gone", ""};
}

// ---- Client ----

Client::Client(std::shared_ptr<Clients> clients, std::shared_ptr<socketio::Channel> channel, Caller caller,
               std::int64_t expires_at)
    : clients_(std::move(clients)), channel_(std::move(channel)), caller_(std::move(caller)), expires_at_(expires_at) {
  clients_->all.insert(this);
}

Client::~Client() {
  clients_->all.erase(this);
  // Only where the connection was gone before it was accepted; otherwise on_closed() has seen to it.
  if (caller_.device != hub::DeviceId::kNone) clients_->hub.detach(clients_->clock(), caller_.device);
}

void Client::on_open() {
  open_ = true;
  ++clients_->stats.connected;
  for (const hub::EventRef& event : std::exchange(early_, {})) send(event);
}

void Client::on_event(socketio::IncomingEvent event) {
  ++clients_->stats.events_in;
  if (pending_ >= clients_->dispatcher.limits().max_pending) {
    answer(event.ack, Error{"rate_limited", "too many events wait for their answers", "", 1});
    return;
  }
  ++pending_;
  asio::co_spawn(clients_->executor, carry_out(shared_from_this(), std::move(event)), asio::detached);
}

asio::awaitable<void> Client::carry_out(std::shared_ptr<Client> self, socketio::IncomingEvent event) {
  const std::string ack = event.ack;
  Caller caller = self->caller_;
  Result<json::value, Error> result = co_await self->clients_->dispatcher.dispatch(std::move(caller), std::move(event));
  --self->pending_;
  if (!result) ++self->clients_->stats.errors;
  self->answer(ack, std::move(result));
}

void Client::answer(std::string_view ack, Result<json::value, Error> result) {
  if (!channel_ || ack.empty()) return;
  json::array args;
  args.emplace_back(acknowledgement(std::move(result)));
  channel_->acknowledge(ack, args);
}

void Client::on_closed(std::string_view reason) {
  if (open_) --clients_->stats.connected;
  open_ = false;
  channel_.reset();
  early_.clear();
  // The hub may be in the middle of a delivery to this very client.
  const bool slow = reason == socketio::end_reason::kTooSlow;
  asio::post(clients_->executor, [self = shared_from_this(), slow] { self->detach(slow); });
}

void Client::detach(bool slow) {
  const hub::DeviceId device = std::exchange(caller_.device, hub::DeviceId::kNone);
  if (device == hub::DeviceId::kNone) return;
  if (slow) {
    clients_->hub.detach_slow(clients_->clock(), device);
  } else {
    clients_->hub.detach(clients_->clock(), device);
  }
}

void Client::deliver(const hub::EventRef& event) {
  if (open_) {
    send(event);
  } else if (early_.size() < kMaxEarly) {
    early_.push_back(event);
  }
}

void Client::send(const hub::EventRef& event) {
  // Shares the event's text, and keeps the event for as long as the text is under way.
  if (channel_) channel_->send(socketio::Payload(event, &event->payload(encoding_of(channel_->wire()))));
}

void Client::end(std::string_view reason_code, std::string_view message) {
  if (std::exchange(ended_, true)) return;
  // In a turn of its own: the hub goes on with its work.
  asio::post(clients_->executor,
             [self = shared_from_this(), code = std::string(reason_code), text = std::string(message)] {
               const std::shared_ptr<socketio::Channel> channel = self->channel_;
               if (!channel) {
                 self->detach(false);
                 return;
               }
               const bool resumable = code == hub::kEndSlow;
               if (resumable) {
                 channel->drop(code);
               } else {
                 channel->emit("session-ended", {json::object{{"code", code}, {"message", text}}});
                 channel->disconnect();
               }
             });
}

}  // namespace parley::signal::events
