// The whole database in one portable file, taken while the server runs, and back into an empty database of either
// engine. The file is text, a JSON value per line:
//
//   {"format":"parley-backup","version":1,"schema":5,"engine":"sqlite","createdAt":"2026-11-22T20:05:16.250Z"}
//   {"table":"users","columns":["id","email",…]}
//   ["018f…","ada@example.org",…]                        a row, in the order of the columns
//   …
//   {"rows":1234,"crc32":3735928559}                     of all lines before it, their line feeds included
//
// Uploaded files are not in it: they lie in the object storage under the hashes that the database names.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace parley::store {

struct BackupReport {
  int schema = 0;
  std::uint64_t tables = 0;
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
};

// Blocks: for the command line, or a thread of a work::Pool. Reads one snapshot through a connection of its own, so
// that a server on the same database goes on reading and writing. The file appears under its name once it is complete
// and on the disk; only its owner can read it. Errors: "already_exists" (the file), "unavailable" (database or disk).
Result<BackupReport, Error> backup(const std::string& url, const std::filesystem::path& file);

// Blocks. Into a database without any rows, which is made and migrated as far as need be; a backup of an older schema
// is brought up to date. All or nothing. Errors: "failed_precondition" (not empty; the backup is newer than this
// program), "invalid_argument" (no backup, or a damaged one), "unavailable".
Result<BackupReport, Error> restore(const std::string& url, const std::filesystem::path& file);

}  // namespace parley::store
