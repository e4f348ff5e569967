#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <optional>
#include <thread>
#include <vector>

#include "net/sockaddr.h"
#include "net/tcp_connection.h"
#include "net/tcp_framing.h"
#include "net/tcp_listener.h"
#include "unit/net/loop_fixture.h"

namespace parley::net {
namespace {

using Bytes = std::vector<std::uint8_t>;

Address loopback() { return Address::v4(127, 0, 0, 1, 0); }

Bytes framed(std::initializer_list<Bytes> packets) {
  Bytes out;
  for (const Bytes& packet : packets) {
    const auto header = tcp_frame_header(packet.size());
    out.insert(out.end(), header.begin(), header.end());
    out.insert(out.end(), packet.begin(), packet.end());
  }
  return out;
}

// A blocking client, as simple as the kernel lets it be.
class Client {
 public:
  explicit Client(const Address& server) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    SockAddr to{};
    const socklen_t length = to_sockaddr(server, AF_INET, to);
    EXPECT_EQ(connect(fd_.get(), &to.sa, length), 0);
  }
  void send(const Bytes& bytes) const {
    EXPECT_EQ(::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }
  [[nodiscard]] Bytes receive(std::size_t n) const {
    Bytes out(n);
    EXPECT_EQ(recv(fd_.get(), out.data(), n, MSG_WAITALL), static_cast<ssize_t>(n));
    return out;
  }
  [[nodiscard]] bool server_closed() const {
    std::uint8_t byte = 0;
    return recv(fd_.get(), &byte, 1, 0) <= 0;
  }
  void close() { fd_.reset(); }
  [[nodiscard]] int fd() const { return fd_.get(); }

 private:
  UniqueFd fd_;
};

class TcpTest : public LoopTest {
 protected:
  void listen(TcpLimits limits = {}) {
    listener_ = TcpListener::listen(loop_, loopback(), limits, [this](TimePoint, ByteView first, TcpHandover handover) {
                  firsts_.emplace_back(first.begin(), first.end());
                  handovers_.push_back(std::move(handover));
                }).value();
  }
  TcpConnection& adopt(EventLoop& loop, Duration idle = 30s) {
    TcpConnection::Handlers handlers;
    handlers.on_packet = [this](TimePoint, ByteView packet) { packets_.emplace_back(packet.begin(), packet.end()); };
    handlers.on_close = [this](TimePoint, TcpCloseReason reason) { closed_ = reason; };
    connection_ = std::make_unique<TcpConnection>(loop, std::move(handovers_.at(0)), now(), idle, std::move(handlers));
    return *connection_;
  }
  // A connection that has sent `first` and lives in loop_ by now.
  TcpConnection& connect(Client& client, const Bytes& first, Duration idle = 30s) {
    client.send(framed({first}));
    EXPECT_TRUE(run_until([&] { return !handovers_.empty(); }));
    return adopt(loop_, idle);
  }

