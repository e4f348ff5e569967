// Files, their versions, who may see them and who fetched them. Content lies in an object storage under its SHA-256;
// these rows say whose it is.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parley::store {

class Session;

// What previews an object has, decided once for each content.
enum class PreviewState : std::uint8_t { kPending, kReady, kNone };

struct File {
  std::string id;
  std::string owner_id;  // who uploaded the first version
  std::string room_id;   // empty: in no room
  std::string name;
  std::string version_id;  // the current one
  std::int64_t version = 1;
  std::int64_t size = 0;  // of the current version, as are mime and sha256
  std::string mime;
  std::string sha256;
  std::int64_t created_at = 0;
  std::int64_t updated_at = 0;
  PreviewState previews = PreviewState::kPending;
};

struct FileVersion {
  std::string id;
  std::string file_id;
  std::int64_t number = 1;
  std::string sha256;
  std::int64_t size = 0;
  std::string mime;
  std::string uploader_id;
  std::string note;
  std::int64_t restored_from = 0;  // the number of the version that this one brought back; 0: none
  std::int64_t created_at = 0;
};

enum class GrantKind : std::uint8_t { kRoom, kUser, kLink };

struct FileGrant {
  std::string id;
  std::string file_id;
  GrantKind kind = GrantKind::kUser;
  std::string room_id;        // kRoom
  std::string user_id;        // kUser
  std::string token_hash;     // kLink: SHA-256 of the token, hex
  std::string password_hash;  // kLink: Argon2id; empty: no password
  std::string created_by;
  std::int64_t created_at = 0;
  std::int64_t expires_at = 0;  // 0: never
};

struct FileDownload {
  std::string id;
  std::string file_id;
  std::int64_t version = 1;
  std::string user_id;     // empty: by a link, without an account
  std::string user_name;   // of the account; filled when listed
  std::string grant_id;    // the link, where it was one
  std::int64_t bytes = 0;  // sent
  bool complete = false;
  std::int64_t started_at = 0;
  std::int64_t ended_at = 0;  // 0: under way
};

struct FileCursor {
  std::int64_t created_at = 0;
  std::string id;
};

// ---- files ----
// The file and its first version in one go. Usage of the owner and the room grows by its size.
Result<void, Error> insert_file(Session& session, const File& file, const FileVersion& version);
// Makes it the current one; the file's row follows. Error "aborted" when version.number is taken.
Result<void, Error> insert_file_version(Session& session, const FileVersion& version);
Result<std::optional<File>, Error> find_file(Session& session, std::string_view id);
Result<std::vector<File>, Error> find_files(Session& session, const std::vector<std::string>& ids);
Result<void, Error> rename_file(Session& session, std::string_view id, std::string_view name, std::int64_t now_ms);
// Versions, grants and downloads go with it; objects are left to the garbage collection.
Result<void, Error> delete_file(Session& session, std::string_view id);
// Newest first; those before `before`.
Result<std::vector<File>, Error> list_room_files(Session& session, std::string_view room_id,
                                                 const std::optional<FileCursor>& before, std::int64_t limit);
Result<std::vector<File>, Error> list_own_files(Session& session, std::string_view owner_id,
                                                const std::optional<FileCursor>& before, std::int64_t limit);
// Ids of the person's files that lie in no room.
Result<std::vector<std::string>, Error> list_loose_files(Session& session, std::string_view owner_id,
                                                         std::int64_t limit);
// Files of others granted to this person by name.
Result<std::vector<File>, Error> list_granted_files(Session& session, std::string_view user_id, std::int64_t now_ms,
                                                    std::int64_t limit);

// ---- versions ----
// Newest first.
Result<std::vector<FileVersion>, Error> list_file_versions(Session& session, std::string_view file_id);
Result<std::optional<FileVersion>, Error> find_file_version(Session& session, std::string_view file_id,
                                                            std::int64_t number);

// ---- grants ----
Result<void, Error> insert_file_grant(Session& session, const FileGrant& grant);
Result<std::vector<FileGrant>, Error> list_file_grants(Session& session, std::string_view file_id);
Result<std::optional<FileGrant>, Error> find_file_grant(Session& session, std::string_view id);
Result<std::optional<FileGrant>, Error> find_file_grant_by_token(Session& session, std::string_view token_hash);
Result<void, Error> delete_file_grant(Session& session, std::string_view id);
// Names the person, or a room that the person is a member of, and has not expired.
Result<bool, Error> has_file_grant(Session& session, std::string_view file_id, std::string_view user_id,
                                   std::int64_t now_ms);

// ---- downloads ----
Result<void, Error> insert_file_download(Session& session, const FileDownload& download);
Result<void, Error> end_file_download(Session& session, std::string_view id, std::int64_t bytes, bool complete,
                                      std::int64_t now_ms);
// The same person or link has begun to fetch the same version since then.
Result<bool, Error> has_file_download(Session& session, const FileDownload& like, std::int64_t since);
// Newest first.
Result<std::vector<FileDownload>, Error> list_file_downloads(Session& session, std::string_view file_id,
                                                             const std::optional<FileCursor>& before,
                                                             std::int64_t limit);

// ---- messages ----
// In the order given.
Result<void, Error> attach_files(Session& session, std::string_view message_id, const std::vector<std::string>& ids);
// Answers those of the message's files that were no more than an attachment: on no other message now, of one version,
// granted to nobody.
Result<std::vector<std::string>, Error> detach_files(Session& session, std::string_view message_id);
struct AttachedFile {
  std::string message_id;
  File file;
};
Result<std::vector<AttachedFile>, Error> list_attached_files(Session& session,
                                                             std::span<const std::string> message_ids);

// ---- what is used ----
Result<std::int64_t, Error> bytes_of_user(Session& session, std::string_view user_id);
Result<std::int64_t, Error> bytes_of_room(Session& session, std::string_view room_id);

// ---- objects: every content that was ever stored, until it is collected ----
// Notes that the object is wanted now: it is not collected for a while, whether or not a version names it yet.
Result<void, Error> touch_object(Session& session, std::string_view sha256, std::int64_t size, std::int64_t now_ms);
Result<PreviewState, Error> object_previews(Session& session, std::string_view sha256);
Result<void, Error> set_object_previews(Session& session, std::string_view sha256, PreviewState state);
// No version names them, and nobody has touched them since untouched_since.
Result<std::vector<std::string>, Error> list_unused_objects(Session& session, std::int64_t untouched_since,
                                                            std::int64_t limit);
// False: it is used by now, or touched.
Result<bool, Error> delete_unused_object(Session& session, std::string_view sha256, std::int64_t untouched_since);

}  // namespace parley::store
