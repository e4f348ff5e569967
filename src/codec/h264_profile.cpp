#include "codec/h264_profile.h"

#include <algorithm>
#include <array>

namespace parley::codec {
namespace {

// RFC 6184 table 5, with constrained high (H.264 annex A.4.4: constraint_set4 and 5). A row matches when the flags
// agree in the bits of `mask`. The first matching row counts.
struct ProfileRow {
  std::uint8_t profile_idc;
  std::uint8_t mask;
  std::uint8_t flags;
  H264Profile profile;
};
constexpr std::array<ProfileRow, 12> kProfiles = {{
    {0x42, 0x4f, 0x40, H264Profile::kConstrainedBaseline},
    {0x4d, 0x8f, 0x80, H264Profile::kConstrainedBaseline},
    {0x58, 0xcf, 0xc0, H264Profile::kConstrainedBaseline},
    {0x42, 0x4f, 0x00, H264Profile::kBaseline},
    {0x58, 0xcf, 0x80, H264Profile::kBaseline},
    {0x4d, 0xaf, 0x00, H264Profile::kMain},
    {0x58, 0xcf, 0x00, H264Profile::kExtended},
    {0x64, 0xff, 0x0c, H264Profile::kConstrainedHigh},
    {0x64, 0xff, 0x00, H264Profile::kHigh},
    {0x6e, 0xff, 0x00, H264Profile::kHigh10},
    {0x7a, 0xff, 0x00, H264Profile::kHigh422},
    {0xf4, 0xff, 0x00, H264Profile::kHigh444Predictive},
}};

// How to_string() spells each profile, in the order of the enumeration.
struct Spelling {
  std::uint8_t profile_idc;
  std::uint8_t flags;
};
constexpr std::array<Spelling, 9> kSpellings = {{
    {0x42, 0xe0},
    {0x42, 0x00},
    {0x4d, 0x00},
    {0x58, 0x00},
    {0x64, 0x0c},
    {0x64, 0x00},
    {0x6e, 0x00},
    {0x7a, 0x00},
    {0xf4, 0x00},
}};

// level_idc in the order of H264Level; level 1b's is that of the high profiles.
constexpr std::array<std::uint8_t, 20> kLevels = {10, 9,  11, 12, 13, 20, 21, 22, 30, 31,
                                                  32, 40, 41, 42, 50, 51, 52, 60, 61, 62};
constexpr std::uint8_t kLevel11Idc = 11;
constexpr std::uint8_t kConstraintSet3 = 0x10;

// Profiles of profile_idc 66, 77 and 88 say "level 1b" with level_idc 11 and constraint_set3 (H.264 section A.3.1).
constexpr bool tells_1b_by_flag(std::uint8_t profile_idc) {
  return profile_idc == 0x42 || profile_idc == 0x4d || profile_idc == 0x58;
}

std::optional<std::uint8_t> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

std::optional<std::array<std::uint8_t, 3>> read_hex(std::string_view text) {
  std::array<std::uint8_t, 3> bytes{};
  if (text.size() != 2 * bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto digit = hex_digit(text[i]);
    if (!digit) return std::nullopt;
    bytes[i / 2] = static_cast<std::uint8_t>((bytes[i / 2] << 4U) | *digit);
  }
  return bytes;
}

std::optional<H264Level> level_of(std::uint8_t profile_idc, std::uint8_t flags, std::uint8_t level_idc) {
  if (tells_1b_by_flag(profile_idc)) {
    if (level_idc == kLevel11Idc && (flags & kConstraintSet3) != 0) return H264Level::kLevel1b;
    if (level_idc == 9) return std::nullopt;
  }
  const auto* const found = std::find(kLevels.begin(), kLevels.end(), level_idc);
  if (found == kLevels.end()) return std::nullopt;
  return static_cast<H264Level>(found - kLevels.begin());
}

}  // namespace

std::optional<H264ProfileLevel> parse_h264_profile_level_id(std::string_view text) {
  const auto bytes = read_hex(text);
  if (!bytes) return std::nullopt;
  const auto [profile_idc, flags, level_idc] = *bytes;
  const auto level = level_of(profile_idc, flags, level_idc);
  if (!level) return std::nullopt;
  for (const ProfileRow& row : kProfiles) {
    if (row.profile_idc == profile_idc && (flags & row.mask) == row.flags) return H264ProfileLevel{row.profile, *level};
  }
  return std::nullopt;
}

std::string to_string(const H264ProfileLevel& value) {
  const Spelling spelling = kSpellings[static_cast<std::size_t>(value.profile)];
  std::uint8_t flags = spelling.flags;
  std::uint8_t level_idc = kLevels[static_cast<std::size_t>(value.level)];
  if (value.level == H264Level::kLevel1b && tells_1b_by_flag(spelling.profile_idc)) {
    flags |= kConstraintSet3;
    level_idc = kLevel11Idc;
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : {spelling.profile_idc, flags, level_idc}) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 0xfU];
  }
  return text;
}

bool same_profile(std::string_view a, std::string_view b) {
  const auto parsed_a = parse_h264_profile_level_id(a.empty() ? kH264DefaultProfileLevelId : a);
  const auto parsed_b = parse_h264_profile_level_id(b.empty() ? kH264DefaultProfileLevelId : b);
  return parsed_a && parsed_b && parsed_a->profile == parsed_b->profile;
}

H264Level answer_level(H264Level offered, H264Level ours, bool asymmetry_allowed_by_both) {
  return asymmetry_allowed_by_both ? ours : std::min(offered, ours);
}

}  // namespace parley::codec