  std::unique_ptr<TcpListener> listener_;
  std::vector<Bytes> firsts_;
  std::vector<TcpHandover> handovers_;
  std::unique_ptr<TcpConnection> connection_;
  std::vector<Bytes> packets_;
  std::optional<TcpCloseReason> closed_;
};

TEST_F(TcpTest, FirstPacketAndWhatFollowsItReachTheNewOwner) {
  listen();
  const Client client(listener_->local_address());
  client.send(framed({{1, 2, 3}, {4, 5}, {6}}));
  ASSERT_TRUE(run_until([&] { return !handovers_.empty(); }));
  EXPECT_EQ(firsts_.at(0), (Bytes{1, 2, 3}));
  EXPECT_EQ(handovers_[0].unread, framed({{1, 2, 3}, {4, 5}, {6}}));
  EXPECT_EQ(handovers_[0].peer.protocol, Protocol::kTcp);
  EXPECT_EQ(listener_->waiting(), 0U);
  adopt(loop_);
  EXPECT_TRUE(packets_.empty());
  ASSERT_TRUE(run_until([&] { return packets_.size() == 3; }));
  EXPECT_EQ(packets_, (std::vector<Bytes>{{1, 2, 3}, {4, 5}, {6}}));
  client.send(framed({{7}}));
  ASSERT_TRUE(run_until([&] { return packets_.size() == 4; }));
  EXPECT_EQ(connection_->stats().frames_in, 4U);
}

TEST_F(TcpTest, FrameInPiecesWaitsForItsEnd) {
  listen();
  const Client client(listener_->local_address());
  client.send({0});
  ASSERT_TRUE(run_until([&] { return listener_->waiting() == 1; }));
  client.send({3, 9});
  loop_.turn(now());
  EXPECT_TRUE(handovers_.empty());
  client.send({8, 7});
  ASSERT_TRUE(run_until([&] { return !handovers_.empty(); }));
  EXPECT_EQ(firsts_.at(0), (Bytes{9, 8, 7}));
}

TEST_F(TcpTest, ConnectionMovesToALoopOfAnotherThread) {
  listen();
  const Client client(listener_->local_address());
  client.send(framed({{1}}));
  ASSERT_TRUE(run_until([&] { return !handovers_.empty(); }));
  std::thread shard([this] {
    EventLoop loop;
    adopt(loop);
    loop.run([] { return kNever; },
             [&](TimePoint) {
               if (packets_.size() == 2) loop.stop();
             });
    EXPECT_TRUE(connection_->send(Bytes{42}));
    connection_.reset();
  });
  client.send(framed({{2}}));
  EXPECT_EQ(client.receive(3), framed({{42}}));
  shard.join();
  EXPECT_EQ(packets_, (std::vector<Bytes>{{1}, {2}}));
  EXPECT_TRUE(client.server_closed());
  EXPECT_EQ(listener_->open_connections(), 0U);
}

TEST_F(TcpTest, PacketsAreFramedOnTheWayOut) {
  listen();
  Client client(listener_->local_address());
  TcpConnection& connection = connect(client, {1});
  ASSERT_TRUE(connection.send(Bytes(1200, 5)));
  ASSERT_TRUE(connection.send(Bytes{6}));
  EXPECT_EQ(client.receive(2 + 1200 + 2 + 1), framed({Bytes(1200, 5), {6}}));
  EXPECT_EQ(connection.stats().frames_out, 2U);
}

TEST_F(TcpTest, ReaderThatStopsMeetsABoundedQueueAndLosesNothingAccepted) {
  listen();
  Client client(listener_->local_address());
  TcpConnection& connection = connect(client, {1});
  std::uint32_t accepted = 0;
  Bytes packet(1400);
  for (;; ++accepted) {
    store_be<std::uint32_t>(packet.data(), accepted);
    const auto sent = connection.send(packet);
    if (sent) continue;
    EXPECT_EQ(sent.error(), DropReason::kTcpBackpressure);
    break;
  }
  EXPECT_LE(connection.queued_bytes(), TcpConnection::kMaxQueue);
  EXPECT_GT(connection.queued_bytes(), TcpConnection::kMaxQueue - 1402);
  std::thread reader([&] {
    for (std::uint32_t i = 0; i < accepted; ++i) {
      const Bytes frame = client.receive(1402);
      ASSERT_EQ(load_be<std::uint32_t>(frame.data() + 2), i);
    }
  });
  EXPECT_TRUE(run_until([&] { return connection.queued_bytes() == 0; }));
  reader.join();
  EXPECT_TRUE(connection.send(packet));
}

TEST_F(TcpTest, PacketTooLargeIsRefused) {
  listen();
  Client client(listener_->local_address());
  TcpConnection& connection = connect(client, {1});
  EXPECT_EQ(connection.send(Bytes(kMaxPacketSize + 1)).error(), DropReason::kOversizeDatagram);
}

TEST_F(TcpTest, PeerThatClosesIsReportedAfterItsLastPacket) {
  listen();
  Client client(listener_->local_address());
  TcpConnection& connection = connect(client, {1});
  client.send(framed({{2}}));
  client.close();
  ASSERT_TRUE(run_until([&] { return closed_.has_value(); }));
  EXPECT_EQ(closed_, TcpCloseReason::kPeerClosed);
  EXPECT_EQ(packets_, (std::vector<Bytes>{{1}, {2}}));
  EXPECT_FALSE(connection.open());
  EXPECT_EQ(connection.send(Bytes{1}).error(), DropReason::kSendFailed);
  EXPECT_EQ(connection.deadline(), kNever);
  EXPECT_EQ(listener_->open_connections(), 0U);
}

TEST_F(TcpTest, PeerThatResetsIsReported) {
  listen();
  Client client(listener_->local_address());
  connect(client, {1});
  ASSERT_TRUE(run_until([&] { return packets_.size() == 1; }));
  const linger now_abort{1, 0};
  setsockopt(client.fd(), SOL_SOCKET, SO_LINGER, &now_abort, sizeof now_abort);
  client.close();
  ASSERT_TRUE(run_until([&] { return closed_.has_value(); }));
  EXPECT_EQ(closed_, TcpCloseReason::kError);
}

TEST_F(TcpTest, MalformedFrameClosesTheConnection) {
  listen();
  Client client(listener_->local_address());
  connect(client, {1});
  client.send({0xff, 0xff, 0});
  ASSERT_TRUE(run_until([&] { return closed_.has_value(); }));
  EXPECT_EQ(closed_, TcpCloseReason::kMalformedFrame);
  EXPECT_TRUE(client.server_closed());
}

TEST_F(TcpTest, SilentConnectionClosesAtItsDeadline) {
  listen();
  Client client(listener_->local_address());
  TcpConnection& connection = connect(client, {1}, 5s);
  const TimePoint deadline = connection.deadline();
  connection.handle_timeout(deadline - 1us);
  EXPECT_TRUE(connection.open());
  connection.handle_timeout(deadline);
  EXPECT_EQ(closed_, TcpCloseReason::kIdle);
  EXPECT_TRUE(client.server_closed());
}

TEST_F(TcpTest, ReceivingMovesTheDeadline) {
  listen();
  Client client(listener_->local_address());
  TcpConnection& connection = connect(client, {1}, 5s);
  const TimePoint before = connection.deadline();
  client.send(framed({{2}}));
  ASSERT_TRUE(run_until([&] { return packets_.size() == 2; }));
  EXPECT_GT(connection.deadline(), before);
}

TEST_F(TcpTest, HandlerMayDestroyItsConnection) {
  listen();
  Client client(listener_->local_address());
  client.send(framed({{1}, {2}}));
  ASSERT_TRUE(run_until([&] { return !handovers_.empty(); }));
  int calls = 0;
  TcpConnection::Handlers handlers;
  handlers.on_packet = [&](TimePoint, ByteView packet) {
    ++calls;
    connection_.reset();
    EXPECT_EQ(packet[0], 1);  // the view still stands
  };
  connection_ = std::make_unique<TcpConnection>(loop_, std::move(handovers_[0]), now(), 5s, std::move(handlers));
  EXPECT_TRUE(run_until([&] { return calls != 0; }));
  EXPECT_EQ(calls, 1);
  EXPECT_TRUE(client.server_closed());
}

TEST_F(TcpTest, HandoverLongerThanTheBufferIsDeliveredWhole) {
  listen();
  Client client(listener_->local_address());
  client.send(framed({{1}}));
  ASSERT_TRUE(run_until([&] { return !handovers_.empty(); }));
  handovers_[0].unread.clear();
  for (int i = 0; i < 40; ++i) {
    const Bytes frame = framed({Bytes(1000, static_cast<std::uint8_t>(i))});
    handovers_[0].unread.insert(handovers_[0].unread.end(), frame.begin(), frame.end());
  }
  adopt(loop_);
  ASSERT_TRUE(run_until([&] { return packets_.size() == 40; }));
  for (int i = 0; i < 40; ++i) EXPECT_EQ(packets_[i], Bytes(1000, static_cast<std::uint8_t>(i)));
}

TEST_F(TcpTest, ConnectionSilentFromTheStartIsDroppedInTime) {
  listen();
  const Client client(listener_->local_address());
  ASSERT_TRUE(run_until([&] { return listener_->waiting() == 1; }));
  const TimePoint deadline = listener_->deadline();
  listener_->handle_timeout(deadline - 1us);
  EXPECT_EQ(listener_->waiting(), 1U);
  listener_->handle_timeout(deadline);
  EXPECT_EQ(listener_->waiting(), 0U);
  EXPECT_EQ(listener_->stats().closed_waiting, 1U);
  EXPECT_EQ(listener_->open_connections(), 0U);
  EXPECT_EQ(listener_->deadline(), kNever);
  EXPECT_TRUE(client.server_closed());
}

TEST_F(TcpTest, ConnectionsOverTheLimitOfOneAddressAreRefused) {
  listen({.max_connections = 10, .max_per_ip = 2});
  const Client one(listener_->local_address());
  Client two(listener_->local_address());
  const Client three(listener_->local_address());
  ASSERT_TRUE(run_until([&] { return listener_->stats().refused_limit == 1; }));
  EXPECT_EQ(listener_->waiting(), 2U);
  EXPECT_TRUE(three.server_closed());
  two.close();
  ASSERT_TRUE(run_until([&] { return listener_->waiting() == 1; }));
  const Client four(listener_->local_address());
  EXPECT_TRUE(run_until([&] { return listener_->waiting() == 2; }));
}

TEST_F(TcpTest, HandedOverConnectionsCountTowardsTheLimit) {
  listen({.max_connections = 1, .max_per_ip = 10});
  Client one(listener_->local_address());
  connect(one, {1});
  const Client two(listener_->local_address());
  ASSERT_TRUE(run_until([&] { return listener_->stats().refused_limit == 1; }));
  connection_.reset();
  const Client three(listener_->local_address());
  EXPECT_TRUE(run_until([&] { return listener_->waiting() == 1; }));
}

TEST_F(TcpTest, OutOfDescriptorsRefusesInsteadOfSpinning) {
  listen();
  const Client client(listener_->local_address());
  rlimit old{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &old), 0);
  const UniqueFd probe(dup(client.fd()));
  // The lowest free number: nothing above may be opened.
  const rlimit tight{static_cast<rlim_t>(probe.get()) + 1, old.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &tight), 0);
  const bool refused = run_until([&] { return listener_->stats().refused_limit == 1; });
  setrlimit(RLIMIT_NOFILE, &old);
  EXPECT_TRUE(refused);
  EXPECT_TRUE(client.server_closed());
  const Client next(listener_->local_address());
  EXPECT_TRUE(run_until([&] { return listener_->waiting() == 1; }));
}

