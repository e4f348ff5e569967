// Asks a ClamAV daemon whether a file holds a virus (clamd's INSTREAM command).
//
//   → "zINSTREAM\0"  { length (32 bits, network order) | bytes }*  0
//   ← "stream: OK\0"  |  "stream: Eicar-Test-Signature FOUND\0"  |  "… ERROR\0"
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace parley::files {

struct ScanVerdict {
  std::string virus;  // its name; empty: clean
  [[nodiscard]] bool clean() const { return virus.empty(); }
};

// socket: the path of a Unix socket, or "host:port". Blocking; timeout is for each step. Error "unavailable": no
// daemon, or one that does not answer; the file is neither clean nor infected then.
[[nodiscard]] Result<ScanVerdict, Error> scan_file(const std::string& socket, const std::filesystem::path& file,
                                                   Duration timeout);

// The daemon's answer, without its end mark.
[[nodiscard]] Result<ScanVerdict, Error> parse_scan_answer(std::string_view answer);

}  // namespace parley::files
