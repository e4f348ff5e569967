#include "store/uploads.h"

#include "store/session.h"

namespace parley::store {

namespace {

struct UploadRow {
  Upload upload;
  int kind = 0;
  auto columns() {
    return std::tie(upload.id, upload.owner_id, upload.room_id, upload.file_id, kind, upload.name, upload.declared_type,
                    upload.note, upload.metadata, upload.parts, upload.length, upload.offset, upload.done,
                    upload.refusal, upload.created_at, upload.expires_at);
  }
  Upload take() {
    upload.kind = static_cast<UploadKind>(kind);
    return std::move(upload);
  }
};

#define PARLEY_UPLOADS                                                                                                \
  "SELECT id, owner_id, room_id, file_id, kind, name, declared_type, note, metadata, parts, length, received, done, " \
  "refusal, created_at, expires_at FROM uploads "

std::vector<Upload> take(std::vector<UploadRow> rows) {
  std::vector<Upload> out;
  out.reserve(rows.size());
  for (UploadRow& row : rows) out.push_back(row.take());
  return out;
}

}  // namespace

Result<void, Error> insert_upload(Session& session, const Upload& u) {
  session.exec(
      "INSERT INTO uploads (id, owner_id, room_id, file_id, kind, name, declared_type, note, metadata, parts, length, "
      "received, done, refusal, created_at, expires_at) VALUES (:id, :owner, :room, :file, :kind, :name, :type, :note, "
      ":metadata, :parts, :length, :received, :done, :refusal, :created, :expires)",
      u.id, u.owner_id, u.room_id, u.file_id, static_cast<int>(u.kind), u.name, u.declared_type, u.note, u.metadata,
      u.parts, u.length, u.offset, u.done, u.refusal, u.created_at, u.expires_at);
  return {};
}

Result<std::optional<Upload>, Error> find_upload(Session& session, std::string_view id) {
  auto row = session.row<UploadRow>(PARLEY_UPLOADS "WHERE id = :id", id);
  if (!row) return std::optional<Upload>();
  return std::optional(row->take());
}

Result<void, Error> set_upload_offset(Session& session, std::string_view id, std::int64_t offset,
                                      std::int64_t expires_at) {
  session.exec("UPDATE uploads SET received = :received, expires_at = :expires WHERE id = :id", offset, expires_at, id);
  return {};
}

Result<void, Error> set_upload_length(Session& session, std::string_view id, std::int64_t length) {
  session.exec("UPDATE uploads SET length = :length WHERE id = :id", length, id);
  return {};
}

Result<void, Error> set_upload_done(Session& session, std::string_view id, std::string_view file_id) {
  session.exec("UPDATE uploads SET done = 1, file_id = :file WHERE id = :id", file_id, id);
  return {};
}

Result<void, Error> set_upload_refused(Session& session, std::string_view id, std::string_view refusal) {
  session.exec("UPDATE uploads SET refusal = :refusal WHERE id = :id", refusal, id);
  return {};
}

Result<void, Error> delete_upload(Session& session, std::string_view id) {
  session.exec("DELETE FROM uploads WHERE id = :id", id);
  return {};
}

Result<std::vector<Upload>, Error> list_unfinished_uploads(Session& session, std::int64_t limit) {
  return take(session.rows<UploadRow>(
      PARLEY_UPLOADS "WHERE done = 0 AND refusal = '' AND length = received AND kind <> 1 ORDER BY id LIMIT :limit",
      limit));
}

Result<std::vector<Upload>, Error> list_expired_uploads(Session& session, std::int64_t now_ms, std::int64_t limit) {
  return take(session.rows<UploadRow>(PARLEY_UPLOADS "WHERE expires_at < :now ORDER BY expires_at LIMIT :limit", now_ms,
                                      limit));
}

Result<PendingUploads, Error> pending_uploads(Session& session, std::string_view owner_id) {
  const auto row = session.row<std::tuple<std::int64_t, std::int64_t>>(
      "SELECT COUNT(*), CAST(COALESCE(SUM(COALESCE(length, received)), 0) AS BIGINT) FROM uploads "
      "WHERE owner_id = :owner AND done = 0 AND refusal = ''",
      owner_id);
  PendingUploads out;
  if (row) std::tie(out.count, out.bytes) = *row;
  return out;
}

}  // namespace parley::store
