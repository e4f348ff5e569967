// Which published track, layer and role an incoming SSRC has (RFC 8843 section 9.2, RFC 8852): the binding made
// earlier, else the mid and rid extensions, else what the offer declared, else a payload type that only one section
// uses. One per transport; it knows numbers, not streams.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/result.h"
#include "base/time.h"
#include "forward/track_config.h"
#include "rtp/header_extensions.h"
#include "rtp/packet_view.h"

namespace parley::forward {

struct StreamRef {
  std::uint16_t slot = 0;  // the caller's index of the track
  std::uint8_t layer = 0;
  bool rtx = false;
  friend bool operator==(const StreamRef&, const StreamRef&) = default;
};

struct Route {
  StreamRef stream;
  bool fresh = false;            // bound by this packet: tell IncomingTrack::bind
  std::optional<Ssrc> replaced;  // the SSRC that this one took over from: its SRTP state can go
};

class StreamDemux {
 public:
  // What one peer may make us remember. Sections x layers x (media, RTX) of a busy publisher stay well below it.
  static constexpr std::size_t kMaxSsrcs = 128;
  // Packets of a replaced SSRC that are still under way must not take the binding back.
  static constexpr Duration kRetiredFor = 2s;

  // Adds the track of a slot, or takes over its renegotiated description; streams in flight stay bound unless their
  // layer is gone. Answers the SSRCs that are unbound by it.
  std::vector<Ssrc> set(std::uint16_t slot, const IncomingConfig& config);
  // Answers the SSRCs that were bound to it.
  std::vector<Ssrc> remove(std::uint16_t slot);

  // All sections' extension ids in one map: within a bundle an id means the same everywhere (RFC 8843 section 9.1), so
  // extensions can be read before the section is known.
  [[nodiscard]] const rtp::ExtensionMap& extensions() const { return extensions_; }

  // Errors: kRtpUnknownSsrc, kRtpUnknownPayloadType (the section does not have it), kRtpSsrcLimit. On all of them the
  // caller should forget the SRTP state of an SSRC that find() does not know.
  Result<Route> route(TimePoint now, const rtp::PacketView& view, const rtp::Extensions& extensions);
  // For RTCP about an SSRC.
  [[nodiscard]] std::optional<StreamRef> find(Ssrc ssrc) const;
  [[nodiscard]] std::size_t bound_count() const { return ssrcs_.size(); }

 private:
  enum class PtRole : std::uint8_t { kNone, kPrimary, kRtx };
  struct Retired {
    std::uint32_t ssrc = 0;
    TimePoint until;
  };
  struct Section {
    bool used = false;
    Mid mid;
    std::vector<EncodingConfig> encodings;
    rtp::ExtensionMap extensions;
    std::array<PtRole, 128> payload_types{};
    std::array<std::array<Retired, 2>, kMaxLayers> retired{};  // [layer][rtx]
  };

  [[nodiscard]] std::optional<std::size_t> index_of(Ssrc ssrc) const;
  [[nodiscard]] Result<StreamRef> resolve(const rtp::PacketView& view, const rtp::Extensions& extensions) const;
  [[nodiscard]] std::optional<StreamRef> in_section(std::uint16_t slot, bool rtx, Ssrc ssrc,
                                                    const rtp::Extensions& extensions) const;
  [[nodiscard]] std::optional<StreamRef> by_declaration(Ssrc ssrc) const;
  [[nodiscard]] std::optional<StreamRef> by_payload_type(PayloadType type) const;
  [[nodiscard]] std::optional<std::uint16_t> section_of(const Mid& mid) const;
  [[nodiscard]] PtRole role_of(std::uint16_t slot, PayloadType type) const;
  [[nodiscard]] bool moved(std::size_t index, const rtp::Extensions& extensions) const;
  Result<Route> bind(TimePoint now, Ssrc ssrc, StreamRef stream);
  void unbind(std::size_t index);
  void merge_extensions();

  std::vector<Section> sections_;  // by slot
  rtp::ExtensionMap extensions_;
  // Parallel arrays: the search for an SSRC runs over a few dense words.
  std::vector<std::uint32_t> ssrcs_;
  std::vector<StreamRef> streams_;
};

}  // namespace parley::forward
