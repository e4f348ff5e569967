// Who may see a file beside its room, and who fetched it.
#include "store/files.h"
#include "store/session.h"

namespace parley::store {

namespace {

struct GrantRow {
  FileGrant grant;
  int kind = 0;
  auto columns() {
    return std::tie(grant.id, grant.file_id, kind, grant.room_id, grant.user_id, grant.token_hash, grant.password_hash,
                    grant.created_by, grant.created_at, grant.expires_at);
  }
  FileGrant take() {
    grant.kind = static_cast<GrantKind>(kind);
    return std::move(grant);
  }
};

#define PARLEY_GRANTS                                                                                  \
  "SELECT id, file_id, kind, COALESCE(room_id, ''), COALESCE(user_id, ''), COALESCE(token_hash, ''), " \
  "password_hash, COALESCE(created_by, ''), created_at, expires_at FROM file_grants "

struct DownloadRow {
  FileDownload download;
  auto columns() {
    return std::tie(download.id, download.file_id, download.version, download.user_id, download.user_name,
                    download.grant_id, download.bytes, download.complete, download.started_at, download.ended_at);
  }
};

std::optional<std::string_view> or_null(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::optional<FileGrant> take(std::optional<GrantRow> row) {
  if (!row) return std::nullopt;
  return row->take();
}

}  // namespace

Result<void, Error> insert_file_grant(Session& session, const FileGrant& g) {
  session.exec(
      "INSERT INTO file_grants (id, file_id, kind, room_id, user_id, token_hash, password_hash, created_by, "
      "created_at, "
      "expires_at) VALUES (:id, :file, :kind, :room, :user, :token, :password, :by, :created, :expires)",
      g.id, g.file_id, static_cast<int>(g.kind), or_null(g.room_id), or_null(g.user_id), or_null(g.token_hash),
      g.password_hash, or_null(g.created_by), g.created_at, g.expires_at);
  return {};
}

Result<std::vector<FileGrant>, Error> list_file_grants(Session& session, std::string_view file_id) {
  std::vector<FileGrant> out;
  for (GrantRow& row :
       session.rows<GrantRow>(PARLEY_GRANTS "WHERE file_id = :file ORDER BY created_at, id LIMIT 1000", file_id)) {
    out.push_back(row.take());
  }
  return out;
}

Result<std::optional<FileGrant>, Error> find_file_grant(Session& session, std::string_view id) {
  return take(session.row<GrantRow>(PARLEY_GRANTS "WHERE id = :id", id));
}

Result<std::optional<FileGrant>, Error> find_file_grant_by_token(Session& session, std::string_view token_hash) {
  return take(session.row<GrantRow>(PARLEY_GRANTS "WHERE token_hash = :token", token_hash));
}

Result<void, Error> delete_file_grant(Session& session, std::string_view id) {
  session.exec("DELETE FROM file_grants WHERE id = :id", id);
  return {};
}

Result<bool, Error> has_file_grant(Session& session, std::string_view file_id, std::string_view user_id,
                                   std::int64_t now_ms) {
  return session
      .value<std::int64_t>(
          "SELECT 1 FROM file_grants g WHERE g.file_id = :file AND (g.expires_at = 0 OR g.expires_at > :now) AND "
          "(g.user_id = :user OR EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = g.room_id "
          "AND m.user_id = :user)) LIMIT 1",
          file_id, now_ms, user_id)
      .has_value();
}

Result<void, Error> insert_file_download(Session& session, const FileDownload& d) {
  session.exec(
      "INSERT INTO file_downloads (id, file_id, version, user_id, grant_id, bytes, complete, started_at, ended_at) "
      "VALUES (:id, :file, :version, :user, :grant, :bytes, :complete, :started, :ended)",
      d.id, d.file_id, d.version, or_null(d.user_id), d.grant_id, d.bytes, d.complete, d.started_at, d.ended_at);
  return {};
}

Result<void, Error> end_file_download(Session& session, std::string_view id, std::int64_t bytes, bool complete,
                                      std::int64_t now_ms) {
  session.exec("UPDATE file_downloads SET bytes = :bytes, complete = :complete, ended_at = :now WHERE id = :id", bytes,
               complete, now_ms, id);
  return {};
}

Result<bool, Error> has_file_download(Session& session, const FileDownload& like, std::int64_t since) {
  return session
      .value<std::int64_t>(
          "SELECT 1 FROM file_downloads WHERE file_id = :file AND started_at >= :since AND version = :version AND "
          "COALESCE(user_id, '') = :user AND grant_id = :grant LIMIT 1",
          like.file_id, since, like.version, like.user_id, like.grant_id)
      .has_value();
}

Result<std::vector<FileDownload>, Error> list_file_downloads(Session& session, std::string_view file_id,
                                                             const std::optional<FileCursor>& before,
                                                             std::int64_t limit) {
  const FileCursor from = before.value_or(FileCursor{INT64_MAX, "~"});
  std::vector<FileDownload> out;
  for (DownloadRow& row : session.rows<DownloadRow>(
           "SELECT d.id, d.file_id, d.version, COALESCE(d.user_id, ''), COALESCE(u.name, ''), d.grant_id, d.bytes, "
           "d.complete, d.started_at, d.ended_at FROM file_downloads d LEFT JOIN users u ON u.id = d.user_id "
           "WHERE d.file_id = :file AND (d.started_at, d.id) < (:started, :id) "
           "ORDER BY d.started_at DESC, d.id DESC LIMIT :limit",
           file_id, from.created_at, from.id, limit)) {
    out.push_back(std::move(row.download));
  }
  return out;
}

}  // namespace parley::store
