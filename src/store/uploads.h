// Uploads under way. The bytes lie in a file of the upload folder; the row knows how many of them are durable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

enum class UploadKind : std::uint8_t {
  kWhole,
  kPartial,  // one of several that a final one puts together
  kFinal,
};

struct Upload {
  std::string id;
  std::string owner_id;
  std::string room_id;  // empty: none
  std::string file_id;  // a new version of this file; once done, the file that it became
  UploadKind kind = UploadKind::kWhole;
  std::string name;
  std::string declared_type;
  std::string note;
  std::string metadata;                // Upload-Metadata as the client sent it
  std::string parts;                   // kFinal: ids of its parts, separated by a space
  std::optional<std::int64_t> length;  // nullopt: the client says it later
  std::int64_t offset = 0;             // durable bytes
  bool done = false;
  std::string refusal;  // "code message" of an upload that was complete but not taken; empty: none
  std::int64_t created_at = 0;
  std::int64_t expires_at = 0;
};

Result<void, Error> insert_upload(Session& session, const Upload& upload);
Result<std::optional<Upload>, Error> find_upload(Session& session, std::string_view id);
Result<void, Error> set_upload_offset(Session& session, std::string_view id, std::int64_t offset,
                                      std::int64_t expires_at);
Result<void, Error> set_upload_length(Session& session, std::string_view id, std::int64_t length);
Result<void, Error> set_upload_done(Session& session, std::string_view id, std::string_view file_id);
Result<void, Error> set_upload_refused(Session& session, std::string_view id, std::string_view refusal);
Result<void, Error> delete_upload(Session& session, std::string_view id);
// Complete, yet neither done nor refused: the server stopped in between.
Result<std::vector<Upload>, Error> list_unfinished_uploads(Session& session, std::int64_t limit);
Result<std::vector<Upload>, Error> list_expired_uploads(Session& session, std::int64_t now_ms, std::int64_t limit);
// Of the person's uploads that are not done: how many, and the bytes that they will have.
struct PendingUploads {
  std::int64_t count = 0;
  std::int64_t bytes = 0;
};
Result<PendingUploads, Error> pending_uploads(Session& session, std::string_view owner_id);

}  // namespace parley::store
