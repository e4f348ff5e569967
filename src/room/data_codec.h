// Data packets are protobuf messages, which rooms do not know: signalling brings these two functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "room/media_api.h"
#include "room/types.h"

namespace parley::room {

// What routing reads of a data packet.
struct DataHeader {
  std::vector<std::string> destination_identities;  // empty: everybody but the sender
  std::uint32_t sequence = 0;                       // reliable packets count from 1 per sender; 0: not numbered
  bool transcription = false;                       // only agents may send these
  bool metrics = false;                             // never forwarded as they are
};

class DataCodec {
 public:
  virtual ~DataCodec() = default;
  [[nodiscard]] virtual Result<DataHeader, Error> parse(ByteView payload) const = 0;
  // The packet as recipients get it: sender's identity and sid and the channel's kind written over what the client
  // claimed, everything else as it came.
  [[nodiscard]] virtual SharedBytes stamped(const SharedBytes& payload, std::string_view identity, std::string_view sid,
                                            DataKind kind) const = 0;
};

}  // namespace parley::room
