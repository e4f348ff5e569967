#include "room/section_matching.h"

#include <algorithm>

namespace parley::room {

namespace {

struct Candidate {
  const sdp::MediaSection* section;
  std::string token;
  bool taken = false;
};

class Matcher {
 public:
  Matcher(const sdp::SessionDescription& offer, const std::vector<AnnouncedCodec>& announced) : announced_(announced) {
    for (const sdp::MediaSection& section : offer.media) {
      if (client_sends(section)) sections_.push_back({&section, msid_token(section)});
    }
    done_.resize(announced.size());
  }

  // Tries every pair that is still open, oldest announcement first.
  template <class Predicate>
  void pass(Predicate&& fits) {
    for (std::size_t i = 0; i < announced_.size(); ++i) {
      if (done_[i]) continue;
      const AnnouncedCodec& codec = announced_[i];
      for (Candidate& candidate : sections_) {
        if (candidate.taken || !kind_fits(codec, *candidate.section) || !fits(codec, candidate)) continue;
        candidate.taken = true;
        done_[i] = true;
        matches_.push_back({candidate.section->mid, codec.track_sid, codec.cid, candidate.token});
        break;
      }
    }
  }
  std::vector<SectionMatch> take() { return std::move(matches_); }

 private:
  static bool kind_fits(const AnnouncedCodec& codec, const sdp::MediaSection& section) {
    return (section.type == sdp::MediaType::kVideo) == (codec.kind == MediaKind::kVideo);
  }

  const std::vector<AnnouncedCodec>& announced_;
  std::vector<Candidate> sections_;
  std::vector<bool> done_;
  std::vector<SectionMatch> matches_;
};

}  // namespace

std::string msid_token(const sdp::MediaSection& section) {
  const auto msid = section.effective_msid();
  if (!msid) return {};
  return msid->track.empty() ? msid->stream : msid->track;
}

bool client_sends(const sdp::MediaSection& section) {
  return section.is_rtp() && !section.rejected() && sdp::can_send(section.direction) && !section.mid.empty();
}

std::vector<SectionMatch> match_sections(const sdp::SessionDescription& offer,
                                         const std::vector<AnnouncedCodec>& announced,
                                         const std::vector<StaleSection>& stale) {
  Matcher matcher(offer, announced);
  // A section keeps its track while its msid stays. A track never moves to another section: the same cid elsewhere is a
  // new announcement of the same device.
  matcher.pass([](const AnnouncedCodec& codec, const Candidate& c) {
    return !codec.mid.empty() && codec.mid == c.section->mid && (c.token == codec.cid || c.token == codec.sdp_cid);
  });
  matcher.pass(
      [](const AnnouncedCodec& codec, const Candidate& c) { return codec.mid.empty() && c.token == codec.cid; });
  matcher.pass([&](const AnnouncedCodec& codec, const Candidate& c) {
    if (!codec.mid.empty()) return false;
    return std::none_of(stale.begin(), stale.end(),
                        [&](const StaleSection& s) { return s.mid == c.section->mid && s.token == c.token; });
  });
  return matcher.take();
}

}  // namespace parley::room
