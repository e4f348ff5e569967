// H.264 profile-level-id (RFC 6184 section 8.1): three bytes in hexadecimal: profile_idc, the constraint flags
// ("profile-iop") and level_idc. Several byte values name the same profile, so ids are compared after parsing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::codec {

enum class H264Profile : std::uint8_t {
  kConstrainedBaseline,
  kBaseline,
  kMain,
  kExtended,
  kConstrainedHigh,
  kHigh,
  kHigh10,
  kHigh422,
  kHigh444Predictive,
};

// In ascending order of capability: level 1b stands between 1 and 1.1.
enum class H264Level : std::uint8_t {
  kLevel1,
  kLevel1b,
  kLevel11,
  kLevel12,
  kLevel13,
  kLevel2,
  kLevel21,
  kLevel22,
  kLevel3,
  kLevel31,
  kLevel32,
  kLevel4,
  kLevel41,
  kLevel42,
  kLevel5,
  kLevel51,
  kLevel52,
  kLevel6,
  kLevel61,
  kLevel62,
};

struct H264ProfileLevel {
  H264Profile profile = H264Profile::kBaseline;
  H264Level level = H264Level::kLevel1;
  friend bool operator==(const H264ProfileLevel&, const H264ProfileLevel&) = default;
};

// What a format without the parameter means (RFC 6184 section 8.1).
inline constexpr std::string_view kH264DefaultProfileLevelId = "42000a";

// Six hexadecimal digits. nullopt: wrong length or digits, or a profile or level that the tables do not know.
std::optional<H264ProfileLevel> parse_h264_profile_level_id(std::string_view text);
// The canonical six digits in lower case ("42e01f"); parsing them yields the same value.
std::string to_string(const H264ProfileLevel& value);

// Whether two profile-level-ids name the same profile, whatever their levels. False if either does not parse; an empty
// one stands for kH264DefaultProfileLevelId.
bool same_profile(std::string_view a, std::string_view b);

// The level to answer (RFC 6184 section 8.2.2). Levels are negotiated down unless both sides set
// level-asymmetry-allowed=1: then each side declares what it can receive.
H264Level answer_level(H264Level offered, H264Level ours, bool asymmetry_allowed_by_both);

}  // namespace parley::codec
