#include "signal/events/server.h"

#include <boost/asio/steady_timer.hpp>
#include <utility>

#include "chat/service.h"
#include "signal/events/tables.h"

namespace parley::signal::events {

namespace asio = boost::asio;

namespace {

constexpr std::string_view kSocketIoPath = "/socket.io";
constexpr std::string_view kJsonPath = "/ws";
constexpr Duration kExpiryInterval = 15s;

Gate gate_of(const Services& services) {
  Gate gate;
  gate.authenticate = [&authenticator = services.authenticator](std::string token) {
    return authenticator.authenticate(std::move(token));
  };
  gate.attach = [&chat = services.chat](auth::Subject subject, hub::Device& device) {
    return chat.rooms().connect(std::move(subject), device);
  };
  gate.expiry_of = [](std::string_view token) { return auth::Authenticator::expiry_of(token); };
  return gate;
}

}  // namespace

struct Server::Impl final : auth::AccountListener {
  Impl(const asio::any_io_executor& executor, ServerConfig c, Services s, RandomSource& random)
      : config(std::move(c)),
        services(s),
        presence{s.chat, s.hub, config.clock},
        dispatcher(config.limits, config.clock),
        clients(std::make_shared<Clients>(executor, gate_of(s), s.hub, dispatcher, config.clock)),
        sockets(executor, {{config.engine, config.max_connections, config.clock}, config.socket}, random),
        frames(executor, json_config(), random, connector()),
        timer(executor) {
    add_room_events(dispatcher, s.chat);
    add_chat_events(dispatcher, s.chat);
    add_presence_events(dispatcher, presence);
    add_call_events(dispatcher, s.calls);
    add_in_call_events(dispatcher, s.calls);
    add_connection_events(dispatcher, *clients);
    sockets.add_namespace("/", connector());
    services.accounts.add_listener(this);
    watch_expiry();
  }
  ~Impl() override { services.accounts.remove_listener(this); }

  [[nodiscard]] socketio::JsonServerConfig json_config() const {
    socketio::JsonServerConfig out = config.json;
    out.max_sessions = config.max_connections;
    return out;
  }
  [[nodiscard]] socketio::Connector connector() const {
    return [shared = clients](socketio::ConnectRequest request, std::shared_ptr<socketio::Channel> channel) {
      return shared->connect(std::move(request), std::move(channel));
    };
  }

  void watch_expiry() {
    timer.expires_after(kExpiryInterval);
    timer.async_wait([this](boost::system::error_code ec) {
      if (ec) return;
      clients->end_expired();
      watch_expiry();
    });
  }

  // ---- auth::AccountListener ----
  void on_session_ended(std::string_view user_id, std::string_view session_id, std::string_view reason) override {
    services.hub.end_sessions(user_id, session_id, hub::kEndSessionRevoked, reason);
  }
  void on_user_ended(std::string_view user_id, std::string_view reason) override {
    services.hub.end_sessions(user_id, {}, hub::kEndSessionRevoked, reason);
  }
  void on_role_changed(std::string_view user_id, auth::ServerRole role) override {
    clients->role_changed(user_id, role);
  }
  void on_profile_changed(const store::User& user) override { clients->name_changed(user.id, user.name); }

  ServerConfig config;
  Services services;
  PresenceParts presence;
  Dispatcher dispatcher;
  std::shared_ptr<Clients> clients;
  socketio::SocketIoServer sockets;
  socketio::JsonServer frames;
  asio::steady_timer timer;
};

Server::Server(asio::any_io_executor executor, ServerConfig config, Services services, RandomSource& random)
    : impl_(std::make_unique<Impl>(executor, std::move(config), services, random)) {}

Server::~Server() = default;

void Server::mount(http::Router& router) {
  impl_->sockets.mount(router, kSocketIoPath);
  impl_->frames.mount(router, kJsonPath);
}

void Server::close_all(std::string_view reason) { impl_->sockets.close_all(reason); }

ServerStats Server::stats() const { return {impl_->sockets.stats(), impl_->frames.stats(), impl_->clients->stats}; }

std::vector<std::string> Server::event_names() const { return impl_->dispatcher.names(); }

}  // namespace parley::signal::events
