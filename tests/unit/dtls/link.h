// Two transports, or a transport and a plain OpenSSL client, on a link in virtual time.
#pragma once

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dtls/datagram_bio.h"
#include "dtls/native.h"
#include "dtls/transport.h"

namespace parley::dtls::testing {

using Bytes = std::vector<std::uint8_t>;
inline constexpr TimePoint kStart{1'000'000s};

inline std::shared_ptr<const Certificate> certificate(int which) {
  static const auto first = Certificate::generate().value();
  static const auto second = Certificate::generate().value();
  return which == 0 ? first : second;
}

// What happens to datagram number `index` (counted over both directions): how often and how late it arrives.
struct Fate {
  std::vector<Duration> arrivals = {10ms};
};

class Link {
 public:
  enum Side : std::uint8_t { kClientSide, kServerSide };

  Link() : client(certificate(0), Role::kClient), server(certificate(1), Role::kServer) {}

  void trust_each_other() {
    client.set_remote_fingerprint(certificate(1)->fingerprint());
    server.set_remote_fingerprint(certificate(0)->fingerprint());
  }
  void start() {
    server.start(now);
    client.start(now);
    collect();
  }
  // Until nothing is left to happen before `end`.
  void run_until(TimePoint end) {
    collect();
    while (true) {
      TimePoint next = soonest(client.deadline(), server.deadline());
      for (const Delivery& d : in_flight_) next = soonest(next, d.at);
      if (next > end) break;
      now = std::max(now, next);
      deliver_due();
      client.handle_timeout(now);
      server.handle_timeout(now);
      collect();
    }
    now = end;
  }
  void run_for(Duration span) { run_until(now + span); }
  [[nodiscard]] bool both_connected() const {
    return client.state() == State::kConnected && server.state() == State::kConnected;
  }
  void collect() {
    collect_from(client, kServerSide);
    collect_from(server, kClientSide);
  }

  Transport client;
  Transport server;
  TimePoint now = kStart;
  std::function<Fate(std::size_t index, Side to)> fate = [](std::size_t, Side) { return Fate{}; };
  std::vector<std::pair<Side, Bytes>> log;  // every datagram sent, by the side it goes to

 private:
  struct Delivery {
    TimePoint at;
    Side to;
    Bytes bytes;
  };

  void collect_from(Transport& from, Side to) {
    while (auto datagram = from.poll_transmit()) {
      for (const Duration delay : fate(log.size(), to).arrivals) in_flight_.push_back({now + delay, to, *datagram});
      log.emplace_back(to, std::move(*datagram));
    }
  }
  void deliver_due() {
    std::vector<Delivery> due;
    for (const Delivery& d : in_flight_) {
      if (d.at <= now) due.push_back(d);
    }
    std::erase_if(in_flight_, [this](const Delivery& d) { return d.at <= now; });
    std::stable_sort(due.begin(), due.end(), [](const Delivery& a, const Delivery& b) { return a.at < b.at; });
    for (const Delivery& d : due) (void)(d.to == kServerSide ? server : client).handle_datagram(now, d.bytes);
  }

  std::vector<Delivery> in_flight_;
};

struct RawClientParams {
  std::size_t mtu = 1200;
  std::string srtp_profiles = "SRTP_AEAD_AES_128_GCM";
  bool with_certificate = true;
  int max_version = DTLS1_2_VERSION;
  std::size_t hello_padding = 0;  // bytes of a private extension: what a post-quantum key share does to a ClientHello
};

// OpenSSL's own DTLS client, with settings that our transport does not have.
class RawClient final : DatagramBio::TimerListener {
 public:
  explicit RawClient(const RawClientParams& params) : padding_(params.hello_padding, 0x5a), bio_(*this) {
    context_.reset(SSL_CTX_new(DTLS_method()));
    SSL_CTX_set_options(context_.get(), SSL_OP_NO_QUERY_MTU);
    if (params.max_version != DTLS1_2_VERSION) SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_max_proto_version(context_.get(), params.max_version);
    if (!params.srtp_profiles.empty()) SSL_CTX_set_tlsext_use_srtp(context_.get(), params.srtp_profiles.c_str());
    if (params.with_certificate) {
      SSL_CTX_use_certificate(context_.get(), certificate(0)->native().certificate.get());
      SSL_CTX_use_PrivateKey(context_.get(), certificate(0)->native().key.get());
    }
    if (!padding_.empty()) {
      SSL_CTX_add_custom_ext(context_.get(), 0xFFCE, SSL_EXT_CLIENT_HELLO, &RawClient::add_padding, nullptr, this,
                             nullptr, nullptr);
    }
    ssl_.reset(SSL_new(context_.get()));
    BIO* both = bio_.make();
    SSL_set_bio(ssl_.get(), both, both);
    SSL_set_mtu(ssl_.get(), static_cast<long>(params.mtu));
    SSL_set_connect_state(ssl_.get());
  }
  void advance(ByteView datagram = {}) {
    bio_.feed(datagram);
    done_ = done_ || SSL_do_handshake(ssl_.get()) == 1;
    bio_.feed({});
    ERR_clear_error();
  }
  std::vector<Bytes> take() {
    std::vector<Bytes> out(bio_.outgoing().begin(), bio_.outgoing().end());
    bio_.outgoing().clear();
    return out;
  }
  // Exchanges everything, without loss, until nobody has anything to say.
  void converse(Transport& server) {
    advance();
    for (int round = 0; round < 10; ++round) {
      for (const Bytes& datagram : take()) (void)server.handle_datagram(kStart, datagram);
      while (auto datagram = server.poll_transmit()) advance(*datagram);
    }
  }
  [[nodiscard]] bool done() const { return done_; }

 private:
  void on_timer(timeval* /*next*/) override {}
  static int add_padding(SSL* /*ssl*/, unsigned int /*type*/, unsigned int /*context*/, const unsigned char** out,
                         std::size_t* size, X509* /*x*/, std::size_t /*chain*/, int* /*alert*/, void* arg) {
    const auto& self = *static_cast<RawClient*>(arg);
    *out = self.padding_.data();
    *size = self.padding_.size();
    return 1;
  }

  Bytes padding_;
  DatagramBio bio_;
  ContextPtr context_;
  SslPtr ssl_;
  bool done_ = false;
};

}  // namespace parley::dtls::testing
