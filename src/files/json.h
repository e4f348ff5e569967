// Files as the APIs show them.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "files/service.h"
#include "store/files.h"
#include "store/uploads.h"

namespace parley::files {

// {id, name, size, mime, roomId, ownerId, version, sha256, url, previews: [{kind: "image"|"text", size?, url}],
// createdAt, updatedAt}. roomId and ownerId may be null. URLs are paths that ask for the token, as others do.
[[nodiscard]] boost::json::object to_json(const store::File& file);
// The same with {canEdit, canDelete, canGrant}.
[[nodiscard]] boost::json::object to_json(const FileView& view);
// {id, fileId, number, size, mime, sha256, uploaderId, note, restoredFrom, createdAt}
[[nodiscard]] boost::json::object to_json(const store::FileVersion& version);
// {id, fileId, kind: "room"|"user"|"link", roomId, userId, password: bool, createdBy, createdAt, expiresAt}
[[nodiscard]] boost::json::object to_json(const store::FileGrant& grant);
// The same with {token, url} of a link.
[[nodiscard]] boost::json::object to_json(const GrantMade& made, const Config& config);
// {id, fileId, version, userId, userName, grantId, bytes, complete, startedAt, endedAt}
[[nodiscard]] boost::json::object to_json(const store::FileDownload& download);
// {id, name, roomId, fileId, offset, length, done, refusal, createdAt, expiresAt}
[[nodiscard]] boost::json::object to_json(const store::Upload& upload);

template <class T>
[[nodiscard]] boost::json::array to_json(const std::vector<T>& items) {
  boost::json::array out;
  out.reserve(items.size());
  for (const T& item : items) out.push_back(to_json(item));
  return out;
}

[[nodiscard]] std::string_view to_string(store::GrantKind kind);

}  // namespace parley::files
