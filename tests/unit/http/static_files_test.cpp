#include "http/static_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace parley::http {
namespace {

namespace fs = std::filesystem;

class StaticFilesTest : public ::testing::Test {
 protected:
  StaticFilesTest() : base(fs::temp_directory_path() / ("parley_static_" + std::to_string(::getpid()))) {
    fs::remove_all(base);
    write("web/index.html", "<html>page</html>");
    write("web/assets/index-BfX3k9Qa.js", "js");
    write("web/assets/index-BfX3k9Qa.js.gz", "packed");
    write("web/assets/plain-language.js", "named like a hash, but none");
    write("web/sub/index.html", "sub");
    write("web/.secret", "hidden");
    write("web/engine.wasm", "wasm");
    write("outside.txt", "outside");
    fs::create_symlink(base / "outside.txt", base / "web/link.txt");
    auto opened = StaticFiles::open({.root = base / "web"});
    files = std::make_unique<StaticFiles>(std::move(opened.value()));
  }
  ~StaticFilesTest() override { fs::remove_all(base); }

  void write(const std::string& name, const std::string& content) const {
    fs::create_directories((base / name).parent_path());
    std::ofstream(base / name, std::ios::binary) << content;
  }
  std::optional<Response> get(std::string target, std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request request;
    EXPECT_TRUE(set_target(request, target)) << target;
    for (const auto& [name, value] : headers) request.fields.set(name, value);
    return files->serve(request);
  }
  static std::string header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  fs::path base;
  std::unique_ptr<StaticFiles> files;
};

TEST_F(StaticFilesTest, FilesHaveTypeAndSecurityHeaders) {
  const auto page = get("/");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->payload(), "<html>page</html>");
  EXPECT_EQ(page->content_type, "text/html; charset=utf-8");
  EXPECT_EQ(header_of(*page, "Cache-Control"), "no-cache");
  EXPECT_NE(header_of(*page, "Content-Security-Policy").find("worker-src 'self' blob:"), std::string::npos);
  EXPECT_EQ(get("/engine.wasm")->content_type, "application/wasm");
  EXPECT_EQ(get("/sub/")->payload(), "sub");
}

TEST_F(StaticFilesTest, HashedAssetsAreImmutable) {
  EXPECT_EQ(header_of(*get("/assets/index-BfX3k9Qa.js"), "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header_of(*get("/assets/plain-language.js"), "Cache-Control"), "no-cache");
}

TEST_F(StaticFilesTest, PackedVariantGoesToThoseWhoTakeIt) {
  const auto packed = get("/assets/index-BfX3k9Qa.js", {{"Accept-Encoding", "br, gzip"}});
  ASSERT_TRUE(packed);
  EXPECT_EQ(packed->payload(), "packed");
  EXPECT_EQ(header_of(*packed, "Content-Encoding"), "gzip");
  EXPECT_EQ(packed->content_type, "text/javascript; charset=utf-8");
  const auto plain = get("/assets/index-BfX3k9Qa.js", {{"Accept-Encoding", "gzip;q=0"}});
  EXPECT_EQ(plain->payload(), "js");
  EXPECT_EQ(header_of(*plain, "Vary"), "Accept-Encoding");
  EXPECT_NE(header_of(*plain, "ETag"), header_of(*packed, "ETag"));
}

TEST_F(StaticFilesTest, MatchingTagIsAnsweredWithNotModified) {
  const std::string etag = header_of(*get("/"), "ETag");
  ASSERT_FALSE(etag.empty());
  EXPECT_EQ(get("/", {{"If-None-Match", etag}})->status, 304U);
  EXPECT_EQ(get("/", {{"If-None-Match", "\"x\", W/" + etag}})->status, 304U);
  EXPECT_EQ(get("/", {{"If-None-Match", "\"x\""}})->status, 200U);
}

TEST_F(StaticFilesTest, ChangedFileIsReadAgain) {
  const std::string before = header_of(*get("/"), "ETag");
  write("web/index.html", "<html>a newer page</html>");
  const auto page = get("/");
  EXPECT_EQ(page->payload(), "<html>a newer page</html>");
  EXPECT_NE(header_of(*page, "ETag"), before);
}

TEST_F(StaticFilesTest, PathsOutOfTheFolderAreNotServed) {
  for (const std::string_view target : {"/../outside.txt", "/sub/../../outside.txt", "/%2e%2e/outside.txt",
                                        "/..%2foutside.txt", "/%2e%2e%2foutside.txt", "/..%5coutside.txt", "/link.txt",
                                        "/.secret", "/sub/%2e%2e/.secret", "/index.html%00.js", "//outside.txt"}) {
    const auto response = get(std::string(target));
    EXPECT_FALSE(response && response->payload() != "<html>page</html>") << target;
  }
}

TEST_F(StaticFilesTest, RoutesOfThePageGetIndexHtml) {
  EXPECT_EQ(get("/r/harbour", {{"Accept", "text/html,application/xhtml+xml"}})->payload(), "<html>page</html>");
  EXPECT_EQ(get("/r/harbour")->payload(), "<html>page</html>");
  EXPECT_FALSE(get("/assets/gone-AAAAAAA1.js"));
  EXPECT_FALSE(get("/r/harbour", {{"Accept", "application/json"}}));
  EXPECT_FALSE(get("/api/unknown", {{"Accept", "text/html"}}));
  EXPECT_FALSE(get("/rtc/v2"));
}

TEST(StaticFilesOpenTest, MissingFolderIsNamed) {
  const auto opened = StaticFiles::open({.root = "/nowhere/at/all"});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().field, "http.web_dir");
  EXPECT_NE(opened.error().message.find("/nowhere/at/all"), std::string::npos);
}

}  // namespace
}  // namespace parley::http
