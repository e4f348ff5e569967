#include "codec/packet_info.h"

#include <algorithm>
#include <array>

namespace parley::codec {
namespace {

struct CodecRow {
  Codec codec;
  std::string_view name;
  bool video;
  std::uint32_t clock_rate;
};

// In the order of the enumeration.
constexpr std::array<CodecRow, 9> kCodecs = {{
    {Codec::kOpus, "opus", false, 48000},
    {Codec::kRed, "red", false, 48000},
    {Codec::kPcmu, "PCMU", false, 8000},
    {Codec::kPcma, "PCMA", false, 8000},
    {Codec::kVp8, "VP8", true, 90000},
    {Codec::kVp9, "VP9", true, 90000},
    {Codec::kH264, "H264", true, 90000},
    {Codec::kH265, "H265", true, 90000},
    {Codec::kAv1, "AV1", true, 90000},
}};

constexpr const CodecRow& row_of(Codec codec) { return kCodecs[static_cast<std::size_t>(codec)]; }

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::string_view name_of(Codec codec) { return row_of(codec).name; }
bool is_video(Codec codec) { return row_of(codec).video; }
std::uint32_t clock_rate_of(Codec codec) { return row_of(codec).clock_rate; }

std::optional<Codec> codec_of(std::string_view name_or_mime) {
  std::string_view name = name_or_mime;
  std::optional<bool> video;
  if (const std::size_t slash = name.find('/'); slash != std::string_view::npos) {
    const std::string_view kind = name.substr(0, slash);
    if (!equal_ignoring_case(kind, "video") && !equal_ignoring_case(kind, "audio")) return std::nullopt;
    video = equal_ignoring_case(kind, "video");
    name.remove_prefix(slash + 1);
  }
  for (const CodecRow& row : kCodecs) {
    if (equal_ignoring_case(row.name, name) && video.value_or(row.video) == row.video) return row.codec;
  }
  return std::nullopt;
}

}  // namespace parley::codec
