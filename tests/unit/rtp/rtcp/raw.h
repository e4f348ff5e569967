// Helpers of the RTCP tests: one packet from hexadecimal, and a writer over a vector.
#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "rtp/rtcp/raw_packet.h"
#include "unit/rtp/hex.h"

namespace parley::test {

// The bytes must hold one well-formed head; the result borrows them.
inline rtp::rtcp::RawPacket raw_of(const std::vector<std::uint8_t>& bytes) {
  ByteReader reader(bytes);
  const auto raw = rtp::rtcp::RawPacket::read(reader);
  EXPECT_TRUE(raw);
  EXPECT_TRUE(reader.empty());
  return raw ? *raw : rtp::rtcp::RawPacket{};
}

// Calls write(ByteWriter&) on a buffer of `room` bytes and returns what was written.
template <class Write>
std::vector<std::uint8_t> written_by(Write&& write, std::size_t room = 2048) {
  std::vector<std::uint8_t> out(room);
  ByteWriter writer(out);
  write(writer);
  EXPECT_TRUE(writer.ok());
  out.resize(writer.size());
  return out;
}

// A writer that lacks one byte for the packet must answer false and leave nothing behind.
template <class Write>
void expect_all_or_nothing(Write&& write, std::size_t size) {
  std::vector<std::uint8_t> out(size);
  ByteWriter exact(out);
  EXPECT_TRUE(write(exact));
  EXPECT_EQ(exact.size(), size);
  ByteWriter short_by_one(ByteSpan(out).first(size - 1));
  EXPECT_FALSE(write(short_by_one));
  EXPECT_EQ(short_by_one.size(), 0U);
  EXPECT_TRUE(short_by_one.ok());
}

}  // namespace parley::test
