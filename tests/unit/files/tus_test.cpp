// Resumable uploads from the first request to the file.
#include "unit/files/service_harness.h"

namespace parley::files {
namespace {

using namespace parley::files::testing;
using http::Method;
using http::Response;

class TusTest : public ServiceTest {
 public:
  std::string create(const std::string& who, std::size_t length, const std::string& name = "data.bin",
                     Headers more = {}) {
    more.emplace_back("Upload-Length", std::to_string(length));
    more.emplace_back("Upload-Metadata", metadata(name, room));
    const Response response = request(Method::post, "/api/v1/uploads", tus(who, more));
    EXPECT_EQ(response.status, 201U) << response.body;
    return header(response, "Location");
  }
  Response patch(const std::string& who, const std::string& url, std::size_t offset, FakeBody& body,
                 Headers more = {}) {
    more.emplace_back("Upload-Offset", std::to_string(offset));
    more.emplace_back("Content-Type", "application/offset+octet-stream");
    return request(Method::patch, url, tus(who, more), body);
  }
  Response patch(const std::string& who, const std::string& url, std::size_t offset, const std::string& bytes,
                 Headers more = {}) {
    FakeBody body(bytes);
    return patch(who, url, offset, body, std::move(more));
  }
  std::string offset_of(const std::string& who, const std::string& url) {
    return header(request(Method::head, url, tus(who)), "Upload-Offset");
  }
  std::filesystem::path part(const std::string& url) {
    return folder.path() / "uploads" / url.substr(url.rfind('/') + 1);
  }
};
STORE_TEST_BOTH_ENGINES(TusTest);

TEST_P(TusTest, DiscoveryTellsWhatIsSpoken) {
  const Response response = request(Method::options, "/api/v1/uploads");
  EXPECT_EQ(response.status, 204U);
  EXPECT_EQ(header(response, "Tus-Version"), "1.0.0");
  EXPECT_EQ(header(response, "Tus-Extension"),
            "creation,creation-with-upload,creation-defer-length,termination,checksum,expiration,concatenation");
  EXPECT_EQ(header(response, "Tus-Checksum-Algorithm"), "sha1,sha256");
  EXPECT_EQ(header(response, "Tus-Max-Size"), std::to_string(config.max_file_size));
}

TEST_P(TusTest, UploadInPiecesBecomesAFile) {
  const std::string bytes = noise(700'000);
  const std::string url = create("ann", bytes.size());
  EXPECT_EQ(offset_of("ann", url), "0");
  const Response first = patch("ann", url, 0, bytes.substr(0, 300'000));
  EXPECT_EQ(first.status, 204U) << first.body;
  EXPECT_EQ(header(first, "Upload-Offset"), "300000");
  EXPECT_NE(header(first, "Upload-Expires"), "");
  const Response last = patch("ann", url, 300'000, bytes.substr(300'000));
  EXPECT_EQ(last.status, 204U) << last.body;
  const std::string file_id = header(last, "Parley-File-Id");
  ASSERT_FALSE(file_id.empty());
  EXPECT_EQ(content_of("bob", file_id), bytes);
  const auto file = run(service->get(people["bob"], file_id));
  ASSERT_TRUE(file);
  EXPECT_EQ(file->file.sha256, sha256_hex(bytes));
  EXPECT_EQ(file->file.name, "data.bin");
  EXPECT_FALSE(std::filesystem::exists(part(url)));
  // Asking again tells the same.
  const Response head = request(Method::head, url, tus("ann"));
  EXPECT_EQ(header(head, "Upload-Offset"), "700000");
  EXPECT_EQ(header(head, "Parley-File-Id"), file_id);
}

TEST_P(TusTest, RequestsOfAnotherVersionAreRefused) {
  const Response response =
      request(Method::post, "/api/v1/uploads", {{"Authorization", "ann"}, {"Upload-Length", "3"}});
  EXPECT_EQ(response.status, 412U);
  EXPECT_EQ(header(response, "Tus-Version"), "1.0.0");
  EXPECT_EQ(request(Method::post, "/api/v1/uploads", tus("nobody", {{"Upload-Length", "3"}})).status, 401U);
}

TEST_P(TusTest, CreationNeedsALengthOrItsDeferral) {
  const auto status = [&](Headers headers) {
    headers.emplace_back("Upload-Metadata", metadata("x", room));
    return request(Method::post, "/api/v1/uploads", tus("ann", headers)).status;
  };
  EXPECT_EQ(status({}), 400U);
  EXPECT_EQ(status({{"Upload-Length", "abc"}}), 400U);
  EXPECT_EQ(status({{"Upload-Length", "3"}, {"Upload-Defer-Length", "1"}}), 400U);
  EXPECT_EQ(status({{"Upload-Defer-Length", "2"}}), 400U);
  EXPECT_EQ(status({{"Upload-Length", std::to_string(config.max_file_size + 1)}}), 413U);
  EXPECT_EQ(status({{"Upload-Length", "3"}}), 201U);
}

TEST_P(TusTest, StrangersCanNeitherUploadNorSeeUploads) {
  const Response refused = request(Method::post, "/api/v1/uploads",
                                   tus("eve", {{"Upload-Length", "3"}, {"Upload-Metadata", metadata("x", room)}}));
  EXPECT_EQ(refused.status, 404U);
  const std::string url = create("ann", 3);
  EXPECT_EQ(request(Method::head, url, tus("eve")).status, 404U);
  EXPECT_EQ(patch("eve", url, 0, "abc").status, 404U);
  EXPECT_EQ(request(Method::delete_, url, tus("eve")).status, 404U);
  EXPECT_EQ(request(Method::get, url, tus("eve")).status, 404U);
  EXPECT_EQ(request(Method::get, url, tus("ann")).status, 200U);
}

TEST_P(TusTest, DeferredLengthIsSetOnce) {
  const Response made = request(Method::post, "/api/v1/uploads",
                                tus("ann", {{"Upload-Defer-Length", "1"}, {"Upload-Metadata", metadata("x", room)}}));
  ASSERT_EQ(made.status, 201U);
  const std::string url = header(made, "Location");
  EXPECT_EQ(header(request(Method::head, url, tus("ann")), "Upload-Defer-Length"), "1");
  EXPECT_EQ(patch("ann", url, 0, "abc").status, 204U);
  EXPECT_EQ(patch("ann", url, 3, "", {{"Upload-Length", "2"}}).status, 400U);
  const Response last = patch("ann", url, 3, "def", {{"Upload-Length", "6"}});
  EXPECT_EQ(last.status, 204U);
  EXPECT_EQ(content_of("ann", header(last, "Parley-File-Id")), "abcdef");
}

TEST_P(TusTest, WrongOffsetTypeOrTooMuchIsRefused) {
  const std::string url = create("ann", 6);
  EXPECT_EQ(patch("ann", url, 3, "def").status, 409U);
  EXPECT_EQ(request(Method::patch, url, tus("ann", {{"Upload-Offset", "0"}, {"Content-Type", "text/plain"}})).status,
            415U);
  EXPECT_EQ(patch("ann", url, 0, "abcdefg").status, 413U);
  FakeBody unknown("abcdefg");
  unknown.known = false;
  EXPECT_EQ(patch("ann", url, 0, unknown).status, 413U);
}

TEST_P(TusTest, BrokenBodyKeepsWhatCameAndGoesOn) {
  const std::string bytes = noise(900'000);
  const std::string url = create("ann", bytes.size());
  FakeBody broken(bytes, 550'001);
  EXPECT_EQ(patch("ann", url, 0, broken).status, 408U);
  EXPECT_EQ(offset_of("ann", url), "550001");
  EXPECT_EQ(uploads->stats().broken_off, 1U);
  const Response last = patch("ann", url, 550'001, bytes.substr(550'001));
  ASSERT_EQ(last.status, 204U) << last.body;
  EXPECT_EQ(content_of("ann", header(last, "Parley-File-Id")), bytes);
}

TEST_P(TusTest, RestartLosesOnlyWhatWasNotDurable) {
  const std::string bytes = noise(20U << 20U);
  const std::string url = create("ann", bytes.size());
  FakeBody broken(bytes, 5'000'000);
  EXPECT_EQ(patch("ann", url, 0, broken).status, 408U);
  // A kill in the middle of a later request: bytes in the file that no row knows of.
  std::ofstream(part(url), std::ios::binary | std::ios::app) << "never acknowledged";
  restart();
  EXPECT_EQ(offset_of("ann", url), "5000000");
  const Response last = patch("ann", url, 5'000'000, bytes.substr(5'000'000));
  ASSERT_EQ(last.status, 204U) << last.body;
  const auto file = run(service->get(people["ann"], header(last, "Parley-File-Id")));
  EXPECT_EQ(file->file.sha256, sha256_hex(bytes));
}

TEST_P(TusTest, OffsetIsSavedOnTheWay) {
  const std::string bytes = noise(20U << 20U);
  const std::string url = create("ann", bytes.size());
  const std::string id = url.substr(url.rfind('/') + 1);
  std::int64_t seen = 0;
  FakeBody body(bytes);
  body.on_read = [&](std::size_t at) {
    if (at < 19U << 20U || seen > 0) return;
    seen = db().read_now([id](store::Session& s) { return store::find_upload(s, id); }).value()->offset;
  };
  EXPECT_EQ(patch("ann", url, 0, body).status, 204U);
  EXPECT_GE(seen, 16 << 20);
}

TEST_P(TusTest, CompleteUploadIsFinishedAfterARestart) {
  objects->failure = Error{"unavailable", "the storage is away", ""};
  const std::string url = create("ann", 5);
  EXPECT_EQ(patch("ann", url, 0, "hello").status, 503U);
  EXPECT_EQ(request(Method::head, url, tus("ann")).status, 503U) << "it must not look as if it were done";
  restart();
  objects->failure.reset();
  run([](TusTest& self) -> awaitable<Result<void, Error>> {
    co_await self.uploads->sweep();
    co_return Result<void, Error>();
  }(*this));
  const Response head = request(Method::head, url, tus("ann"));
  EXPECT_EQ(head.status, 200U);
  EXPECT_EQ(content_of("ann", header(head, "Parley-File-Id")), "hello");
  // Its rows are there once, whatever was repeated.
  EXPECT_EQ(run(service->list_room(people["ann"], room, "", 50))->items.size(), 1U);
}

TEST_P(TusTest, FullDiskIsSaidAndTheUploadGoesOn) {
  const std::string url = create("ann", 10);
  objects->failure = Error{"insufficient_storage", "the server's storage is full", ""};
  EXPECT_EQ(patch("ann", url, 0, "0123456789").status, 507U);
  objects->failure.reset();
  EXPECT_EQ(header(request(Method::head, url, tus("ann")), "Upload-Offset"), "10");
}

TEST_P(TusTest, DiskThatFillsUpInTheMiddleKeepsWhatCame) {
  const std::string bytes = noise(600'000);
  const std::string url = create("ann", bytes.size());
  EXPECT_EQ(patch("ann", url, 0, bytes.substr(0, 200'000)).status, 204U);
  const auto kept = folder.path() / "kept";
  std::filesystem::rename(part(url), kept);
  std::filesystem::create_symlink("/dev/full", part(url));
  // It has no size: a lost file and a full disk are told apart.
  EXPECT_EQ(patch("ann", url, 200'000, bytes.substr(200'000)).status, 410U);
  std::filesystem::remove(part(url));
  std::filesystem::rename(kept, part(url));
  EXPECT_EQ(offset_of("ann", url), "200000");
  EXPECT_EQ(patch("ann", url, 200'000, bytes.substr(200'000)).status, 204U);

  const std::string fresh = create("ann", 10);
  std::filesystem::remove(part(fresh));
  std::filesystem::create_symlink("/dev/full", part(fresh));
  const Response full = patch("ann", fresh, 0, "0123456789");
  EXPECT_EQ(full.status, 507U);
  EXPECT_NE(full.body.find("full"), std::string::npos);
  std::filesystem::remove(part(fresh));
  EXPECT_EQ(offset_of("ann", fresh), "0");
  EXPECT_EQ(patch("ann", fresh, 0, "0123456789").status, 204U);
}

TEST_P(TusTest, ChecksumDecidesWhetherBytesAreKept) {
  const auto sum = [](const std::string& text) {
    Digest digest(Digest::Kind::kSha256);
    digest.update(as_bytes(text));
    return "sha256 " + base64_encode(digest.value());
  };
  const std::string url = create("ann", 6);
  EXPECT_EQ(patch("ann", url, 0, "abc", {{"Upload-Checksum", sum("abc")}}).status, 204U);
  EXPECT_EQ(patch("ann", url, 3, "dex", {{"Upload-Checksum", sum("def")}}).status, 460U);
  EXPECT_EQ(offset_of("ann", url), "3");
  EXPECT_EQ(patch("ann", url, 3, "def", {{"Upload-Checksum", "md5 abc"}}).status, 400U);
  FakeBody broken("def", 2);
  EXPECT_EQ(patch("ann", url, 3, broken, {{"Upload-Checksum", sum("def")}}).status, 408U);
  EXPECT_EQ(offset_of("ann", url), "3") << "nobody vouches for two bytes";
  const Response last = patch("ann", url, 3, "def", {{"Upload-Checksum", sum("def")}});
  EXPECT_EQ(last.status, 204U);
  EXPECT_EQ(content_of("ann", header(last, "Parley-File-Id")), "abcdef");
}

TEST_P(TusTest, SecondWriterIsLockedOutAndWhoAsksForTheOffsetTakesOver) {
  const std::string url = create("ann", 1000);
  unsigned second = 0;
  std::string taken;
  FakeBody slow(std::string(1000, 'x'), std::nullopt, 10);
  bool asked = false;
  std::exception_ptr failure;
  slow.on_read = [&](std::size_t at) {
    if (at < 500 || asked) return;
    asked = true;
    // While this body is read: another PATCH, then a HEAD, which waits until this request has ended.
    boost::asio::co_spawn(
        io(),
        [](TusTest& self, std::string target, unsigned& status, std::string& offset) -> awaitable<void> {
          http::Request r;
          r.method = Method::patch;
          (void)http::set_target(r, target);
          for (const auto& [name, value] :
               self.tus("ann", {{"Upload-Offset", "0"}, {"Content-Type", "application/offset+octet-stream"}})) {
            r.fields.insert(name, value);
          }
          http::Router::Match match = self.router->match(r.method, r.path);
          r.params = match.params;
          FakeBody other("y");
          Response response = co_await (*match.streaming)(r, other);
          status = response.status;
          r.method = Method::head;
          match = self.router->match(r.method, r.path);
          response = co_await (*match.handler)(r);
          offset = header(response, "Upload-Offset");
        }(*this, url, second, taken),
        [&](std::exception_ptr e) { failure = e; });
  };
  // Only the HEAD can end it: the body has no end of its own before that.
  const Response first = patch("ann", url, 0, slow);
  settle();
  ASSERT_FALSE(failure);
  EXPECT_EQ(second, 423U);
  EXPECT_FALSE(taken.empty());
  (void)first;
}

TEST_P(TusTest, TerminatedUploadIsGone) {
  const std::string url = create("ann", 6);
  EXPECT_EQ(patch("ann", url, 0, "abc").status, 204U);
  EXPECT_EQ(request(Method::delete_, url, tus("ann")).status, 204U);
  EXPECT_EQ(request(Method::head, url, tus("ann")).status, 404U);
  EXPECT_FALSE(std::filesystem::exists(part(url)));
}

TEST_P(TusTest, ExpiredUploadIsGoneAndSwept) {
  const std::string url = create("ann", 6);
  now += config.upload_ttl - 1s;
  EXPECT_EQ(patch("ann", url, 0, "abc").status, 204U) << "bytes give it more time";
  now += config.upload_ttl - 1s;
  EXPECT_EQ(offset_of("ann", url), "3");
  now += 2s;
  EXPECT_EQ(request(Method::head, url, tus("ann")).status, 404U);
  EXPECT_TRUE(std::filesystem::exists(part(url)));
  run([](TusTest& self) -> awaitable<Result<void, Error>> {
    co_await self.uploads->sweep();
    co_return Result<void, Error>();
  }(*this));
  EXPECT_FALSE(std::filesystem::exists(part(url)));
  EXPECT_EQ(uploads->stats().expired, 1U);
}

TEST_P(TusTest, PartialUploadsAreJoined) {
  const std::string a = create("ann", 5, "a", {{"Upload-Concat", "partial"}});
  const std::string b = create("ann", 6, "b", {{"Upload-Concat", "partial"}});
  EXPECT_EQ(patch("ann", a, 0, "hello").status, 204U);
  const auto join = [&](const std::string& who) {
    return request(Method::post, "/api/v1/uploads",
                   tus(who, {{"Upload-Concat", "final;" + a + " http://host" + b},
                             {"Upload-Metadata", metadata("joined.txt", room)}}));
  };
  EXPECT_EQ(join("ann").status, 400U) << "b is not complete";
  EXPECT_EQ(patch("ann", b, 0, " world").status, 204U);
  EXPECT_EQ(header(request(Method::head, b, tus("ann")), "Upload-Concat"), "partial");
  EXPECT_EQ(join("bob").status, 400U) << "not his parts";
  const Response final_one = join("ann");
  ASSERT_EQ(final_one.status, 201U) << final_one.body;
  EXPECT_EQ(content_of("bob", header(final_one, "Parley-File-Id")), "hello world");
  EXPECT_EQ(request(Method::head, a, tus("ann")).status, 404U) << "its bytes are in the file now";
  EXPECT_EQ(run(service->list_room(people["ann"], room, "", 50))->items.size(), 1U);
}

TEST_P(TusTest, EmptyFileAndOverriddenMethodWork) {
  const Response made = request(Method::post, "/api/v1/uploads",
                                tus("ann", {{"Upload-Length", "0"}, {"Upload-Metadata", metadata("empty", room)}}));
  ASSERT_EQ(made.status, 201U) << made.body;
  EXPECT_EQ(content_of("ann", header(made, "Parley-File-Id")), "");
  const std::string url = create("ann", 3);
  FakeBody body("abc");
  const Response patched = request(Method::post, url,
                                   tus("ann", {{"X-HTTP-Method-Override", "PATCH"},
                                               {"Upload-Offset", "0"},
                                               {"Content-Type", "application/offset+octet-stream"}}),
                                   body);
  EXPECT_EQ(patched.status, 204U);
}

TEST_P(TusTest, ProgramsAreRefusedAndStayRefused) {
  const Response named =
      request(Method::post, "/api/v1/uploads",
              tus("ann", {{"Upload-Length", "3"}, {"Upload-Metadata", metadata("setup.exe", room)}}));
  EXPECT_EQ(named.status, 415U);
  EXPECT_NE(named.body.find(".exe"), std::string::npos);
  std::string exe = "MZ" + std::string(254, '\0');
  exe[0x3c] = static_cast<char>(0x80);
  exe.replace(0x80, 6, std::string("PE\0\0\x64\x86", 6));
  exe.replace(0x94, 2, std::string("\xf0\0", 2));
  exe.replace(0x98, 2, "\x0b\x02");
  const std::string url = create("ann", exe.size(), "holiday.jpg");
  const Response refused = patch("ann", url, 0, exe);
  EXPECT_EQ(refused.status, 415U);
  EXPECT_EQ(request(Method::head, url, tus("ann")).status, 410U);
  EXPECT_FALSE(std::filesystem::exists(part(url)));
  EXPECT_EQ(service->stats().refused, 1U);
}

TEST_P(TusTest, QuotasCountEverythingThatIsKept) {
  stop();
  config.quota_per_user = 10;
  config.quota_per_room = 15;
  start();
  EXPECT_EQ(send("ann", "123456", "a", room).status, 201U);
  const Response over = send("ann", "12345", "b", room);
  EXPECT_EQ(over.status, 413U);
  EXPECT_NE(over.body.find("quota_exceeded"), std::string::npos) << over.body;
  EXPECT_EQ(send("bob", "12345678", "c", room).status, 201U);
  EXPECT_EQ(send("bob", "12", "d", room).status, 413U) << "the room is full";
  EXPECT_EQ(send("bob", "12", "d").status, 201U) << "a file of his own";
  // What is under way counts, too.
  EXPECT_EQ(request(Method::post, "/api/v1/uploads", tus("ann", {{"Upload-Length", "3"}})).status, 201U);
  EXPECT_EQ(request(Method::post, "/api/v1/uploads", tus("ann", {{"Upload-Length", "2"}})).status, 413U);
}

TEST_P(TusTest, TooManyUploadsUnderWayAreRefused) {
  stop();
  config.max_uploads_per_user = 2;
  start();
  create("ann", 3);
  create("ann", 3);
  EXPECT_EQ(request(Method::post, "/api/v1/uploads",
                    tus("ann", {{"Upload-Length", "3"}, {"Upload-Metadata", metadata("x", room)}}))
                .status,
            429U);
  create("bob", 3);
}

}  // namespace
}  // namespace parley::files
