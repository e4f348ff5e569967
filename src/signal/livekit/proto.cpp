#include "signal/livekit/proto.h"

#include <google/protobuf/stubs/logging.h>

#include "base/log.h"

namespace parley::signal::livekit {

void redirect_protobuf_log() {
  google::protobuf::SetLogHandler([](google::protobuf::LogLevel /*level*/, const char* /*file*/, int /*line*/,
                                     const std::string& message) { log::debug("signal", message); });
}

}  // namespace parley::signal::livekit
