// Files as people have them: versions, who may see them, who fetched them. Content is in an ObjectStore, rows in the
// database; uploads hand in what is complete.
//
//   upload complete ─→ size, quota ─→ type by content ─→ scan ─→ object storage ─→ rows + room event ─→ previews
//   who asks ─→ row ─→ place in the room ─→ auth::authorize ─→ Content (a reader) ─→ download row, ended by removal
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/authorize.h"
#include "auth/subject.h"
#include "base/random.h"
#include "base/result.h"
#include "files/config.h"
#include "files/observer.h"
#include "http/query.h"
#include "hub/hub.h"
#include "store/files.h"

namespace parley::store {
class Database;
}
namespace parley::work {
class Pool;
}
namespace parley::auth {
class Passwords;
}
namespace parley::files {

using boost::asio::awaitable;
class ObjectStore;
class ObjectReader;

struct Page {
  std::vector<store::File> items;
  std::string next_cursor;  // empty: no more
};

// A file that its asker may see, with what he may do.
struct FileView {
  store::File file;
  bool can_edit = false;  // rename, new versions
  bool can_delete = false;
  bool can_grant = false;
};

// What an upload is to become.
struct NewFile {
  std::string name;
  std::string room_id;  // empty: a file of one's own
  std::string file_id;  // not empty: a new version of this file
  std::string note;
};

// A complete upload: bytes on disk that nobody writes to any more.
struct FinishedUpload {
  std::string id;  // UUID; of the file or version that it becomes, so that finishing twice makes one
  auth::Subject subject;
  NewFile what;
  std::filesystem::path path;  // stays where it is when an Error comes back
  std::uint64_t size = 0;
  std::string sha256;  // hex
};

struct NewGrant {
  store::GrantKind kind = store::GrantKind::kUser;
  std::string room_id;          // kRoom
  std::string user_id;          // kUser
  std::string password;         // kLink; empty: none
  std::int64_t expires_at = 0;  // ms since the epoch; 0: never
};
struct GrantMade {
  store::FileGrant grant;
  std::string token;  // kLink: shown this once
};

struct DownloadPage {
  std::vector<store::FileDownload> items;
  std::string next_cursor;
};

// Leave to fetch one version's content, decided. `reader` is read on the pool.
struct Content {
  store::File file;
  store::FileVersion version;
  std::shared_ptr<ObjectReader> reader;
  std::string user_id;   // who fetches; empty: a link
  std::string grant_id;  // the link
};

// How a signed URL's parts read once its signature is proven.
struct SignedPass {
  std::string file_id;
  std::int64_t version = 0;
  std::string user_id;
  std::string grant_id;
  bool admin = false;  // the signer was an administrator
};

// What the bearer of a link sees before fetching.
struct LinkView {
  store::File file;
  std::string url;  // signed
  std::int64_t url_expires_at = 0;
  std::int64_t expires_at = 0;  // of the link; 0: never
};

// What authorize() needs to know of a room and a person's place in it (chat::Rooms::object_for). Error "not_found".
using RoomLookup = std::function<awaitable<Result<auth::Object, Error>>(std::string user_id, std::string room_id)>;

class Service final : public hub::Listener {
 public:
  // All must outlive it. `pool` is for what blocks on disk or network.
  struct Parts {
    store::Database& database;
    work::Pool& pool;
    hub::Hub& hub;
    auth::Passwords& passwords;
    ObjectStore& objects;
    RandomSource& random;
    RoomLookup room_of;
    boost::asio::any_io_executor home;  // the control thread's
  };
  Service(Config config, Parts parts);
  ~Service() override;
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  // Not owned; told in the order of adding.
  void add_observer(Observer& observer);

  // ---- uploads (files/uploads.h calls these) ----
  // Before the first byte: may he, is there room for `length` bytes (nullopt: not known yet)?
  awaitable<Result<void, Error>> may_upload(auth::Subject subject, NewFile what, std::optional<std::uint64_t> length);
  // Error codes beside the usual: "unsupported_media_type", "quota_exceeded", "payload_too_large",
  // "failed_precondition" (a virus was found), "unavailable" (scanner or storage), "insufficient_storage".
  awaitable<Result<store::File, Error>> finish_upload(FinishedUpload upload);

