#include <sys/socket.h>

#include <cerrno>
#include <string>
#include <vector>

#include "net/send_batch.h"
#include "net/sockaddr.h"
#include "net/udp_socket.h"
#include "unit/net/loop_fixture.h"

namespace parley::net {
namespace {

Address loopback(std::uint16_t port = 0) { return Address::v4(127, 0, 0, 1, port); }

std::vector<std::uint8_t> numbered(std::uint32_t number, std::size_t size) {
  std::vector<std::uint8_t> out(size, static_cast<std::uint8_t>(number));
  if (size >= 4) store_be<std::uint32_t>(out.data(), number);
  return out;
}

struct Receiver {
  explicit Receiver(const UdpOptions& options = {}, std::size_t max_packets = 4096)
      : pool(max_packets), socket(UdpSocket::bind(loopback(), options).value()) {}

  void watch(EventLoop& loop) {
    ASSERT_TRUE(loop.add(socket.fd(), EPOLLIN, [this](TimePoint, std::uint32_t) { read(); }));
  }
  void read() {
    socket.receive_batch(pool, drops, [this](PacketRef packet, const Address& from) {
      EXPECT_TRUE(packet.unique());
      got.emplace_back(packet.bytes().begin(), packet.bytes().end());
      sources.push_back(from);
      if (keep) kept.push_back(std::move(packet));
    });
  }
  [[nodiscard]] const Address& address() const { return socket.local_address(); }

  PacketPool pool;
  DropCounters drops;
  std::vector<PacketRef> kept;
  bool keep = false;
  UdpSocket socket;
  std::vector<std::vector<std::uint8_t>> got;
  std::vector<Address> sources;
};

class UdpTest : public LoopTest {
 protected:
  UdpTest() { receiver_.watch(loop_); }
  bool receive(std::size_t n) {
    return run_until([&] { return receiver_.got.size() >= n; });
  }

