// Uploads that survive broken connections and restarts. The bytes of one lie in <dir>/uploads/<id>; its row knows how
// many of them are durable, and that is the offset that clients are told.
//
//   body ─→ 256 KiB ─→ pool: write, digest ─→ every 8 MiB and at the end: fdatasync ─→ row: offset
//                                                                          └── complete ─→ Service::finish_upload
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auth/subject.h"
#include "base/result.h"
#include "files/service.h"
#include "files/tus_headers.h"
#include "http/message.h"
#include "store/uploads.h"

namespace parley::files {

struct NewUpload {
  NewFile what;
  std::string declared_type;  // what the client takes it for; told back, never believed
  std::string metadata;       // as sent
  std::optional<std::uint64_t> length;
  store::UploadKind kind = store::UploadKind::kWhole;
  std::vector<std::string> parts;  // kFinal: ids of partial uploads, in order
};

struct AppendRequest {
  std::uint64_t offset = 0;             // must be the upload's
  std::optional<std::uint64_t> length;  // of the whole upload, where it was not known before
  std::optional<TusChecksum> checksum;  // of this body
};

class Uploads {
 public:
  // service must outlive it.
  explicit Uploads(Service& service);
  ~Uploads();
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;

  // Makes the upload folder. Error invalid_argument, field "files.dir".
  [[nodiscard]] Result<void, Error> start();

  // A final upload, and one of no bytes, is complete at once.
  awaitable<Result<store::Upload, Error>> create(auth::Subject subject, NewUpload upload);
  // Whoever asks for the offset has lost the connection that was writing: that one ends first. A complete upload that
  // could not be finished is tried again. Error "gone": it was complete but not taken.
  awaitable<Result<store::Upload, Error>> resume(auth::Subject subject, std::string id);
  // As it stands, for looking at.
  awaitable<Result<store::Upload, Error>> get(auth::Subject subject, std::string id);
  // Reads the body to its end. Error codes beside the usual: "aborted" (another offset), "locked" (somebody else is
  // writing), "checksum_mismatch" (nothing of this body was kept), "canceled" (the client went away; what came is
  // kept), "insufficient_storage" (likewise).
  awaitable<Result<store::Upload, Error>> append(auth::Subject subject, std::string id, AppendRequest request,
                                                 http::BodyReader& body);
  awaitable<Result<void, Error>> terminate(auth::Subject subject, std::string id);

  // Every minute or so: takes away what has expired, and finishes what was complete when the server stopped.
  awaitable<void> sweep();

  struct Stats {
    std::uint64_t created = 0;
    std::uint64_t finished = 0;
    std::uint64_t bytes_in = 0;
    std::uint64_t broken_off = 0;  // bodies whose client went away
    std::uint64_t expired = 0;
    std::size_t writing = 0;  // now
  };
  [[nodiscard]] Stats stats() const;

  struct Impl;

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace parley::files
