// Input: a DataPacket as a client sends it. What we make of it must be readable, carry our sender, and keep the rest.
#include "signal/livekit/data_codec.h"
#include "signal/livekit/proto.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parley;
  using namespace parley::signal::livekit;
  redirect_protobuf_log();
  const ProtobufDataCodec codec;
  const auto header = codec.parse({data, size});
  const auto in = std::make_shared<const std::vector<std::uint8_t>>(data, data + size);
  const auto out = codec.stamped(in, "alice", "PA_1", room::DataKind::kLossy);
  if (!header) return 0;

  const auto again = codec.parse(*out);
  if (!again || again->sequence != header->sequence || again->transcription != header->transcription ||
      again->metrics != header->metrics || again->destination_identities != header->destination_identities) {
    __builtin_trap();
  }
  // Stamping is idempotent in what it says.
  const auto twice = codec.stamped(out, "alice", "PA_1", room::DataKind::kLossy);
  if (*codec.stamped(twice, "alice", "PA_1", room::DataKind::kLossy) != *twice) __builtin_trap();
  pb::DataPacket before;
  pb::DataPacket after;
  if (!before.ParseFromArray(data, static_cast<int>(size))) return 0;
  if (!after.ParseFromArray(out->data(), static_cast<int>(out->size()))) __builtin_trap();
  if (after.participant_identity() != "alice" || after.participant_sid() != "PA_1") __builtin_trap();
  if (after.kind() != pb::DataPacket::LOSSY || after.value_case() != before.value_case()) __builtin_trap();
  if (after.has_user() && after.user().payload() != before.user().payload()) __builtin_trap();
  return 0;
}
