#include "files/json.h"

#include "base/iso_time.h"
#include "files/previews.h"

namespace parley::files {

namespace json = boost::json;

namespace {

json::value text_or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }
json::value time_or_null(std::int64_t ms) { return ms == 0 ? json::value(nullptr) : json::value(to_iso(ms)); }

json::array previews_of(const store::File& file) {
  json::array out;
  if (file.previews == store::PreviewState::kNone) return out;
  const std::string path = "/api/v1/files/" + file.id + "/previews/";
  switch (preview_kind(file.mime)) {
    case PreviewKind::kImage:
      for (const int size : kPreviewSizes) {
        out.push_back({{"kind", "image"}, {"size", size}, {"url", path + std::to_string(size)}});
      }
      break;
    case PreviewKind::kText:
      out.push_back({{"kind", "text"}, {"url", path + "text"}});
      break;
    case PreviewKind::kNone:
      break;
  }
  return out;
}

}  // namespace

std::string_view to_string(store::GrantKind kind) {
  switch (kind) {
    case store::GrantKind::kRoom:
      return "room";
    case store::GrantKind::kUser:
      return "user";
    case store::GrantKind::kLink:
      break;
  }
  return "link";
}

json::object to_json(const store::File& file) {
  return {{"id", file.id},
          {"name", file.name},
          {"size", file.size},
          {"mime", file.mime},
          {"roomId", text_or_null(file.room_id)},
          {"ownerId", text_or_null(file.owner_id)},
          {"version", file.version},
          {"sha256", file.sha256},
          {"url", "/api/v1/files/" + file.id + "/content"},
          {"previews", previews_of(file)},
          {"createdAt", to_iso(file.created_at)},
          {"updatedAt", to_iso(file.updated_at)}};
}

json::object to_json(const FileView& view) {
  json::object out = to_json(view.file);
  out["canEdit"] = view.can_edit;
  out["canDelete"] = view.can_delete;
  out["canGrant"] = view.can_grant;
  return out;
}

json::object to_json(const store::FileVersion& version) {
  return {{"id", version.id},
          {"fileId", version.file_id},
          {"number", version.number},
          {"size", version.size},
          {"mime", version.mime},
          {"sha256", version.sha256},
          {"uploaderId", text_or_null(version.uploader_id)},
          {"note", version.note},
          {"restoredFrom", version.restored_from == 0 ? json::value(nullptr) : json::value(version.restored_from)},
          {"createdAt", to_iso(version.created_at)}};
}

json::object to_json(const store::FileGrant& grant) {
  return {{"id", grant.id},
          {"fileId", grant.file_id},
          {"kind", to_string(grant.kind)},
          {"roomId", text_or_null(grant.room_id)},
          {"userId", text_or_null(grant.user_id)},
          {"password", !grant.password_hash.empty()},
          {"createdBy", text_or_null(grant.created_by)},
          {"createdAt", to_iso(grant.created_at)},
          {"expiresAt", time_or_null(grant.expires_at)}};
}

json::object to_json(const GrantMade& made, const Config& config) {
  json::object out = to_json(made.grant);
  if (!made.token.empty()) {
    out["token"] = made.token;
    out["url"] = config.public_url + "/api/v1/shared/" + made.token;
  }
  return out;
}

json::object to_json(const store::FileDownload& download) {
  return {{"id", download.id},
          {"fileId", download.file_id},
          {"version", download.version},
          {"userId", text_or_null(download.user_id)},
          {"userName", text_or_null(download.user_name)},
          {"grantId", text_or_null(download.grant_id)},
          {"bytes", download.bytes},
          {"complete", download.complete},
          {"startedAt", to_iso(download.started_at)},
          {"endedAt", time_or_null(download.ended_at)}};
}

json::object to_json(const store::Upload& upload) {
  return {{"id", upload.id},
          {"name", upload.name},
          {"roomId", text_or_null(upload.room_id)},
          {"fileId", text_or_null(upload.file_id)},
          {"offset", upload.offset},
          {"length", upload.length ? json::value(*upload.length) : json::value(nullptr)},
          {"done", upload.done},
          {"refusal", text_or_null(upload.refusal)},
          {"createdAt", to_iso(upload.created_at)},
          {"expiresAt", to_iso(upload.expires_at)}};
}

}  // namespace parley::files
