// The generated messages under a short name: their own namespace is called as ours.
#pragma once

#include "livekit_models.pb.h"
#include "livekit_room.pb.h"
#include "livekit_rtc.pb.h"

namespace parley::signal::livekit {

namespace pb = ::livekit;

// Protobuf writes to stderr whatever a client gets wrong; from now on it goes to our log, at debug level. Once, at
// start.
void redirect_protobuf_log();

}  // namespace parley::signal::livekit
