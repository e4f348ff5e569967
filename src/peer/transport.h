// One WebRTC transport on the server's side: ICE-lite, DTLS, SRTP and data channels behind the three verbs of the
// sans-IO core. It knows bytes and protocols, not tracks: decrypted RTP and RTCP go to the caller in place.
//
//   handle_datagram ─► stun ─► ice ──────────► poll_transmit
//                   ─► dtls ─► keys, sctp ───► poll_transmit, poll_event
//                   ─► rtp, rtcp ─► unprotect in the caller's buffer ─► Received
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/address.h"
#include "base/bytes.h"
#include "base/drop_reason.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "dtls/transport.h"
#include "ice/lite_agent.h"
#include "sctp/association.h"
#include "srtp/session.h"

namespace parley::peer {

struct Config {
  ice::Credentials local;
  std::shared_ptr<const dtls::Certificate> certificate;
  ice::Config ice;
  Duration dtls_timeout = 20s;             // from the first ICE check to a finished handshake
  std::size_t max_message_size = 262'144;  // as a=max-message-size says
  std::size_t max_data_buffer = 4U << 20U;
  std::vector<sctp::ChannelConfig> channels;  // opened by us as soon as SCTP is up
  std::function<void()> wake;                 // see sctp::Association
};

struct Remote {
  ice::Credentials ice;
  dtls::Fingerprint fingerprint;
  dtls::Role local_role = dtls::Role::kServer;
};

enum class EndReason : std::uint8_t { kConsentExpired, kNeverConnected, kDtlsFailed, kDtlsClosed };

struct Connected {};  // media may flow both ways
struct Ended {
  EndReason reason = EndReason::kConsentExpired;
};
struct ChannelOpened {
  std::string label;
  bool by_peer = false;
};
struct DataMessage {
  std::string label;
  std::vector<std::uint8_t> payload;
};
using Event = std::variant<Connected, Ended, ChannelOpened, DataMessage>;

struct Transmit {
  Address to;
  std::vector<std::uint8_t> bytes;
};

struct Received {
  enum class Kind : std::uint8_t { kNone, kRtp, kRtcp } kind = Kind::kNone;
  std::size_t size = 0;                // of the decrypted packet
  bool address_authenticated = false;  // `from` proved itself by STUN: route its datagrams here from now on
};

class Transport {
 public:
  Transport(TimePoint now, Config config);
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  // The first call fixes fingerprint and DTLS role; later ones only renew ICE credentials.
  void set_remote(TimePoint now, const Remote& remote);
  // Accept checks for new local credentials as well (ICE restart).
  void restart_ice(ice::Credentials local);

  // STUN is routed here by ufrag, all else by an address that STUN authenticated. RTP and RTCP are decrypted in place.
  Result<Received> handle_datagram(TimePoint now, const Address& from, ByteSpan datagram);
  void handle_timeout(TimePoint now);
  [[nodiscard]] TimePoint deadline() const;
  [[nodiscard]] std::optional<Transmit> poll_transmit();
  [[nodiscard]] std::optional<Event> poll_event();
  // After Config::wake was called: collects what SCTP's timers produced.
  void collect();

  // In place; slot must have srtp::kMaxOverhead bytes of room. Errors: kSrtpNotReady.
  Result<std::size_t> protect_rtp(ByteSpan slot, std::size_t size);
  Result<std::size_t> protect_rtcp(ByteSpan slot, std::size_t size);
  // Errors: kSctpNotReady (no such channel yet), kDataBackpressure, kDataMessageTooLarge.
  Result<void> send_data(const std::string& label, ByteView payload);
  void forget_incoming_ssrc(Ssrc ssrc);
  void forget_outgoing_ssrc(Ssrc ssrc);
  // Sends close_notify; nothing else is sent after what poll_transmit still holds.
  void close();

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] std::optional<Address> remote_address() const { return ice_.selected(); }
  [[nodiscard]] const ice::LiteAgent& ice() const { return ice_; }

 private:
  Result<Received> handle_stun(TimePoint now, const Address& from, ByteView datagram);
  Result<Received> handle_dtls(TimePoint now, ByteView datagram);
  Result<Received> handle_media(TimePoint now, ByteSpan datagram, bool rtcp);
  void ensure_dtls(TimePoint now, dtls::Role role);
  void ensure_sctp();
  void pump(TimePoint now);
  void install_srtp();
  void pump_sctp();
  void on_sctp_event(sctp::Event event);
  void end(EndReason reason);

  Config config_;
  ice::LiteAgent ice_;
  std::optional<dtls::Transport> dtls_;
  dtls::Role dtls_role_ = dtls::Role::kServer;
  std::optional<dtls::Fingerprint> fingerprint_;
  std::optional<srtp::Sender> sender_;
  std::optional<srtp::Receiver> receiver_;
  std::unique_ptr<sctp::Association> sctp_;
  std::unordered_map<std::uint16_t, std::string> label_of_stream_;
  std::unordered_map<std::string, std::uint16_t> stream_of_label_;
  std::deque<Transmit> transmits_;
  std::deque<Event> events_;
  std::optional<DropReason> sctp_error_;  // of the datagram in hand
  TimePoint dtls_deadline_ = kNever;
  bool connected_ = false;
  bool ended_ = false;
};

}  // namespace parley::peer
