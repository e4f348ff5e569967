// Two associations back to back in virtual time.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sctp/association.h"

namespace parley::sctp {

// One end, and everything it has reported.
struct End {
  explicit End(const Config& config) : association(std::make_unique<Association>(config, [this] { ++wakes; })) {}

  void collect() {
    while (auto event = association->poll_event()) {
      if (std::holds_alternative<Connected>(*event)) connected = true;
      if (std::holds_alternative<Closed>(*event)) ++closed;
      if (auto* opened = std::get_if<ChannelOpened>(&*event)) channels.push_back(*opened);
      if (auto* gone = std::get_if<ChannelClosed>(&*event)) closed_channels.push_back(gone->stream);
      if (auto* message = std::get_if<Message>(&*event)) messages.push_back(std::move(*message));
    }
  }
  [[nodiscard]] std::vector<std::string> texts(std::uint16_t stream) const {
    std::vector<std::string> out;
    for (const Message& m : messages) {
      if (m.stream == stream) out.emplace_back(m.payload.begin(), m.payload.end());
    }
    return out;
  }
  Result<void> say(std::uint16_t stream, std::string_view text) {
    return association->send(stream, as_bytes(text), false);
  }

  int wakes = 0;
  bool connected = false;
  int closed = 0;
  std::vector<ChannelOpened> channels;
  std::vector<std::uint16_t> closed_channels;
  std::vector<Message> messages;
  std::vector<DropReason> complaints;
  std::unique_ptr<Association> association;
};

class Pipe {
 public:
  using Filter = std::function<bool(std::size_t index)>;  // false: the packet is lost

  explicit Pipe(const Config& of_client = {}, const Config& of_server = {})
      : client(as_client(of_client)), server(of_server) {}

  void connect() {
    client.association->connect();
    server.association->connect();
  }
  // Carries packets until both are silent, then lets time pass, `turns` times.
  void run(int turns = 1) {
    for (int i = 0; i < turns; ++i) {
      carry_all();
      now += Stack::kTimerInterval;
      Stack::handle_timers(now);
    }
    carry_all();
    client.collect();
    server.collect();
  }
  // False: it did not become true within a minute of virtual time.
  bool run_until(const std::function<bool()>& done) {
    for (int i = 0; i < 6000 && !done(); ++i) run();
    return done();
  }
  void up() {
    connect();
    ASSERT_TRUE(run_until([&] { return client.connected && server.connected; }));
  }
  // A channel that both ends know.
  std::uint16_t open(End& from, const ChannelConfig& config = {}) {
    End& to = &from == &client ? server : client;
    const std::size_t before = to.channels.size();
    const auto stream = from.association->open_channel(config);
    EXPECT_TRUE(stream);
    EXPECT_TRUE(run_until([&] { return to.channels.size() > before; }));
    return stream.value();
  }

  End client;
  End server;
  Filter filter;
  std::size_t packets = 0;
  std::size_t largest = 0;
  TimePoint now{};

 private:
  static Config as_client(Config config) {
    config.dtls_client = true;
    return config;
  }
  void carry_all() {
    for (bool any = true; any;) {
      any = carry(client, server);
      any = carry(server, client) || any;
    }
  }
  bool carry(End& from, End& to) {
    bool any = false;
    while (auto packet = from.association->poll_transmit()) {
      any = true;
      largest = std::max(largest, packet->size());
      if (filter && !filter(packets++)) continue;
      const auto handled = to.association->handle_packet(*packet);
      if (!handled) to.complaints.push_back(handled.error());
    }
    return any;
  }
};

}  // namespace parley::sctp
