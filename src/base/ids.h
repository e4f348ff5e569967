// Names for numbers: an SSRC is not a payload type, and a signature should say which it takes.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string_view>

namespace parley {

template <class Tag, class Rep>
struct StrongId {
  Rep value{};

  constexpr StrongId() = default;
  constexpr explicit StrongId(Rep v) : value(v) {}
  friend constexpr auto operator<=>(const StrongId&, const StrongId&) = default;
};

using Ssrc = StrongId<struct SsrcTag, std::uint32_t>;
using PayloadType = StrongId<struct PayloadTypeTag, std::uint8_t>;

// Process-wide handles that the control plane issues and the shards use.
using TransportId = StrongId<struct TransportIdTag, std::uint64_t>;
using FeedId = StrongId<struct FeedIdTag, std::uint64_t>;  // one published track in one codec
using RoomId = StrongId<struct RoomIdTag, std::uint64_t>;

// A short token kept inline: mid and rid values are at most 16 characters on the wire of one-byte extensions.
template <class Tag>
class ShortToken {
 public:
  static constexpr std::size_t kMax = 16;

  constexpr ShortToken() = default;
  // Longer text is cut to kMax; callers that must refuse it check size first.
  constexpr explicit ShortToken(std::string_view text) {
    size_ = static_cast<std::uint8_t>(text.size() < kMax ? text.size() : kMax);
    for (std::size_t i = 0; i < size_; ++i) chars_[i] = text[i];
  }
  [[nodiscard]] constexpr std::string_view view() const { return {chars_.data(), size_}; }
  [[nodiscard]] constexpr bool empty() const { return size_ == 0; }
  friend constexpr bool operator==(const ShortToken& a, const ShortToken& b) { return a.view() == b.view(); }
  friend constexpr auto operator<=>(const ShortToken& a, const ShortToken& b) { return a.view() <=> b.view(); }

 private:
  std::array<char, kMax> chars_{};
  std::uint8_t size_ = 0;
};

using Mid = ShortToken<struct MidTag>;
using Rid = ShortToken<struct RidTag>;

enum class MediaKind : std::uint8_t { kAudio, kVideo };

}  // namespace parley

template <class Tag, class Rep>
struct std::hash<parley::StrongId<Tag, Rep>> {
  std::size_t operator()(const parley::StrongId<Tag, Rep>& id) const noexcept { return std::hash<Rep>{}(id.value); }
};
template <class Tag>
struct std::hash<parley::ShortToken<Tag>> {
  std::size_t operator()(const parley::ShortToken<Tag>& t) const noexcept {
    return std::hash<std::string_view>{}(t.view());
  }
};
