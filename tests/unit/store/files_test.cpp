#include "store/files.h"

#include <gtest/gtest.h>

#include "store/members.h"
#include "store/messages.h"
#include "store/rooms.h"
#include "store/uploads.h"
#include "store/users.h"
#include "unit/store/store_harness.h"

namespace parley::store {
namespace {

// Ids that sort by their number.
std::string id(int n) {
  const std::string digits = std::to_string(n);
  return "00000000-0000-7000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

const std::string kAnn = id(1);
const std::string kBob = id(2);
const std::string kRoom = id(3);

User user(const std::string& user_id, const std::string& name) {
  User out;
  out.id = user_id;
  out.name = name;
  out.handle = name;
  out.email = name + "@example.org";
  return out;
}

File file(int n, const std::string& room = kRoom, const std::string& owner = kAnn) {
  File out;
  out.id = id(n);
  out.owner_id = owner;
  out.room_id = room;
  out.name = "file " + std::to_string(n);
  out.created_at = n;
  out.updated_at = n;
  return out;
}

FileVersion version(int n, const std::string& file_id, std::int64_t number, std::int64_t size = 10) {
  FileVersion out;
  out.id = id(n);
  out.file_id = file_id;
  out.number = number;
  out.sha256 = "sha" + std::to_string(n);
  out.size = size;
  out.mime = "image/png";
  out.uploader_id = kAnn;
  out.created_at = n;
  return out;
}

class FilesTest : public StoreTest {
 protected:
  FilesTest() {
    write([](Session& s) -> Result<void, Error> {
      (void)insert_user(s, user(kAnn, "ann"));
      (void)insert_user(s, user(kBob, "bob"));
      Room room;
      room.id = kRoom;
      room.name = "room";
      return insert_room(s, room);
    });
  }
  void add(int n, const std::string& room = kRoom, const std::string& owner = kAnn) {
    write([=](Session& s) { return insert_file(s, file(n, room, owner), version(n + 1000, id(n), 1)); });
  }
};
STORE_TEST_BOTH_ENGINES(FilesTest);

TEST_P(FilesTest, FileHasItsFirstVersion) {
  add(10);
  const auto found = read([](Session& s) { return find_file(s, id(10)); });
  ASSERT_TRUE(*found);
  const File& f = **found;
  EXPECT_EQ(f.name, "file 10");
  EXPECT_EQ(f.version, 1);
  EXPECT_EQ(f.version_id, id(1010));
  EXPECT_EQ(f.sha256, "sha1010");
  EXPECT_EQ(f.room_id, kRoom);
  EXPECT_EQ(f.previews, PreviewState::kPending);
  EXPECT_FALSE(*read([](Session& s) { return find_file(s, id(11)); }));
  EXPECT_EQ(read([](Session& s) { return find_files(s, {id(10), id(11)}); })->size(), 1U);
}

TEST_P(FilesTest, NewVersionBecomesTheCurrentOneAndNumbersAreTakenOnce) {
  add(10);
  write([](Session& s) { return insert_file_version(s, version(20, id(10), 2, 70)); });
  const auto again = db().write_now([](Session& s) { return insert_file_version(s, version(21, id(10), 2)); });
  EXPECT_EQ(again.error().code, "aborted");
  const auto absent = db().write_now([](Session& s) { return insert_file_version(s, version(22, id(99), 2)); });
  EXPECT_EQ(absent.error().code, "not_found");
  const auto found = read([](Session& s) { return find_file(s, id(10)); });
  EXPECT_EQ((*found)->version, 2);
  EXPECT_EQ((*found)->size, 70);
  const auto versions = read([](Session& s) { return list_file_versions(s, id(10)); });
  ASSERT_EQ(versions->size(), 2U);
  EXPECT_EQ((*versions)[0].number, 2);
  EXPECT_EQ((*read([](Session& s) { return find_file_version(s, id(10), 1); }))->sha256, "sha1010");
  EXPECT_EQ(*read([](Session& s) { return bytes_of_user(s, kAnn); }), 80);
  EXPECT_EQ(*read([](Session& s) { return bytes_of_room(s, kRoom); }), 80);
  EXPECT_EQ(*read([](Session& s) { return bytes_of_user(s, kBob); }), 0);
}

TEST_P(FilesTest, ListsGoBackwardsByCursor) {
  for (int n = 10; n < 15; ++n) add(n);
  add(20, "");
  const auto first = read([](Session& s) { return list_room_files(s, kRoom, std::nullopt, 3); });
  ASSERT_EQ(first->size(), 3U);
  EXPECT_EQ((*first)[0].id, id(14));
  const FileCursor after{(*first)[2].created_at, (*first)[2].id};
  const auto rest = read([after](Session& s) { return list_room_files(s, kRoom, after, 3); });
  ASSERT_EQ(rest->size(), 2U);
  EXPECT_EQ((*rest)[1].id, id(10));
  EXPECT_EQ(read([](Session& s) { return list_own_files(s, kAnn, std::nullopt, 50); })->size(), 6U);
  EXPECT_EQ(*read([](Session& s) { return list_loose_files(s, kAnn, 50); }), std::vector<std::string>{id(20)});
}

TEST_P(FilesTest, GrantsReachPersonsAndMembersUntilTheyExpire) {
  add(10, "");
  const auto has = [&](std::int64_t time) {
    return *read([time](Session& s) { return has_file_grant(s, id(10), kBob, time); });
  };
  EXPECT_FALSE(has(5));
  FileGrant grant;
  grant.id = id(30);
  grant.file_id = id(10);
  grant.user_id = kBob;
  grant.created_by = kAnn;
  grant.expires_at = 100;
  write([grant](Session& s) { return insert_file_grant(s, grant); });
  EXPECT_TRUE(has(99));
  EXPECT_FALSE(has(100));
  EXPECT_EQ(read([](Session& s) { return list_granted_files(s, kBob, 5, 10); })->size(), 1U);
  EXPECT_EQ(read([](Session& s) { return list_granted_files(s, kBob, 500, 10); })->size(), 0U);
  write([](Session& s) { return delete_file_grant(s, id(30)); });
  EXPECT_FALSE(has(5));

  grant = {};
  grant.id = id(31);
  grant.file_id = id(10);
  grant.kind = GrantKind::kRoom;
  grant.room_id = kRoom;
  write([grant](Session& s) { return insert_file_grant(s, grant); });
  EXPECT_FALSE(has(5));
  write([](Session& s) {
    Member member;
    member.room_id = kRoom;
    member.user_id = kBob;
    return insert_member(s, member);
  });
  EXPECT_TRUE(has(5));

  grant = {};
  grant.id = id(32);
  grant.file_id = id(10);
  grant.kind = GrantKind::kLink;
  grant.token_hash = "hash";
  grant.password_hash = "argon";
  write([grant](Session& s) { return insert_file_grant(s, grant); });
  const auto link = read([](Session& s) { return find_file_grant_by_token(s, "hash"); });
  EXPECT_EQ((*link)->kind, GrantKind::kLink);
  EXPECT_EQ((*link)->password_hash, "argon");
  EXPECT_EQ(read([](Session& s) { return list_file_grants(s, id(10)); })->size(), 2U);
}

TEST_P(FilesTest, DownloadsTellWhoAndHowFar) {
  add(10);
  FileDownload download;
  download.id = id(40);
  download.file_id = id(10);
  download.user_id = kBob;
  download.started_at = 50;
  EXPECT_FALSE(*read([download](Session& s) { return has_file_download(s, download, 0); }));
  write([download](Session& s) { return insert_file_download(s, download); });
  EXPECT_TRUE(*read([download](Session& s) { return has_file_download(s, download, 50); }));
  EXPECT_FALSE(*read([download](Session& s) { return has_file_download(s, download, 51); }));
  write([](Session& s) { return end_file_download(s, id(40), 10, true, 60); });
  const auto all = read([](Session& s) { return list_file_downloads(s, id(10), std::nullopt, 10); });
  ASSERT_EQ(all->size(), 1U);
  EXPECT_EQ((*all)[0].user_name, "bob");
  EXPECT_EQ((*all)[0].bytes, 10);
  EXPECT_TRUE((*all)[0].complete);
  EXPECT_EQ((*all)[0].ended_at, 60);
}

TEST_P(FilesTest, MessagesKeepTheOrderOfTheirFilesAndLooseOnesAreTold) {
  for (int n = 10; n < 13; ++n) add(n);
  write([](Session& s) { return insert_file_version(s, version(60, id(12), 2)); });
  write([](Session& s) {
    for (int n = 70; n < 72; ++n) {
      Message message;
      message.id = id(n);
      message.room_id = kRoom;
      message.seq = n;
      message.sender_id = kAnn;
      message.client_id = id(n);
      if (auto inserted = insert_message(s, message); !inserted) return inserted;
    }
    if (auto attached = attach_files(s, id(70), {id(12), id(10), id(11)}); !attached) return attached;
    return attach_files(s, id(71), {id(11)});
  });
  const std::vector<std::string> messages{id(70), id(71)};
  const auto attached = read([messages](Session& s) { return list_attached_files(s, messages); });
  ASSERT_EQ(attached->size(), 4U);
  EXPECT_EQ((*attached)[0].file.id, id(12));
  EXPECT_EQ((*attached)[1].file.id, id(10));
  EXPECT_EQ((*attached)[3].message_id, id(71));
  // 11 hangs on another message, 12 has a history.
  EXPECT_EQ(*write([](Session& s) { return detach_files(s, id(70)); }), std::vector<std::string>{id(10)});
}

TEST_P(FilesTest, ObjectsAreUnusedOnceNothingNamesThem) {
  add(10);
  write([](Session& s) -> Result<void, Error> {
    (void)touch_object(s, "sha1010", 10, 100);
    (void)touch_object(s, "other", 10, 100);
    return touch_object(s, "young", 10, 500);
  });
  EXPECT_EQ(*read([](Session& s) { return list_unused_objects(s, 200, 10); }), std::vector<std::string>{"other"});
  EXPECT_FALSE(*write([](Session& s) { return delete_unused_object(s, "sha1010", 200); }));
  EXPECT_FALSE(*write([](Session& s) { return delete_unused_object(s, "young", 200); }));
  EXPECT_TRUE(*write([](Session& s) { return delete_unused_object(s, "other", 200); }));
  write([](Session& s) { return set_object_previews(s, "sha1010", PreviewState::kReady); });
  write([](Session& s) { return touch_object(s, "sha1010", 10, 700); });
  EXPECT_EQ((*read([](Session& s) { return find_file(s, id(10)); }))->previews, PreviewState::kReady);
  write([](Session& s) { return delete_file(s, id(10)); });
  EXPECT_TRUE(*write([](Session& s) { return delete_unused_object(s, "sha1010", 701); }));
}

TEST_P(FilesTest, UploadsRememberWhatIsDurable) {
  Upload upload;
  upload.id = id(80);
  upload.owner_id = kAnn;
  upload.name = "n";
  upload.created_at = 1;
  upload.expires_at = 100;
  write([upload](Session& s) { return insert_upload(s, upload); });
  EXPECT_EQ((*read([](Session& s) { return find_upload(s, id(80)); }))->length, std::nullopt);
  write([](Session& s) { return set_upload_length(s, id(80), 50); });
  write([](Session& s) { return set_upload_offset(s, id(80), 30, 200); });
  const auto found = *read([](Session& s) { return find_upload(s, id(80)); });
  EXPECT_EQ(found->length, 50);
  EXPECT_EQ(found->offset, 30);
  EXPECT_EQ(found->expires_at, 200);
  EXPECT_EQ(read([](Session& s) { return pending_uploads(s, kAnn); })->bytes, 50);
  EXPECT_TRUE(read([](Session& s) { return list_unfinished_uploads(s, 10); })->empty());
  write([](Session& s) { return set_upload_offset(s, id(80), 50, 200); });
  EXPECT_EQ(read([](Session& s) { return list_unfinished_uploads(s, 10); })->size(), 1U);
  EXPECT_EQ(read([](Session& s) { return list_expired_uploads(s, 201, 10); })->size(), 1U);
  EXPECT_TRUE(read([](Session& s) { return list_expired_uploads(s, 200, 10); })->empty());
  write([](Session& s) { return set_upload_done(s, id(80), id(10)); });
  EXPECT_TRUE(read([](Session& s) { return list_unfinished_uploads(s, 10); })->empty());
  EXPECT_EQ(read([](Session& s) { return pending_uploads(s, kAnn); })->count, 0);
  EXPECT_EQ((*read([](Session& s) { return find_upload(s, id(80)); }))->file_id, id(10));
  write([](Session& s) { return delete_upload(s, id(80)); });
  EXPECT_FALSE(*read([](Session& s) { return find_upload(s, id(80)); }));
}

TEST_P(FilesTest, QueriesUseIndexes) {
  read([](Session& s) -> Result<void, Error> {
    const std::string files = "SELECT f.id, o.previews FROM files f LEFT JOIN objects o ON o.sha256 = f.sha256 WHERE ";
    for (const char* rest :
         {"f.id = :id", "f.id IN (:p0, :p1)",
          "f.room_id = :room AND (f.created_at, f.id) < (:created, :id) ORDER BY f.created_at DESC, f.id DESC LIMIT :n",
          "f.owner_id = :o AND (f.created_at, f.id) < (:created, :id) ORDER BY f.created_at DESC, f.id DESC LIMIT :n",
          "f.id IN (SELECT g.file_id FROM file_grants g WHERE g.user_id = :user AND (g.expires_at = 0 OR "
          "g.expires_at > :now)) ORDER BY f.created_at DESC, f.id DESC LIMIT :n"}) {
      expect_indexed(s, files + rest);
    }
    for (const char* query :
         {"SELECT id FROM files WHERE owner_id = :owner AND room_id IS NULL LIMIT :n",
          "SELECT id FROM file_versions WHERE file_id = :file ORDER BY number DESC",
          "SELECT id FROM file_versions WHERE file_id = :file AND number = :n",
          "SELECT SUM(size) FROM file_versions WHERE uploader_id = :u",
          "SELECT SUM(size) FROM file_versions WHERE room_id = :r",
          "SELECT id FROM file_grants WHERE file_id = :f ORDER BY created_at, id LIMIT 1000",
          "SELECT id FROM file_grants WHERE id = :id",
          "SELECT id FROM file_grants WHERE token_hash = :t",
          "SELECT 1 FROM file_grants g WHERE g.file_id = :file AND (g.expires_at = 0 OR g.expires_at > :now) AND "
          "(g.user_id = :user OR EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = g.room_id "
          "AND m.user_id = :user)) LIMIT 1",
          "UPDATE file_downloads SET bytes = :b, complete = :c, ended_at = :now WHERE id = :id",
          "SELECT 1 FROM file_downloads WHERE file_id = :file AND started_at >= :since AND version = :version AND "
          "COALESCE(user_id, '') = :user AND grant_id = :grant LIMIT 1",
          "SELECT d.id, u.name FROM file_downloads d LEFT JOIN users u ON u.id = d.user_id WHERE d.file_id = :file AND "
          "(d.started_at, d.id) < (:started, :id) ORDER BY d.started_at DESC, d.id DESC LIMIT :n",
          "SELECT file_id FROM message_files WHERE message_id = :m ORDER BY position",
          "DELETE FROM message_files WHERE message_id = :m",
          "SELECT m.message_id, f.id FROM message_files m JOIN files f ON f.id = m.file_id LEFT JOIN objects o ON "
          "o.sha256 = f.sha256 WHERE m.message_id IN (:p0, :p1) ORDER BY m.message_id, m.position",
          "SELECT CASE WHEN EXISTS (SELECT 1 FROM message_files WHERE file_id = f.id) OR EXISTS (SELECT 1 FROM "
          "file_grants WHERE file_id = f.id AND kind <> 0) OR f.version > 1 THEN 1 ELSE 0 END FROM files f "
          "WHERE f.id = :id",
          "UPDATE objects SET previews = :p WHERE sha256 = :s",
          "SELECT o.sha256 FROM objects o WHERE o.touched_at < :since AND NOT EXISTS "
          "(SELECT 1 FROM file_versions v WHERE v.sha256 = o.sha256) ORDER BY o.touched_at LIMIT :n",
          "DELETE FROM objects WHERE sha256 = :s AND touched_at < :since AND NOT EXISTS "
          "(SELECT 1 FROM file_versions v WHERE v.sha256 = objects.sha256)",
          "SELECT id FROM uploads WHERE id = :id",
          "UPDATE uploads SET received = :r, expires_at = :e WHERE id = :id",
          "SELECT id FROM uploads WHERE expires_at < :now ORDER BY expires_at LIMIT :n",
          "SELECT COUNT(*) FROM uploads WHERE owner_id = :owner AND done = 0 AND refusal = ''"}) {
      expect_indexed(s, query);
    }
    // A partial index holds the few that are under way, and nothing else.
    expect_indexed(s,
                   "SELECT id FROM uploads WHERE done = 0 AND refusal = '' AND length = received AND kind <> 1 "
                   "ORDER BY id LIMIT :n",
                   {"uploads"});
    return {};
  });
}

}  // namespace
}  // namespace parley::store
