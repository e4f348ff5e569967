#include "signal/livekit/gzip.h"

#include <zlib.h>

#include <algorithm>

namespace parley::signal::livekit {

std::optional<std::string> gunzip(std::string_view packed, std::size_t max_bytes) {
  constexpr int kGzipOnly = 15 + 16;
  constexpr std::size_t kChunk = 16U << 10U;
  z_stream stream{};
  if (inflateInit2(&stream, kGzipOnly) != Z_OK) return std::nullopt;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  int status = Z_OK;
  while (status == Z_OK && out.size() < max_bytes) {
    const std::size_t had = out.size();
    out.resize(std::min(had + kChunk, max_bytes));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + had);
    stream.avail_out = static_cast<uInt>(out.size() - had);
    status = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  // At exactly max_bytes the end may not have been seen: too large then, too.
  return status == Z_STREAM_END ? std::optional(std::move(out)) : std::nullopt;
}

}  // namespace parley::signal::livekit
