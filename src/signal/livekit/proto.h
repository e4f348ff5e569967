// The generated messages under a short name: their own namespace is called as ours.
#pragma once

#include "livekit_models.pb.h"
#include "livekit_room.pb.h"
#include "livekit_rtc.pb.h"

namespace parley::signal::livekit {

namespace pb = ::livekit;

}  // namespace parley::signal::livekit