TEST_F(TcpTest, PortInUseNamesThePort) {
  listen();
  Address taken = listener_->local_address();
  taken.protocol = Protocol::kUdp;  // corrected inside
  const auto second = TcpListener::listen(loop_, taken, {}, [](TimePoint, ByteView, TcpHandover) {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "address_in_use");
  EXPECT_NE(second.error().message.find("TCP port " + std::to_string(taken.port)), std::string::npos);
}

TEST(ConnectionQuota, Ipv6NeighboursOfOneSiteShareTheirPlaces) {
  const auto quota = ConnectionQuota::create({.max_connections = 10, .max_per_ip = 1});
  const auto first = quota->take(Address::parse("2001:db8:0:1::1", 1).value());
  EXPECT_TRUE(first);
  EXPECT_FALSE(quota->take(Address::parse("2001:db8:0:1:ffff::2", 2).value()));
  EXPECT_TRUE(quota->take(Address::parse("2001:db8:0:2::1", 1).value()));
  EXPECT_EQ(quota->open(), 1U);  // the last ticket is gone already
}

TEST(ConnectionQuota, MovedTicketIsGivenBackOnce) {
  const auto quota = ConnectionQuota::create({});
  {
    auto first = quota->take(loopback());
    ConnectionQuota::Ticket moved = std::move(*first);
    ConnectionQuota::Ticket assigned;
    assigned = std::move(moved);
    EXPECT_EQ(quota->open(), 1U);
  }
  EXPECT_EQ(quota->open(), 0U);
}

}  // namespace
}  // namespace parley::net
