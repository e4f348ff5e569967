// Offers that real clients made (tests/data/sdp) and what the server side of a test says of itself.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "sdp/publisher_answer.h"
#include "sdp/session_description.h"
#include "sdp/transport.h"
#include "source_tree.h"

namespace parley::sdp::test {

inline std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

inline std::string offer_text(const std::string& name) {
  return read_text(parley::test::in_tree("tests/data/sdp/puboffer_" + name + ".sdp"));
}

inline SessionDescription parsed(std::string_view text) {
  auto out = parse(text);
  EXPECT_TRUE(out.has_value()) << (out ? "" : out.error().message);
  return out ? *std::move(out) : SessionDescription{};
}

inline SessionDescription offer(const std::string& name) { return parsed(offer_text(name)); }

inline std::vector<std::filesystem::path> all_offers() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(parley::test::in_tree("tests/data/sdp"))) {
    if (entry.path().extension() == ".sdp") out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

inline LocalTransport local_transport() {
  const Address address = Address::v4(192, 0, 2, 10, 7882);
  return {"srvU", "serverpasswordserverpwd1", {"sha-256", "AA:BB:CC"}, {host_candidate(address)}};
}

inline PublisherAnswerInput input_with(std::vector<MediaWish> wishes) {
  using codec::Codec;
  PublisherAnswerInput out;
  out.transport = local_transport();
  out.session_id = 77;
  out.enabled_codecs = {Codec::kOpus, Codec::kRed, Codec::kVp8, Codec::kVp9, Codec::kH264, Codec::kAv1};
  out.wishes = std::move(wishes);
  return out;
}

inline MediaWish video_wish(std::string mid, std::optional<codec::Codec> codec = std::nullopt) {
  MediaWish out;
  out.mid = std::move(mid);
  out.kind = MediaKind::kVideo;
  out.preferred_codec = codec;
  return out;
}

inline MediaWish audio_wish(std::string mid) {
  MediaWish out;
  out.mid = std::move(mid);
  out.kind = MediaKind::kAudio;
  return out;
}

inline PublisherAnswer answered(const SessionDescription& offer, const PublisherAnswerInput& input) {
  auto out = answer_publisher_offer(offer, input);
  EXPECT_TRUE(out.has_value()) << (out ? "" : out.error().message);
  return out ? *std::move(out) : PublisherAnswer{};
}

// The lines of one m-section as printed, without its line ends.
inline std::vector<std::string> lines_of(const SessionDescription& description, std::string_view mid) {
  SessionDescription alone;
  const MediaSection* section = description.section(mid);
  if (section == nullptr) return {};
  alone.media.push_back(*section);
  std::vector<std::string> out;
  std::string text = print(alone);
  text = text.substr(text.find("\r\nm=") + 2);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find("\r\n", at);
    out.push_back(text.substr(at, end - at));
    at = end + 2;
  }
  return out;
}

inline std::vector<int> payload_types(const MediaSection& section) {
  std::vector<int> out;
  out.reserve(section.payload_types.size());
  for (const PayloadType payload_type : section.payload_types) out.push_back(payload_type.value);
  return out;
}

}  // namespace parley::sdp::test