  // ---- files ----
  awaitable<Result<FileView, Error>> get(auth::Subject subject, std::string file_id);
  awaitable<Result<Page, Error>> list_room(auth::Subject subject, std::string room_id, std::string cursor,
                                           std::int64_t limit);
  awaitable<Result<Page, Error>> list_mine(auth::Subject subject, std::string cursor, std::int64_t limit);
  awaitable<Result<Page, Error>> list_shared_with_me(auth::Subject subject);
  awaitable<Result<store::File, Error>> rename(auth::Subject subject, std::string file_id, std::string name);
  awaitable<Result<void, Error>> remove(auth::Subject subject, std::string file_id);

  // ---- versions ----
  awaitable<Result<std::vector<store::FileVersion>, Error>> versions(auth::Subject subject, std::string file_id);
  // The version's content becomes a new version.
  awaitable<Result<store::File, Error>> restore(auth::Subject subject, std::string file_id, std::int64_t number);

  // ---- grants ----
  awaitable<Result<GrantMade, Error>> grant(auth::Subject subject, std::string file_id, NewGrant what);
  awaitable<Result<std::vector<store::FileGrant>, Error>> grants(auth::Subject subject, std::string file_id);
  awaitable<Result<void, Error>> revoke(auth::Subject subject, std::string file_id, std::string grant_id);
  // Who downloaded it, newest first.
  awaitable<Result<DownloadPage, Error>> downloads(auth::Subject subject, std::string file_id, std::string cursor,
                                                   std::int64_t limit);

  // ---- content ----
  // version 0: the current one. Sizes of previews: kPreviewSizes.
  awaitable<Result<Content, Error>> open(auth::Subject subject, std::string file_id, std::int64_t version);
  awaitable<Result<Content, Error>> open_signed(SignedPass pass);
  // Of links: error "unauthenticated", field "password", when one is asked for or is wrong.
  awaitable<Result<Content, Error>> open_link(std::string token, std::string password);
  awaitable<Result<LinkView, Error>> view_link(std::string token, std::string password);
  struct Preview {
    std::string mime;
    std::string bytes;
    std::string etag;
  };
  // Makes it if it is not there yet. Error "not_found": this kind of file has none.
  awaitable<Result<Preview, Error>> preview(auth::Subject subject, std::string file_id, std::int64_t version, int size);
  awaitable<Result<Preview, Error>> preview_signed(SignedPass pass, int size);
  // "/api/v1/files/{id}/content?…" with a signature, good for `config.url_ttl`; for places that send no header. The
  // same query serves the file's previews.
  struct SignedUrl {
    std::string url;
    std::int64_t expires_at = 0;  // ms since the epoch
  };
  // The signature of a URL. Error "permission_denied".
  [[nodiscard]] Result<SignedPass, Error> verify_url(std::string_view file_id, const http::Query& query,
                                                     bool& attachment) const;
  awaitable<Result<SignedUrl, Error>> sign_url(auth::Subject subject, std::string file_id, std::int64_t version,
                                               bool attachment);

  // ---- upkeep ----
  // Every minute or so: expired uploads are the upload part's; this one collects content that nothing names.
  awaitable<void> collect();
  // Everything of one person or room as JSON, without content.
  awaitable<Result<boost::json::array, Error>> export_of_user(std::string user_id);
  awaitable<Result<boost::json::array, Error>> export_of_room(std::string room_id);
  // Files of the person that lie in no room are deleted.
  awaitable<Result<void, Error>> forget_user(std::string user_id);

  // Downloads of the room's files by this person end now.
  void on_member_removed(std::string_view room_id, std::string_view user_id) override;
  void on_room_deleted(std::string_view room_id) override;

  struct Stats {
    std::uint64_t files_created = 0;
    std::uint64_t versions_created = 0;
    std::uint64_t refused = 0;  // uploads that were complete but not taken
    std::uint64_t downloads_started = 0;
    std::uint64_t downloads_cut = 0;  // ended because their reader lost the right to them
    std::size_t downloads_open = 0;
    std::uint64_t bytes_out = 0;
    std::uint64_t previews_made = 0;
    std::uint64_t previews_failed = 0;
    std::uint64_t objects_collected = 0;
  };
  [[nodiscard]] Stats stats() const;
  [[nodiscard]] const Config& config() const;

  struct Impl;
  [[nodiscard]] const std::shared_ptr<Impl>& impl() const { return impl_; }  // for the parts of this folder

 private:
  std::shared_ptr<Impl> impl_;
};

}  // namespace parley::files
