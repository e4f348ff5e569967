// Which of a client's offered header extensions we accept; for this folder.
#pragma once

#include <vector>

#include "sdp/negotiated.h"
#include "sdp/session_description.h"

namespace parley::sdp {

struct ExtensionPolicy {
  bool receiving = false;  // the client sends on the section
  bool sending = false;    // we send on it
  bool two_byte_ids = false;
  bool video_orientation = true;
  bool transport_cc_feedback = false;  // offered for the codec; the extension is of no use without
};

// With the offered ids, in the offered order, directions reversed. Ids are at most 255.
std::vector<ExtMap> answer_extensions(const MediaSection& offered, const ExtensionPolicy& policy);

}  // namespace parley::sdp
