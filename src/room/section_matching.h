// Which section of a publisher's offer carries which announced track.
//
// By msid where the client puts the track id it announced there; Firefox does not, so what is left goes by kind and
// age.
#pragma once

#include <string>
#include <vector>

#include "base/ids.h"
#include "sdp/session_description.h"

namespace parley::room {

// A codec of an announced track, as the matching sees it.
struct AnnouncedCodec {
  std::string track_sid;
  std::string cid;
  std::string sdp_cid;  // the token it was matched by earlier, when that is not the cid
  std::string mid;      // of its section; empty: still waiting for one
  MediaKind kind = MediaKind::kAudio;
};

// A section that must not be taken by age: its track was ended by us and the client has not caught up.
struct StaleSection {
  std::string mid;
  std::string token;
};

struct SectionMatch {
  std::string mid;
  std::string track_sid;
  std::string cid;
  std::string token;  // track token of the section's msid; may be empty
};

// The section's msid track token (the only one when there is just one); empty without msid.
std::string msid_token(const sdp::MediaSection& section);
// The client wants to send audio or video there.
bool client_sends(const sdp::MediaSection& section);

// announced: oldest first. At most one match per section and per codec; codecs without one have no section (any more).
std::vector<SectionMatch> match_sections(const sdp::SessionDescription& offer,
                                         const std::vector<AnnouncedCodec>& announced,
                                         const std::vector<StaleSection>& stale);

}  // namespace parley::room
