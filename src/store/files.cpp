#include "store/files.h"

#include "store/session.h"
#include "store/sql_lists.h"

namespace parley::store {

namespace {

constexpr std::string_view kFileColumns =
    "f.id, COALESCE(f.owner_id, ''), COALESCE(f.room_id, ''), f.name, f.version_id, f.version, f.size, f.mime, "
    "f.sha256, f.created_at, f.updated_at, COALESCE(o.previews, 0)";
constexpr std::string_view kFileTables = " FROM files f LEFT JOIN objects o ON o.sha256 = f.sha256 ";

struct FileRow {
  File file;
  int previews = 0;
  auto columns() {
    return std::tie(file.id, file.owner_id, file.room_id, file.name, file.version_id, file.version, file.size,
                    file.mime, file.sha256, file.created_at, file.updated_at, previews);
  }
  File take() {
    file.previews = static_cast<PreviewState>(previews);
    return std::move(file);
  }
};

struct VersionRow {
  FileVersion version;
  auto columns() {
    return std::tie(version.id, version.file_id, version.number, version.sha256, version.size, version.mime,
                    version.uploader_id, version.note, version.restored_from, version.created_at);
  }
};
constexpr std::string_view kVersionColumns =
    "SELECT id, file_id, number, sha256, size, mime, COALESCE(uploader_id, ''), note, restored_from, created_at "
    "FROM file_versions ";

struct AttachedRow {
  std::string message_id;
  FileRow row;
  auto columns() { return std::tuple_cat(std::tie(message_id), row.columns()); }
};

std::string select_files(std::string_view rest) {
  return std::string("SELECT ") + std::string(kFileColumns) + std::string(kFileTables) + std::string(rest);
}

std::vector<File> take_files(std::vector<FileRow> rows) {
  std::vector<File> out;
  out.reserve(rows.size());
  for (FileRow& row : rows) out.push_back(row.take());
  return out;
}

std::optional<std::string_view> or_null(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

void insert_version_row(Session& session, const FileVersion& v, std::string_view room_id) {
  session.exec(
      "INSERT INTO file_versions (id, file_id, room_id, number, sha256, size, mime, uploader_id, note, restored_from, "
      "created_at) VALUES (:id, :file, :room, :number, :sha256, :size, :mime, :uploader, :note, :restored, :created)",
      v.id, v.file_id, or_null(room_id), v.number, v.sha256, v.size, v.mime, or_null(v.uploader_id), v.note,
      v.restored_from, v.created_at);
}

// After every file that there is.
FileCursor newest() { return {INT64_MAX, "~"}; }

}  // namespace

Result<void, Error> insert_file(Session& session, const File& f, const FileVersion& version) {
  session.exec(
      "INSERT INTO files (id, owner_id, room_id, name, version, version_id, size, mime, sha256, created_at, "
      "updated_at) "
      "VALUES (:id, :owner, :room, :name, :version, :version_id, :size, :mime, :sha256, :created, :updated)",
      f.id, or_null(f.owner_id), or_null(f.room_id), f.name, version.number, version.id, version.size, version.mime,
      version.sha256, f.created_at, f.updated_at);
  insert_version_row(session, version, f.room_id);
  return {};
}

Result<void, Error> insert_file_version(Session& session, const FileVersion& v) {
  const auto room = session.value<std::string>("SELECT COALESCE(room_id, '') FROM files WHERE id = :id", v.file_id);
  if (!room) return Error{"not_found", "there is no such file", "fileId"};
  const auto last = session.value<std::int64_t>(
      "SELECT number FROM file_versions WHERE file_id = :id ORDER BY number DESC LIMIT 1", v.file_id);
  if (last && *last >= v.number) return Error{"aborted", "somebody else made a new version just now", ""};
  insert_version_row(session, v, *room);
  session.exec(
      "UPDATE files SET version = :number, version_id = :version, size = :size, mime = :mime, sha256 = :sha256, "
      "updated_at = :now WHERE id = :id",
      v.number, v.id, v.size, v.mime, v.sha256, v.created_at, v.file_id);
  return {};
}

Result<std::optional<File>, Error> find_file(Session& session, std::string_view id) {
  auto row = session.row<FileRow>(select_files("WHERE f.id = :id"), id);
  if (!row) return std::optional<File>();
  return std::optional(row->take());
}

Result<std::vector<File>, Error> find_files(Session& session, const std::vector<std::string>& ids) {
  if (ids.empty()) return std::vector<File>();
  const Params params(ids.begin(), ids.end());
  return take_files(session.rows<FileRow>(select_files("WHERE f.id IN " + parameter_list(ids.size())), params));
}

Result<void, Error> rename_file(Session& session, std::string_view id, std::string_view name, std::int64_t now_ms) {
  session.exec("UPDATE files SET name = :name, updated_at = :now WHERE id = :id", name, now_ms, id);
  return {};
}

Result<void, Error> delete_file(Session& session, std::string_view id) {
  session.exec("DELETE FROM files WHERE id = :id", id);
  return {};
}

Result<std::vector<File>, Error> list_room_files(Session& session, std::string_view room_id,
                                                 const std::optional<FileCursor>& before, std::int64_t limit) {
  const FileCursor from = before ? *before : newest();
  return take_files(
      session.rows<FileRow>(select_files("WHERE f.room_id = :room AND (f.created_at, f.id) < (:created, :id) "
                                         "ORDER BY f.created_at DESC, f.id DESC LIMIT :limit"),
                            room_id, from.created_at, from.id, limit));
}

Result<std::vector<File>, Error> list_own_files(Session& session, std::string_view owner_id,
                                                const std::optional<FileCursor>& before, std::int64_t limit) {
  const FileCursor from = before ? *before : newest();
  return take_files(
      session.rows<FileRow>(select_files("WHERE f.owner_id = :owner AND (f.created_at, f.id) < (:created, :id) "
                                         "ORDER BY f.created_at DESC, f.id DESC LIMIT :limit"),
                            owner_id, from.created_at, from.id, limit));
}

Result<std::vector<std::string>, Error> list_loose_files(Session& session, std::string_view owner_id,
                                                         std::int64_t limit) {
  return session.rows<std::string>("SELECT id FROM files WHERE owner_id = :owner AND room_id IS NULL LIMIT :limit",
                                   owner_id, limit);
}

Result<std::vector<File>, Error> list_granted_files(Session& session, std::string_view user_id, std::int64_t now_ms,
                                                    std::int64_t limit) {
  return take_files(session.rows<FileRow>(
      select_files("WHERE f.id IN (SELECT g.file_id FROM file_grants g WHERE g.user_id = :user AND "
                   "(g.expires_at = 0 OR g.expires_at > :now)) ORDER BY f.created_at DESC, f.id DESC LIMIT :limit"),
      user_id, now_ms, limit));
}

Result<std::vector<FileVersion>, Error> list_file_versions(Session& session, std::string_view file_id) {
  std::vector<FileVersion> out;
  for (VersionRow& row :
       session.rows<VersionRow>(std::string(kVersionColumns) + "WHERE file_id = :file ORDER BY number DESC", file_id)) {
    out.push_back(std::move(row.version));
  }
  return out;
}

Result<std::optional<FileVersion>, Error> find_file_version(Session& session, std::string_view file_id,
                                                            std::int64_t number) {
  auto row = session.row<VersionRow>(std::string(kVersionColumns) + "WHERE file_id = :file AND number = :number",
                                     file_id, number);
  if (!row) return std::optional<FileVersion>();
  return std::optional(std::move(row->version));
}

Result<void, Error> attach_files(Session& session, std::string_view message_id, const std::vector<std::string>& ids) {
  int position = 0;
  for (const std::string& id : ids) {
    session.exec("INSERT INTO message_files (message_id, position, file_id) VALUES (:message, :position, :file)",
                 message_id, position++, id);
  }
  return {};
}

Result<std::vector<std::string>, Error> detach_files(Session& session, std::string_view message_id) {
  const auto ids = session.rows<std::string>(
      "SELECT file_id FROM message_files WHERE message_id = :message ORDER BY position", message_id);
  session.exec("DELETE FROM message_files WHERE message_id = :message", message_id);
  std::vector<std::string> unattached;
  for (const std::string& id : ids) {
    const bool kept = session
                          .value<std::int64_t>(
                              "SELECT CASE WHEN EXISTS (SELECT 1 FROM message_files WHERE file_id = f.id) "
                              "OR EXISTS (SELECT 1 FROM file_grants WHERE file_id = f.id AND kind <> 0) "
                              "OR f.version > 1 THEN 1 ELSE 0 END FROM files f WHERE f.id = :id",
                              id)
                          .value_or(1) != 0;
    if (!kept) unattached.push_back(id);
  }
  return unattached;
}

Result<std::vector<AttachedFile>, Error> list_attached_files(Session& session,
                                                             std::span<const std::string> message_ids) {
  std::vector<AttachedFile> out;
  if (message_ids.empty()) return out;
  const Params params(message_ids.begin(), message_ids.end());
  const std::string query = "SELECT m.message_id, " + std::string(kFileColumns) +
                            " FROM message_files m JOIN files f ON f.id = m.file_id "
                            "LEFT JOIN objects o ON o.sha256 = f.sha256 WHERE m.message_id IN " +
                            parameter_list(message_ids.size()) + " ORDER BY m.message_id, m.position";
  for (AttachedRow& row : session.rows<AttachedRow>(query, params)) {
    out.push_back({std::move(row.message_id), row.row.take()});
  }
  return out;
}

Result<std::int64_t, Error> bytes_of_user(Session& session, std::string_view user_id) {
  return session
      .value<std::int64_t>("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM file_versions WHERE uploader_id = :user",
                           user_id)
      .value_or(0);
}

Result<std::int64_t, Error> bytes_of_room(Session& session, std::string_view room_id) {
  return session
      .value<std::int64_t>("SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM file_versions WHERE room_id = :room",
                           room_id)
      .value_or(0);
}

Result<void, Error> touch_object(Session& session, std::string_view sha256, std::int64_t size, std::int64_t now_ms) {
  session.exec(
      "INSERT INTO objects (sha256, size, previews, touched_at) VALUES (:sha256, :size, 0, :now) "
      "ON CONFLICT (sha256) DO UPDATE SET touched_at = excluded.touched_at",
      sha256, size, now_ms);
  return {};
}

Result<PreviewState, Error> object_previews(Session& session, std::string_view sha256) {
  return static_cast<PreviewState>(
      session.value<int>("SELECT previews FROM objects WHERE sha256 = :sha256", sha256).value_or(0));
}

Result<void, Error> set_object_previews(Session& session, std::string_view sha256, PreviewState state) {
  session.exec("UPDATE objects SET previews = :state WHERE sha256 = :sha256", static_cast<int>(state), sha256);
  return {};
}

Result<std::vector<std::string>, Error> list_unused_objects(Session& session, std::int64_t untouched_since,
                                                            std::int64_t limit) {
  return session.rows<std::string>(
      "SELECT o.sha256 FROM objects o WHERE o.touched_at < :since AND NOT EXISTS "
      "(SELECT 1 FROM file_versions v WHERE v.sha256 = o.sha256) ORDER BY o.touched_at LIMIT :limit",
      untouched_since, limit);
}

Result<bool, Error> delete_unused_object(Session& session, std::string_view sha256, std::int64_t untouched_since) {
  return session.exec(
             "DELETE FROM objects WHERE sha256 = :sha256 AND touched_at < :since AND NOT EXISTS "
             "(SELECT 1 FROM file_versions v WHERE v.sha256 = objects.sha256)",
             sha256, untouched_since) > 0;
}

}  // namespace parley::store
