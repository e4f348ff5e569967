#include "sdp/candidate.h"

#include <gtest/gtest.h>

#include <string>

namespace parley::sdp {
namespace {

TEST(CandidateTest, LinesOfClientsSurviveParseAndPrint) {
  const char* const rows[] = {
      "candidate:554156447 1 udp 2122194687 192.0.2.2 46968 typ host generation 0 network-id 1",
      "candidate:645246255 1 udp 2122265343 fd00::2 45501 typ host ufrag Uz/J network-id 2 network-cost 10",
      "candidate:3 1 udp 1685987071 203.0.113.9 61000 typ srflx raddr 192.0.2.2 rport 46968 generation 0",
      "candidate:4 1 tcp 1518280447 192.0.2.2 9 typ host tcptype active generation 0",
      "candidate:5 2 tcp 1518214911 192.0.2.2 7881 typ host tcptype passive",
      "candidate:6 1 tcp 1518214911 192.0.2.2 7881 typ host tcptype so",
      "candidate:0 1 udp 2122187007 5f3c1a2b-aaaa-4bbb-8ccc-0123456789ab.local 49203 typ host",
      "candidate:a+/9 1 udp 41885439 198.51.100.7 3478 typ relay raddr 0.0.0.0 rport 0",
      "candidate:7 256 udp 0 192.0.2.2 65535 typ prflx",
  };
  for (const char* row : rows) {
    const auto candidate = parse_candidate(row);
    ASSERT_TRUE(candidate.has_value()) << row << ": " << candidate.error().message;
    EXPECT_EQ(print_candidate(*candidate), row);
  }
}

TEST(CandidateTest, FieldsAreReadFromTheirPlaces) {
  const auto candidate = parse_candidate(
      "a=candidate:42 2 TCP 1518280447 2001:db8::1 443 typ RELAY raddr 192.0.2.1 rport 50 tcptype passive ufrag ab12");
  ASSERT_TRUE(candidate.has_value()) << candidate.error().message;
  EXPECT_EQ(candidate->foundation, "42");
  EXPECT_EQ(candidate->component, 2);
  EXPECT_EQ(candidate->transport, Protocol::kTcp);
  EXPECT_EQ(candidate->priority, 1518280447U);
  EXPECT_EQ(candidate->address, "2001:db8::1");
  EXPECT_EQ(candidate->port, 443);
  EXPECT_EQ(candidate->type, CandidateType::kRelay);
  EXPECT_EQ(candidate->related_address, "192.0.2.1");
  EXPECT_EQ(candidate->related_port, 50);
  EXPECT_EQ(candidate->tcp_type, TcpType::kPassive);
  EXPECT_EQ(candidate->extension("ufrag"), "ab12");
  EXPECT_EQ(candidate->extension("generation"), std::nullopt);
  ASSERT_TRUE(candidate->endpoint().has_value());
  EXPECT_EQ(candidate->endpoint()->protocol, Protocol::kTcp);
  EXPECT_EQ(candidate->endpoint()->port, 443);
}

TEST(CandidateTest, BareValueWithoutPrefixIsAccepted) {
  EXPECT_TRUE(parse_candidate("1 1 udp 1 192.0.2.1 9 typ host").has_value());
}

TEST(CandidateTest, NameUnderLocalIsMdnsAndHasNoEndpoint) {
  const auto name = parse_candidate("candidate:1 1 udp 1 abc.LOCAL 9 typ host");
  ASSERT_TRUE(name.has_value());
  EXPECT_TRUE(name->is_mdns());
  EXPECT_FALSE(name->endpoint().has_value());
  const auto address = parse_candidate("candidate:1 1 udp 1 192.0.2.1 9 typ host");
  ASSERT_TRUE(address.has_value());
  EXPECT_FALSE(address->is_mdns());
}

struct BadRow {
  const char* line;
  const char* code;
  const char* field;
};

TEST(CandidateTest, UnreadableLineNamesItsField) {
  const BadRow rows[] = {
      {"", "candidate_malformed", "foundation"},
      {"candidate:", "candidate_malformed", "foundation"},
      {"candidate:1", "candidate_malformed", "component"},
      {"candidate:1 0 udp 1 192.0.2.1 9 typ host", "candidate_malformed", "component"},
      {"candidate:1 257 udp 1 192.0.2.1 9 typ host", "candidate_malformed", "component"},
      {"candidate:1 1 udp -1 192.0.2.1 9 typ host", "candidate_malformed", "priority"},
      {"candidate:1 1 udp 4294967296 192.0.2.1 9 typ host", "candidate_malformed", "priority"},
      {"candidate:1 1 udp 1 192.0.2.1;x 9 typ host", "candidate_malformed", "address"},
      {"candidate:1 1 udp 1 192.0.2.1 65536 typ host", "candidate_malformed", "port"},
      {"candidate:1 1 udp 1 192.0.2.1 9 type host", "candidate_malformed", "typ"},
      {"candidate:1 1 udp 1 192.0.2.1 9 typ", "candidate_malformed", "typ"},
      {"candidate:1 1 udp 1 192.0.2.1 9 typ host rport", "candidate_malformed", "rport"},
      {"candidate:1 1 udp 1 192.0.2.1 9 typ host rport 70000", "candidate_malformed", "rport"},
      {"candidate:1 1 udp 1 192.0.2.1 9 typ host generation", "candidate_malformed", "extension"},
      {"candidate:1 1 udp 1 192.0.2.1 9 typ host a b\x01", "candidate_malformed", "line"},
      {"candidate:1 1 udp 1 192.0.2.1 9 typ moon", "candidate_unsupported", "typ"},
      {"candidate:1 1 sctp 1 192.0.2.1 9 typ host", "candidate_unsupported", "transport"},
      {"candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype odd", "candidate_unsupported", "tcptype"},
  };
  for (const auto& row : rows) {
    const auto candidate = parse_candidate(row.line);
    ASSERT_FALSE(candidate.has_value()) << row.line;
    EXPECT_EQ(candidate.error().code, row.code) << row.line;
    EXPECT_EQ(candidate.error().field, row.field) << row.line;
  }
}

TEST(CandidateTest, MoreExtensionsThanAnyoneSendsAreRefused) {
  std::string line = "candidate:1 1 udp 1 192.0.2.1 9 typ host";
  for (int i = 0; i < 32; ++i) line += " a b";
  EXPECT_TRUE(parse_candidate(line).has_value());
  EXPECT_FALSE(parse_candidate(line + " a b").has_value());
}

TEST(CandidateTest, OwnHostCandidatesRankUdpAboveTcp) {
  Address address = Address::v4(192, 0, 2, 10, 7882);
  const Candidate udp = host_candidate(address);
  const Candidate second_udp = host_candidate(Address::v4(192, 0, 2, 11, 7882), 65534);
  address.protocol = Protocol::kTcp;
  const Candidate tcp = host_candidate(address);
  EXPECT_EQ(udp.priority, (126U << 24U) + (65535U << 8U) + 255U);  // RFC 8445 section 5.1.2.1
  EXPECT_GT(udp.priority, second_udp.priority);
  EXPECT_GT(second_udp.priority, tcp.priority);
  EXPECT_EQ(tcp.tcp_type, TcpType::kPassive);
  EXPECT_NE(udp.foundation, tcp.foundation);
  EXPECT_NE(udp.foundation, second_udp.foundation);
  EXPECT_EQ(host_candidate(Address::v4(192, 0, 2, 10, 1)).foundation, udp.foundation);
  EXPECT_EQ(parse_candidate(print_candidate(tcp)).value(), tcp);
}

}  // namespace
}  // namespace parley::sdp
