// The client's half of a WebRTC transport, for tests and load: ICE controlling, DTLS client, SRTP, data channels.
// Sans-IO with the same verbs as peer::Transport.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/address.h"
#include "base/random.h"
#include "base/time.h"
#include "dtls/transport.h"
#include "ice/controlling_agent.h"
#include "sctp/association.h"
#include "srtp/session.h"

namespace parley::test {

struct ClientConfig {
  std::shared_ptr<const dtls::Certificate> certificate;
  ice::ControllingConfig ice;
  std::vector<std::string> channels;  // opened by us when SCTP is up
  std::function<void()> wake;
};

struct ClientRemote {  // the server's half, as its description says
  ice::Credentials credentials;
  std::vector<Address> candidates;
  dtls::Fingerprint fingerprint;
};

class ClientTransport {
 public:
  ClientTransport(TimePoint now, ClientConfig config, RandomSource& random);
  ~ClientTransport();

  [[nodiscard]] const ice::Credentials& credentials() const { return ice_.local(); }
  [[nodiscard]] const dtls::Fingerprint& fingerprint() const { return config_.certificate->fingerprint(); }
  void connect(TimePoint now, const ClientRemote& server);
  // ICE restart with new credentials; the server's come with connect_restarted.
  void restart(TimePoint now);
  void connect_restarted(TimePoint now, const ClientRemote& server);
  bool nominate(TimePoint now, const Address& address) { return ice_.nominate(now, address); }

  struct Packet {  // decrypted
    bool rtcp = false;
    std::vector<std::uint8_t> bytes;
  };
  struct Data {
    std::string label;
    std::vector<std::uint8_t> payload;
  };
  struct Transmit {
    Address to;
    std::vector<std::uint8_t> bytes;
  };

  void handle_datagram(TimePoint now, const Address& from, ByteSpan datagram);
  void handle_timeout(TimePoint now);
  [[nodiscard]] TimePoint deadline() const;
  [[nodiscard]] std::optional<Transmit> poll_transmit();
  [[nodiscard]] std::optional<Packet> poll_packet();
  [[nodiscard]] std::optional<Data> poll_data();
  void collect();  // after wake

  // False until connected().
  bool send_rtp(ByteView packet) { return seal(packet, false); }
  bool send_rtcp(ByteView packet) { return seal(packet, true); }
  bool send_data(const std::string& label, ByteView payload);
  // As if our SCTP had made it: inside DTLS, unchecked.
  void send_raw_sctp(ByteView packet);
  [[nodiscard]] bool connected() const { return sender_.has_value(); }
  [[nodiscard]] bool channel_open(const std::string& label) const { return stream_of_.contains(label); }
  [[nodiscard]] dtls::State dtls_state() const { return dtls_.state(); }
  [[nodiscard]] const ice::ControllingAgent& ice() const { return ice_; }
  [[nodiscard]] std::uint64_t rejected() const { return rejected_; }  // datagrams that did not authenticate

 private:
  bool seal(ByteView packet, bool rtcp);
  void pump(TimePoint now);
  void pump_sctp();

  ClientConfig config_;
  RandomSource& random_;
  ice::ControllingAgent ice_;
  dtls::Transport dtls_;
  bool dtls_started_ = false;
  std::optional<srtp::Sender> sender_;
  std::optional<srtp::Receiver> receiver_;
  std::unique_ptr<sctp::Association> sctp_;
  std::unordered_map<std::string, std::uint16_t> stream_of_;
  std::unordered_map<std::uint16_t, std::string> label_of_;
  std::deque<Transmit> transmits_;
  std::deque<Packet> packets_;
  std::deque<Data> data_;
  std::uint64_t rejected_ = 0;
};

}  // namespace parley::test