  UdpSocket sender_ = UdpSocket::bind(loopback()).value();
  DropCounters drops_;
  SendBatch batch_{sender_, drops_};
  Receiver receiver_;
};

TEST_F(UdpTest, PacketArrivesWithItsSource) {
  batch_.append(numbered(7, 100), receiver_.address());
  batch_.flush();
  ASSERT_TRUE(receive(1));
  EXPECT_EQ(receiver_.got[0], numbered(7, 100));
  EXPECT_EQ(receiver_.sources[0], sender_.local_address());
  EXPECT_EQ(batch_.stats().datagrams, 1U);
  EXPECT_EQ(batch_.stats().bytes, 100U);
  EXPECT_EQ(receiver_.socket.stats().datagrams, 1U);
}

TEST_F(UdpTest, BytesWrittenInPlaceAreSentUpToTheCommittedSize) {
  const ByteSpan slot = batch_.reserve();
  ASSERT_EQ(slot.size(), SendBatch::kMaxSlot);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(slot.data()) % 16, 0U);
  std::fill(slot.begin(), slot.end(), std::uint8_t{9});
  batch_.commit(33, receiver_.address());
  batch_.flush();
  ASSERT_TRUE(receive(1));
  EXPECT_EQ(receiver_.got[0], std::vector<std::uint8_t>(33, 9));
}

TEST_F(UdpTest, SlotGivenUpIsNotSent) {
  static_cast<void>(batch_.reserve());
  static_cast<void>(batch_.reserve());
  batch_.commit(0, receiver_.address());
  EXPECT_EQ(batch_.pending(), 0U);
  batch_.append(numbered(1, 20), receiver_.address());
  batch_.flush();
  ASSERT_TRUE(receive(1));
  EXPECT_EQ(receiver_.got[0], numbered(1, 20));
}

TEST_F(UdpTest, EqualPacketsOfOneDestinationLeaveInOneCall) {
  if (!batch_.gso_enabled()) GTEST_SKIP() << "no GSO in this kernel";
  for (std::uint32_t i = 0; i < 10; ++i) batch_.append(numbered(i, 1200), receiver_.address());
  batch_.append(numbered(10, 300), receiver_.address());  // a shorter last one still joins
  batch_.flush();
  ASSERT_TRUE(receive(11));
  for (std::uint32_t i = 0; i < 11; ++i) EXPECT_EQ(receiver_.got[i], numbered(i, i == 10 ? 300 : 1200));
  EXPECT_EQ(batch_.stats().gso_segments, 11U);
  EXPECT_EQ(batch_.stats().syscalls, 1U);
  EXPECT_EQ(batch_.stats().bytes, 10U * 1200 + 300);
  EXPECT_EQ(receiver_.socket.stats().gro_segments, receiver_.socket.gro_enabled() ? 11U : 0U);
}

TEST_F(UdpTest, SmallCoalescedSegmentsAreSplitRight) {
  // Many segments lie within the first packet's buffer, and their end runs into the scratch.
  for (std::uint32_t i = 0; i < 64; ++i) batch_.append(numbered(i, 101), receiver_.address());
  batch_.flush();
  ASSERT_TRUE(receive(64));
  for (std::uint32_t i = 0; i < 64; ++i) EXPECT_EQ(receiver_.got[i], numbered(i, 101));
}

TEST_F(UdpTest, LargerPacketBeginsANewGroupAndOrderHolds) {
  const std::vector<std::size_t> sizes = {500, 500, 200, 500, 700, 700, 100, 100};
  for (std::uint32_t i = 0; i < sizes.size(); ++i) batch_.append(numbered(i, sizes[i]), receiver_.address());
  batch_.flush();
  ASSERT_TRUE(receive(sizes.size()));
  for (std::uint32_t i = 0; i < sizes.size(); ++i) EXPECT_EQ(receiver_.got[i], numbered(i, sizes[i]));
}

TEST_F(UdpTest, MoreThanAGroupCanHoldIsSplitWithoutLoss) {
  for (std::uint32_t i = 0; i < 300; ++i) batch_.append(numbered(i, 1200), receiver_.address());
  batch_.flush();
  ASSERT_TRUE(receive(300));
  for (std::uint32_t i = 0; i < 300; ++i) ASSERT_EQ(load_be<std::uint32_t>(receiver_.got[i].data()), i);
}

TEST_F(UdpTest, InterleavedDestinationsAreGatheredInOrder) {
  Receiver second;
  second.watch(loop_);
  for (std::uint32_t i = 0; i < 40; ++i) {
    batch_.append(numbered(i, 1000), i % 2 == 0 ? receiver_.address() : second.address());
  }
  batch_.flush();
  ASSERT_TRUE(run_until([&] { return receiver_.got.size() >= 20 && second.got.size() >= 20; }));
  for (std::uint32_t i = 0; i < 20; ++i) {
    EXPECT_EQ(receiver_.got[i], numbered(2 * i, 1000));
    EXPECT_EQ(second.got[i], numbered(2 * i + 1, 1000));
  }
  EXPECT_EQ(batch_.stats().gso_segments, batch_.gso_enabled() ? 40U : 0U);
  EXPECT_LE(batch_.stats().syscalls, 1U);
}

TEST_F(UdpTest, WithoutGsoPacketsStillLeaveInOneCall) {
  batch_.disable_gso();
  for (std::uint32_t i = 0; i < 20; ++i) batch_.append(numbered(i, 1200), receiver_.address());
  batch_.flush();
  ASSERT_TRUE(receive(20));
  for (std::uint32_t i = 0; i < 20; ++i) EXPECT_EQ(receiver_.got[i], numbered(i, 1200));
  EXPECT_EQ(batch_.stats().syscalls, 1U);
  EXPECT_EQ(batch_.stats().gso_segments, 0U);
}

TEST_F(UdpTest, FullSlabFlushesByItself) {
  SendBatch small(sender_, drops_, 4 * SendBatch::kMaxSlot);
  for (std::uint32_t i = 0; i < 50; ++i) {
    const ByteSpan slot = small.reserve();
    ASSERT_EQ(slot.size(), SendBatch::kMaxSlot);
    store_be<std::uint32_t>(slot.data(), i);
    small.commit(1300, receiver_.address());
  }
  small.flush();
  ASSERT_TRUE(receive(50));
  for (std::uint32_t i = 0; i < 50; ++i) ASSERT_EQ(load_be<std::uint32_t>(receiver_.got[i].data()), i);
}

TEST_F(UdpTest, TableOfPacketsFullFlushesByItself) {
  for (std::uint32_t i = 0; i < 1500; ++i) batch_.append(numbered(i, 8), receiver_.address());
  EXPECT_LT(batch_.pending(), 1500U);
  batch_.flush();
  ASSERT_TRUE(receive(1500));
  for (std::uint32_t i = 0; i < 1500; ++i) ASSERT_EQ(load_be<std::uint32_t>(receiver_.got[i].data()), i);
}

TEST_F(UdpTest, RefusedDestinationCostsOnlyItsOwnPackets) {
  // Port 0 is refused by the kernel with EINVAL, in a joined send as in a single one.
  for (std::uint32_t i = 0; i < 3; ++i) batch_.append(numbered(i, 100), loopback(0));
  for (std::uint32_t i = 0; i < 3; ++i) batch_.append(numbered(i, 100), receiver_.address());
  batch_.flush();
  ASSERT_TRUE(receive(3));
  EXPECT_EQ(drops_.of(DropReason::kSendFailed), 3U);
  EXPECT_EQ(drops_.of(DropReason::kSendBufferFull), 0U);
  EXPECT_EQ(batch_.stats().datagrams, 3U);
}

TEST_F(UdpTest, GsoRefusedForOneDestinationStaysOnForTheOthers) {
  if (!batch_.gso_enabled()) GTEST_SKIP() << "no GSO in this kernel";
  batch_.append(numbered(0, 100), receiver_.address());
  batch_.append(numbered(1, 100), receiver_.address());
  batch_.flush();
  for (int round = 0; round < 100; ++round) {
    for (std::uint32_t i = 0; i < 2; ++i) batch_.append(numbered(i, 100), loopback(0));
    batch_.flush();
  }
  EXPECT_EQ(batch_.stats().gso_fallbacks, 100U);
  EXPECT_TRUE(batch_.gso_enabled());
}

TEST_F(UdpTest, GsoThatNeverWorkedIsGivenUp) {
  if (!batch_.gso_enabled()) GTEST_SKIP() << "no GSO in this kernel";
  for (int round = 0; round < 64; ++round) {
    for (std::uint32_t i = 0; i < 2; ++i) batch_.append(numbered(i, 100), loopback(0));
    batch_.flush();
  }
  EXPECT_FALSE(batch_.gso_enabled());
  batch_.append(numbered(3, 100), receiver_.address());
  batch_.append(numbered(4, 100), receiver_.address());
  batch_.flush();
  EXPECT_TRUE(receive(2));
}

// The kernel's answers, one per call; what is beyond them succeeds.
std::vector<int> g_answers;       // > 0: that many messages taken; < 0: refused with that errno
std::vector<std::size_t> g_sent;  // packets per message taken

int scripted_send(int /*fd*/, mmsghdr* messages, unsigned count, int /*flags*/) {
  int answer = static_cast<int>(count);
  if (!g_answers.empty()) {
    answer = g_answers.front();
    g_answers.erase(g_answers.begin());
  }
  if (answer < 0) {
    errno = -answer;
    return -1;
  }
  for (int i = 0; i < answer; ++i) g_sent.push_back(messages[i].msg_hdr.msg_iovlen);
  return answer;
}

struct Answers {
  std::string name;
  std::vector<int> answers;
  std::vector<std::size_t> sent;  // packets of each message that was taken
  std::uint64_t failed;
  std::uint64_t full;
  bool gso_after;
};
class SendAnswers : public ::testing::TestWithParam<Answers> {};

// Three destinations with two packets each.
TEST_P(SendAnswers, AreCountedPerPacketAndDoNotStopTheOthers) {
  const Answers& row = GetParam();
  const UdpSocket socket = UdpSocket::bind(loopback()).value();
  DropCounters drops;
  g_answers = row.answers;
  g_sent.clear();
  SendBatch batch(socket, drops, SendBatch::kDefaultSlab, scripted_send);
  if (!batch.gso_enabled()) GTEST_SKIP() << "no GSO in this kernel";
  for (std::uint32_t i = 0; i < 6; ++i) batch.append(numbered(i, 100), loopback(static_cast<std::uint16_t>(1 + i % 3)));
  batch.flush();
  EXPECT_EQ(g_sent, row.sent);
  EXPECT_EQ(drops.of(DropReason::kSendFailed), row.failed);
  EXPECT_EQ(drops.of(DropReason::kSendBufferFull), row.full);
  EXPECT_EQ(batch.stats().datagrams, 6 - row.failed - row.full);
  EXPECT_EQ(batch.gso_enabled(), row.gso_after);
  EXPECT_EQ(batch.pending(), 0U);
  EXPECT_TRUE(g_answers.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Kernel, SendAnswers,
    ::testing::Values(Answers{"TakesAll", {3}, {2, 2, 2}, 0, 0, true},
                      Answers{"TakesInParts", {1, 2}, {2, 2, 2}, 0, 0, true},
                      Answers{"Interrupted", {-EINTR, 3}, {2, 2, 2}, 0, 0, true},
                      Answers{"FullAtOnce", {-EAGAIN}, {}, 0, 6, true},
                      Answers{"FullInTheMiddle", {1, -EAGAIN}, {2}, 0, 4, true},
                      Answers{"DeviceQueueFull", {2, -ENOBUFS}, {2, 2}, 0, 2, true},
                      Answers{"OneUnreachable", {1, -ENETUNREACH, 1}, {2, 2}, 2, 0, true},
                      Answers{"FilterRefuses", {-EPERM, -EPERM, -EPERM}, {}, 6, 0, true},
                      Answers{"PathTooSmallForJoined", {1, -EINVAL, 2, 1}, {2, 1, 1, 2}, 0, 0, true},
                      Answers{"PathTooSmallForAny", {-EMSGSIZE, -EMSGSIZE, -EMSGSIZE, 2}, {2, 2}, 2, 0, true},
                      Answers{"NoChecksumOffload", {1, -EIO, 2, 2}, {2, 1, 1, 1, 1}, 0, 0, false},
                      Answers{"FullWhileRepeating", {1, -EINVAL, 1, -EAGAIN}, {2, 1}, 0, 3, true}),
    [](const auto& row) { return row.param.name; });

TEST_F(UdpTest, Ipv6DestinationOnAnIpv4SocketIsCounted) {
  batch_.append(numbered(0, 100), Address::parse("2001:db8::1", 9).value());
  EXPECT_EQ(batch_.pending(), 0U);
  EXPECT_EQ(drops_.of(DropReason::kSendFailed), 1U);
}

TEST_F(UdpTest, PacketLargerThanASlotIsCounted) {
  batch_.append(numbered(0, SendBatch::kMaxSlot + 1), receiver_.address());
  EXPECT_EQ(batch_.pending(), 0U);
  EXPECT_EQ(drops_.of(DropReason::kOversizeDatagram), 1U);
}

TEST_F(UdpTest, OversizeAndEmptyDatagramsAreCountedAndDropped) {
  SockAddr to{};
  const socklen_t length = to_sockaddr(receiver_.address(), AF_INET, to);
  const std::vector<std::uint8_t> large(kMaxPacketSize + 1);
  ASSERT_EQ(sendto(sender_.fd(), large.data(), large.size(), 0, &to.sa, length), static_cast<ssize_t>(large.size()));
  ASSERT_EQ(sendto(sender_.fd(), large.data(), 0, 0, &to.sa, length), 0);
  ASSERT_EQ(sendto(sender_.fd(), large.data(), kMaxPacketSize, 0, &to.sa, length),
            static_cast<ssize_t>(kMaxPacketSize));
  ASSERT_TRUE(receive(1));
  EXPECT_EQ(receiver_.got[0].size(), kMaxPacketSize);
  EXPECT_EQ(receiver_.drops.of(DropReason::kOversizeDatagram), 1U);
  EXPECT_EQ(receiver_.drops.of(DropReason::kEmptyDatagram), 1U);
}

TEST_F(UdpTest, ExhaustedPoolIsCountedAndTheSocketDrained) {
  Receiver poor({}, 1);
  poor.keep = true;
  for (std::uint32_t i = 0; i < 5; ++i) batch_.append(numbered(i, 1000), poor.address());
  batch_.append(numbered(5, 1100), poor.address());
  batch_.flush();
  poor.read();
  poor.read();
  EXPECT_EQ(poor.got.size(), 1U);
  EXPECT_EQ(poor.got[0], numbered(0, 1000));
  EXPECT_EQ(poor.drops.of(DropReason::kPoolExhausted), 5U);
  poor.kept.clear();
  batch_.append(numbered(6, 1000), poor.address());
  batch_.flush();
  poor.read();
  ASSERT_EQ(poor.got.size(), 2U);
  EXPECT_EQ(poor.got[1], numbered(6, 1000));
  EXPECT_EQ(poor.pool.in_use(), 1U);
}

TEST_F(UdpTest, WithoutGroEveryDatagramStillArrives) {
  Receiver plain({.gro = false});
  EXPECT_FALSE(plain.socket.gro_enabled());
  for (std::uint32_t i = 0; i < 100; ++i) batch_.append(numbered(i, 1200), plain.address());
  batch_.flush();
  while (plain.got.size() < 100) plain.read();
  for (std::uint32_t i = 0; i < 100; ++i) EXPECT_EQ(plain.got[i], numbered(i, 1200));
  EXPECT_EQ(plain.pool.in_use(), 0U);
}

TEST(UdpSocket, PortInUseNamesPortAndCause) {
  const auto first = UdpSocket::bind(loopback());
  ASSERT_TRUE(first);
  const std::uint16_t port = first->local_address().port;
  const auto second = UdpSocket::bind(loopback(port));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, "address_in_use");
  EXPECT_NE(second.error().message.find("UDP port " + std::to_string(port)), std::string::npos);
  EXPECT_NE(second.error().message.find("address in use"), std::string::npos);
}

TEST(UdpSocket, AddressOfNoInterfaceIsAnError) {
  const auto socket = UdpSocket::bind(Address::v4(192, 0, 2, 1, 0));
  ASSERT_FALSE(socket);
  EXPECT_EQ(socket.error().code, "bind_failed");
}

TEST_F(UdpTest, AnyAddressTakesBothFamilies) {
  UdpSocket any = UdpSocket::bind(Address{}).value();
  UdpSocket sender = UdpSocket::bind(Address{}).value();
  const std::uint16_t port = any.local_address().port;
  ASSERT_NE(port, 0U);
  std::vector<Address> hosts = {loopback()};
  if (any.family() == AF_INET6) hosts.push_back(Address::parse("::1", 0).value());
  SendBatch batch(sender, drops_);
  for (Address to : hosts) {
    to.port = port;
    batch.append(as_bytes("hello"), to);
  }
  batch.flush();
  PacketPool pool(64);
  std::vector<Address> sources;
  ASSERT_TRUE(loop_.add(any.fd(), EPOLLIN, [&](TimePoint, std::uint32_t) {
    any.receive_batch(pool, drops_, [&](PacketRef packet, const Address& from) {
      EXPECT_EQ(as_text(packet.bytes()), "hello");
      sources.push_back(from);
      sources.back().port = 0;
    });
  }));
  EXPECT_TRUE(run_until([&] { return sources.size() == hosts.size(); }));
  EXPECT_EQ(sources, hosts);
}

TEST(SockAddr, AddressSurvivesBothFamilies) {
  struct Row {
    const char* ip;
    int family;
    bool fits;
  };
  for (const Row& row : {Row{"192.0.2.7", AF_INET, true}, Row{"192.0.2.7", AF_INET6, true},
                         Row{"2001:db8::7", AF_INET6, true}, Row{"2001:db8::7", AF_INET, false}}) {
    const Address address = Address::parse(row.ip, 4711).value();
    SockAddr raw{};
    EXPECT_EQ(to_sockaddr(address, row.family, raw) != 0, row.fits) << row.ip;
    if (!row.fits) continue;
    EXPECT_EQ(from_sockaddr(raw, Protocol::kUdp), address) << row.ip;
  }
}

}  // namespace
}  // namespace parley::net
