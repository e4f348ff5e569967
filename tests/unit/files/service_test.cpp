// What people may do with files, and what happens to content.
#include "files/service.h"

#include "files/links.h"
#include "files/signed_url.h"
#include "store/audit.h"
#include "store/members.h"
#include "store/messages.h"
#include "store/room_events.h"
#include "unit/files/service_harness.h"

namespace parley::files {
namespace {

using namespace parley::files::testing;
using http::Method;
using http::Response;

class FilesServiceTest : public ServiceTest {
 public:
  awaitable<Result<void, Error>> collected() {
    co_await service->collect();
    co_return Result<void, Error>();
  }
  std::size_t object_count() { return objects->list("", 1000)->size(); }
  Response get(const std::string& who, const std::string& path, Headers headers = {}) {
    if (!who.empty()) headers.emplace_back("Authorization", who);
    return request(Method::get, path, headers);
  }
};
STORE_TEST_BOTH_ENGINES(FilesServiceTest);

TEST_P(FilesServiceTest, RoomSeesItsFilesAndStrangersDoNot) {
  const std::string id = send_file("ann", "hello", "a.txt", room);
  EXPECT_EQ(content_of("bob", id), "hello");
  EXPECT_EQ(run(service->get(people["eve"], id)).error().code, "not_found");
  EXPECT_EQ(run(service->list_room(people["eve"], room, "", 10)).error().code, "not_found");
  EXPECT_EQ(run(service->remove(people["bob"], id)).error().code, "permission_denied");
  const auto view = run(service->get(people["bob"], id));
  EXPECT_FALSE(view->can_delete);
  EXPECT_TRUE(run(service->get(people["ann"], id))->can_delete);
  set_role("bob", auth::RoomRole::kModerator);
  EXPECT_TRUE(run(service->remove(people["bob"], id)));
  EXPECT_EQ(run(service->get(people["ann"], id)).error().code, "not_found");
}

TEST_P(FilesServiceTest, OpeningAFileToOthersAndDeletingTheirsIsInTheAuditLog) {
  const std::string own = send_file("bob", "mine", "b.txt", room);
  const std::string id = send_file("ann", "hello", "a.txt", room);
  EXPECT_TRUE(run(service->remove(people["bob"], own)));
  NewGrant link;
  link.kind = store::GrantKind::kLink;
  const auto made = run(service->grant(people["ann"], id, link));
  ASSERT_TRUE(made);
  now += 1ms;
  EXPECT_TRUE(run(service->revoke(people["ann"], id, made->grant.id)));
  now += 1ms;
  set_role("bob", auth::RoomRole::kModerator);
  EXPECT_TRUE(run(service->remove(people["bob"], id)));
  const auto log = read([](store::Session& session) {
    return store::list_audit(session, {.actor_id = {}, .object_id = {}, .room_id = {}});
  });
  ASSERT_TRUE(log);
  std::vector<std::string> acts;  // newest first
  for (const store::AuditEntry& entry : *log) {
    acts.push_back(entry.actor_name + " " + entry.action);
    EXPECT_EQ(entry.object_id, id);
    EXPECT_EQ(entry.room_id, room);
  }
  EXPECT_EQ(acts, (std::vector<std::string>{"bob file.delete", "ann file.revoke", "ann file.grant"}));
}

TEST_P(FilesServiceTest, FilesOfOneselfAreNobodyElses) {
  const std::string id = send_file("ann", "mine", "diary.txt");
  EXPECT_EQ(content_of("ann", id), "mine");
  EXPECT_EQ(run(service->get(people["bob"], id)).error().code, "not_found");
  EXPECT_EQ(run(service->list_mine(people["ann"], "", 10))->items.size(), 1U);
  EXPECT_EQ(run(service->list_mine(people["bob"], "", 10))->items.size(), 0U);
}

TEST_P(FilesServiceTest, PagesFollowOneAnother) {
  for (int i = 0; i < 5; ++i) {
    send_file("ann", "x" + std::to_string(i), "f" + std::to_string(i), room);
    now += 1s;
  }
  std::vector<std::string> names;
  std::string cursor;
  do {
    const auto page = run(service->list_room(people["bob"], room, cursor, 2));
    ASSERT_TRUE(page);
    for (const store::File& file : page->items) names.push_back(file.name);
    cursor = page->next_cursor;
  } while (!cursor.empty());
  EXPECT_EQ(names, (std::vector<std::string>{"f4", "f3", "f2", "f1", "f0"}));
  EXPECT_EQ(run(service->list_room(people["bob"], room, "nonsense", 2)).error().field, "cursor");
}

TEST_P(FilesServiceTest, VersionsKeepTheirContentAndCanComeBack) {
  const std::string id = send_file("ann", "one", "a.txt", room);
  EXPECT_EQ(send("ann", "two", "ignored.txt", "", id).status, 201U);
  EXPECT_EQ(content_of("bob", id), "two");
  EXPECT_EQ(content_of("bob", id, "?version=1"), "one");
  const auto restored = run(service->restore(people["ann"], id, 1));
  ASSERT_TRUE(restored);
  EXPECT_EQ(restored->version, 3);
  EXPECT_EQ(content_of("bob", id), "one");
  const auto versions = run(service->versions(people["bob"], id));
  ASSERT_EQ(versions->size(), 3U);
  EXPECT_EQ((*versions)[0].restored_from, 1);
  EXPECT_EQ(run(service->restore(people["ann"], id, 9)).error().code, "not_found");
  EXPECT_EQ(object_count(), 2U) << "one content lies there once";
  EXPECT_EQ(get("bob", "/api/v1/files/" + id + "/content?version=9").status, 404U);
}

TEST_P(FilesServiceTest, RoomEventsTellOfFilesInOrder) {
  const std::string id = send_file("ann", "one", "a.txt", room);
  EXPECT_TRUE(run(service->rename(people["ann"], id, "b.txt")));
  EXPECT_TRUE(run(service->remove(people["ann"], id)));
  const auto events = read([this](store::Session& s) { return store::room_events_after(s, room, 0, 10); });
  ASSERT_EQ(events->size(), 3U);
  EXPECT_EQ((*events)[0].name, "file-created");
  EXPECT_EQ((*events)[1].name, "file-updated");
  EXPECT_NE((*events)[1].data.find("b.txt"), std::string::npos);
  EXPECT_EQ((*events)[2].name, "file-deleted");
}

TEST_P(FilesServiceTest, NamesAreCleanedAndNeverThoseOfPrograms) {
  const std::string id = send_file("ann", "x", "../up\\there/a.txt", room);
  EXPECT_EQ(run(service->get(people["ann"], id))->file.name, "a.txt");
  EXPECT_EQ(run(service->rename(people["ann"], id, "run.bat")).error().field, "name");
  EXPECT_EQ(run(service->rename(people["ann"], id, " / ")).error().field, "name");
  EXPECT_EQ(run(service->rename(people["ann"], id, "dir/c.txt"))->name, "c.txt");
}

TEST_P(FilesServiceTest, GrantsReachPersonsAndRooms) {
  const std::string id = send_file("ann", "secret", "a.txt");
  NewGrant grant;
  grant.user_id = people["eve"].user_id;
  grant.expires_at = to_millis(now.time_since_epoch()) + 10'000;
  ASSERT_TRUE(run(service->grant(people["ann"], id, grant)));
  EXPECT_EQ(content_of("eve", id), "secret");
  EXPECT_EQ(run(service->list_shared_with_me(people["eve"]))->items.size(), 1U);
  EXPECT_EQ(run(service->remove(people["eve"], id)).error().code, "permission_denied");
  EXPECT_EQ(run(service->grants(people["eve"], id)).error().code, "permission_denied");
  now += 11s;
  EXPECT_EQ(run(service->get(people["eve"], id)).error().code, "not_found");

  grant = {};
  grant.kind = store::GrantKind::kRoom;
  grant.room_id = room;
  ASSERT_TRUE(run(service->grant(people["ann"], id, grant)));
  write([this](store::Session& s) {
    store::Member member;
    member.room_id = room;
    member.user_id = people["bob"].user_id;
    return store::insert_member(s, member);
  });
  EXPECT_EQ(content_of("bob", id), "secret");
  EXPECT_EQ(run(service->get(people["eve"], id)).error().code, "not_found");
  EXPECT_EQ(run(service->grant(people["eve"], id, grant)).error().code, "not_found");
  grant.room_id = new_id();
  EXPECT_EQ(run(service->grant(people["ann"], id, grant)).error().code, "not_found");
  grant = {};
  grant.user_id = new_id();
  EXPECT_EQ(run(service->grant(people["ann"], id, grant)).error().field, "userId");
}

TEST_P(FilesServiceTest, LinksAskForTheirPasswordAndEnd) {
  const std::string id = send_file("ann", "linked", "a.txt", room);
  NewGrant grant;
  grant.kind = store::GrantKind::kLink;
  const auto open = run(service->grant(people["ann"], id, grant));
  ASSERT_TRUE(open);
  const std::string path = "/api/v1/shared/" + open->token;
  EXPECT_EQ(read_source(get("", path + "/content")), "linked");
  EXPECT_EQ(get("", path).status, 200U);
  EXPECT_EQ(get("", "/api/v1/shared/guess").status, 404U);
  EXPECT_EQ(open->grant.token_hash.find(open->token), std::string::npos);

  grant.password = "open sesame";
  grant.expires_at = to_millis(now.time_since_epoch()) + 3'600'000;
  const auto closed = run(service->grant(people["ann"], id, grant));
  ASSERT_TRUE(closed);
  const std::string asked = "/api/v1/shared/" + closed->token;
  EXPECT_EQ(get("", asked).status, 401U);
  EXPECT_EQ(get("", asked + "/content").status, 401U);
  EXPECT_EQ(request(Method::post, asked, {}, R"({"password": "wrong"})").status, 401U);
  const Response right = request(Method::post, asked, {}, R"({"password": "open sesame"})");
  ASSERT_EQ(right.status, 200U) << right.body;
  for (int i = 0; i < 12; ++i) request(Method::post, asked, {}, R"({"password": "guess"})");
  EXPECT_EQ(request(Method::post, asked, {}, R"({"password": "open sesame"})").status, 429U);
  now += 7200s;
  EXPECT_EQ(request(Method::post, asked, {}, R"({"password": "open sesame"})").status, 404U);

  ASSERT_TRUE(run(service->revoke(people["ann"], id, open->grant.id)));
  EXPECT_EQ(get("", path).status, 404U);
}

TEST_P(FilesServiceTest, SignedUrlsAreWhatTheySayAndEnd) {
  const std::string id = send_file("ann", "signed", "a.txt", room);
  const auto url = run(service->sign_url(people["bob"], id, 0, true));
  ASSERT_TRUE(url);
  const Response answer = get("", url->url);
  EXPECT_EQ(read_source(answer), "signed");
  EXPECT_TRUE(header(answer, "Content-Disposition").starts_with("attachment"));
  for (const auto& [from, to] : {std::pair("v=1", "v=2"), std::pair("&d=1", ""), std::pair("&e=1", "&e=2")}) {
    std::string forged = url->url;
    ASSERT_NE(forged.find(from), std::string::npos) << url->url;
    forged.replace(forged.find(from), std::string(from).size(), to);
    EXPECT_EQ(get("", forged).status, 403U) << forged;
  }
  EXPECT_EQ(get("", "/api/v1/files/" + id + "/content?s=x").status, 403U);
  roles[room].erase(people["bob"].user_id);
  EXPECT_EQ(get("", url->url).status, 404U) << "its bearer has left the room";
  set_role("bob", auth::RoomRole::kMember);
  EXPECT_EQ(get("", url->url).status, 200U);
  now += config.url_ttl + 61s;
  EXPECT_EQ(get("", url->url).status, 403U);
}

TEST_P(FilesServiceTest, RangesAndConditionsAreAnswered) {
  const std::string bytes = noise(300'000);
  const std::string id = send_file("ann", bytes, "a.bin", room);
  const std::string path = "/api/v1/files/" + id + "/content";
  const Response part = get("bob", path, {{"Range", "bytes=1000-200999"}});
  EXPECT_EQ(part.status, 206U);
  EXPECT_EQ(header(part, "Content-Range"), "bytes 1000-200999/300000");
  EXPECT_EQ(read_source(part), bytes.substr(1000, 200'000));
  const std::string etag = header(part, "ETag");
  EXPECT_EQ(get("bob", path, {{"If-None-Match", etag}}).status, 304U);
  EXPECT_EQ(get("bob", path, {{"Range", "bytes=0-1"}, {"If-Range", etag}}).status, 206U);
  EXPECT_EQ(get("bob", path, {{"Range", "bytes=0-1"}, {"If-Range", "\"old\""}}).status, 200U);
  const Response beyond = get("bob", path, {{"Range", "bytes=300000-"}});
  EXPECT_EQ(beyond.status, 416U);
  EXPECT_EQ(header(beyond, "Content-Range"), "bytes */300000");
}

TEST_P(FilesServiceTest, DownloadsAreTracked) {
  const std::string bytes = noise(200'000);
  const std::string id = send_file("ann", bytes, "a.bin", room);
  const std::string path = "/api/v1/files/" + id + "/content";
  EXPECT_EQ(content_of("bob", id), bytes);
  settle();
  auto downloads = run(service->downloads(people["ann"], id, "", 10));
  ASSERT_EQ(downloads->items.size(), 1U);
  EXPECT_EQ(downloads->items[0].user_id, people["bob"].user_id);
  EXPECT_EQ(downloads->items[0].user_name, "bob");
  EXPECT_EQ(downloads->items[0].bytes, 200'000);
  EXPECT_TRUE(downloads->items[0].complete);
  EXPECT_EQ(run(service->downloads(people["bob"], id, "", 10)).error().code, "permission_denied");
  // Going on with a download is the same one; another person's part is its own.
  read_source(get("bob", path, {{"Range", "bytes=100-"}}));
  settle();
  EXPECT_EQ(run(service->downloads(people["ann"], id, "", 10))->items.size(), 1U);
  now += 1s;
  read_source(get("ann", path, {{"Range", "bytes=100-"}}));
  settle();
  EXPECT_EQ(run(service->downloads(people["ann"], id, "", 10))->items.size(), 2U);
  EXPECT_EQ(service->stats().downloads_open, 0U);
}

TEST_P(FilesServiceTest, RemovedMembersDownloadsEndAtOnce) {
  const std::string id = send_file("ann", noise(500'000), "a.bin", room);
  const Response mine = get("ann", "/api/v1/files/" + id + "/content");
  const Response theirs = get("bob", "/api/v1/files/" + id + "/content");
  bool ended = false;
  theirs.source->sending([&] { ended = true; });
  mine.source->sending([&] { FAIL() << "not hers"; });
  std::vector<std::uint8_t> piece(1000);
  EXPECT_TRUE(run(theirs.source->read(piece)));
  service->on_member_removed("another room", people["bob"].user_id);
  EXPECT_FALSE(ended);
  service->on_member_removed(room, people["bob"].user_id);
  EXPECT_TRUE(ended);
  EXPECT_FALSE(run(theirs.source->read(piece)));
  EXPECT_TRUE(run(mine.source->read(piece)));
  EXPECT_EQ(service->stats().downloads_cut, 1U);
}

TEST_P(FilesServiceTest, DownloadsOfADeletedFileEnd) {
  const std::string id = send_file("ann", noise(500'000), "a.bin", room);
  const Response theirs = get("bob", "/api/v1/files/" + id + "/content");
  bool ended = false;
  theirs.source->sending([&] { ended = true; });
  ASSERT_TRUE(run(service->remove(people["ann"], id)));
  EXPECT_TRUE(ended);
}

TEST_P(FilesServiceTest, UnusedContentIsCollectedAfterItsGrace) {
  const std::string id = send_file("ann", "one", "a.txt", room);
  const std::string other = send_file("ann", "one", "b.txt", room);
  ASSERT_TRUE(run(service->remove(people["ann"], id)));
  now += config.object_grace + 1s;
  run(collected());
  EXPECT_EQ(object_count(), 1U) << "another file has this content";
  ASSERT_TRUE(run(service->remove(people["ann"], other)));
  run(collected());
  EXPECT_EQ(object_count(), 0U);
  EXPECT_EQ(service->stats().objects_collected, 1U);
  const std::string again = send_file("ann", "one", "c.txt", room);
  run(collected());
  EXPECT_EQ(content_of("ann", again), "one");
}

TEST_P(FilesServiceTest, PreviewsAreMadeOnceForEachContent) {
  const std::string text = send_file("ann", "some words", "a.txt", room);
  const Response words = get("bob", "/api/v1/files/" + text + "/previews/text");
  EXPECT_EQ(words.body, "some words");
  EXPECT_EQ(words.content_type, "text/plain; charset=utf-8");
  EXPECT_EQ(get("bob", "/api/v1/files/" + text + "/previews/64").status, 404U);
  EXPECT_EQ(get("eve", "/api/v1/files/" + text + "/previews/text").status, 404U);

  const std::string pdf =
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 150]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
  objects->local = false;  // as with S3: the source is fetched first
  const std::string id = send_file("ann", pdf, "a.pdf", room);
  settle();
  EXPECT_EQ(service->stats().previews_made, 1U);
  const Response small = get("bob", "/api/v1/files/" + id + "/previews/64");
  EXPECT_EQ(small.status, 200U);
  EXPECT_EQ(small.content_type, "image/webp");
  EXPECT_EQ(small.body.substr(8, 4), "WEBP");
  EXPECT_EQ(get("bob", "/api/v1/files/" + id + "/previews/64", {{"If-None-Match", header(small, "ETag")}}).status,
            304U);
  EXPECT_EQ(get("bob", "/api/v1/files/" + id + "/previews/65").status, 404U);
  send_file("ann", pdf, "again.pdf", room);
  settle();
  EXPECT_EQ(service->stats().previews_made, 1U);

  const std::string broken = send_file("ann", pdf.substr(0, 60), "broken.pdf", room);
  EXPECT_EQ(get("bob", "/api/v1/files/" + broken + "/previews/64").status, 404U);
  EXPECT_EQ(run(service->get(people["bob"], broken))->file.previews, store::PreviewState::kNone);
}

TEST_P(FilesServiceTest, MessagesCarryTheirSendersFiles) {
  const Links links;
  const std::string in_room = send_file("ann", "one", "a.txt", room);
  const std::string loose = send_file("ann", "two", "b.txt");
  const std::string message = new_id();
  write([&](store::Session& s) {
    store::Message row;
    row.id = message;
    row.room_id = room;
    row.seq = 100;
    row.sender_id = people["ann"].user_id;
    row.client_id = message;
    return store::insert_message(s, row);
  });
  const auto attach = [&](const std::string& who, std::vector<std::string> ids) {
    return db().write_now([&](store::Session& s) {
      return links.attach(s, {room, message, people[who].user_id, ids});
    });
  };
  EXPECT_EQ(attach("bob", {in_room}).error().field, "fileIds");
  EXPECT_EQ(attach("ann", {in_room, new_id()}).error().field, "fileIds");
  const auto attached = attach("ann", {loose, in_room});
  ASSERT_TRUE(attached);
  EXPECT_NE((*attached)[0].json.find("b.txt"), std::string::npos);
  const std::vector<std::string> messages{message};
  const auto all = read([&](store::Session& s) { return links.of_messages(s, messages); });
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ((*all)[1].message_id, message);
  write([this](store::Session& s) {
    store::Member member;
    member.room_id = room;
    member.user_id = people["bob"].user_id;
    return store::insert_member(s, member);
  });
  EXPECT_EQ(content_of("bob", loose), "two") << "the room may see what hangs on its messages";
  write([&](store::Session& s) { return links.detach(s, messages); });
  EXPECT_EQ(run(service->get(people["ann"], loose)).error().code, "not_found");
}

TEST_P(FilesServiceTest, ExportsHoldVersionsAndForgettingTakesLooseFiles) {
  const std::string in_room = send_file("ann", "one", "a.txt", room);
  const std::string loose = send_file("ann", "two", "b.txt");
  const auto own = run(service->export_of_user(people["ann"].user_id));
  ASSERT_EQ(own->size(), 2U);
  EXPECT_EQ((*own)[0].at("versions").as_array().size(), 1U);
  EXPECT_EQ(run(service->export_of_room(room))->size(), 1U);
  ASSERT_TRUE(run(service->forget_user(people["ann"].user_id)));
  EXPECT_EQ(run(service->get(people["ann"], loose)).error().code, "not_found");
  EXPECT_TRUE(run(service->get(people["ann"], in_room)));
}

TEST_P(FilesServiceTest, PagesAreNeverShownInline) {
  const std::string id = send_file("ann", "<!DOCTYPE html><html><script>alert(1)</script></html>", "a.html", room);
  const Response answer = get("bob", "/api/v1/files/" + id + "/content");
  EXPECT_EQ(answer.content_type, "application/octet-stream");
  EXPECT_TRUE(header(answer, "Content-Disposition").starts_with("attachment"));
  EXPECT_NE(header(answer, "Content-Security-Policy").find("sandbox"), std::string::npos);
}

}  // namespace
}  // namespace parley::files
