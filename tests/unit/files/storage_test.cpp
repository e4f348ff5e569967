// Objects on disk, types by content, scans, previews.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vips/vips.h>

#include <fstream>
#include <thread>

#include "files/clamav.h"
#include "files/content_type.h"
#include "files/digest.h"
#include "files/disk_store.h"
#include "files/posix_file.h"
#include "files/previews.h"
#include "files/s3_store.h"
#include "files/upload_writer.h"
#include "unit/files/test_folder.h"

namespace parley::files {
namespace {

using namespace parley::files::testing;

class StorageTest : public ::testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, std::string_view bytes) { return folder.write(name, bytes); }
  TestFolder folder;
};

std::string read_all(ObjectReader& reader) {
  std::string out(reader.size() + 10, '\0');
  const auto got = reader.read_at(0, {reinterpret_cast<std::uint8_t*>(out.data()), out.size()});
  EXPECT_TRUE(got);
  out.resize(*got);
  return out;
}

TEST_F(StorageTest, DigestsAreThoseOfTheStandard) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Digest sha1(Digest::Kind::kSha1);
  sha1.update(as_bytes("ab"));
  const Digest branch(sha1);
  sha1.update(as_bytes("c"));
  EXPECT_EQ(to_hex(sha1.value()), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(to_hex(branch.value()), "da23614e02469a0d7c7bd1bdab5c9c474b1904dc");
  EXPECT_EQ(to_hex(hmac_sha256("key", "The quick brown fox jumps over the lazy dog")),
            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
  EXPECT_TRUE(is_sha256_hex(sha256_hex("")));
  EXPECT_FALSE(is_sha256_hex("ABC"));
}

TEST_F(StorageTest, ObjectsArePutReadListedAndRemoved) {
  auto store = DiskStore::create(folder.path());
  ASSERT_TRUE(store);
  const std::string key = sha256_hex("content");
  const auto file = write("part", "content");
  EXPECT_FALSE(*(*store)->exists(key));
  ASSERT_TRUE((*store)->put(key, file));
  ASSERT_TRUE((*store)->put(key, file)) << "again";
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_TRUE(*(*store)->exists(key));
  auto reader = (*store)->open(key);
  ASSERT_TRUE(reader);
  EXPECT_EQ(read_all(**reader), "content");
  std::string part(3, '\0');
  EXPECT_EQ(*(*reader)->read_at(5, {reinterpret_cast<std::uint8_t*>(part.data()), 3}), 2U);
  EXPECT_EQ(part.substr(0, 2), "nt");

  ASSERT_TRUE((*store)->put("previews/" + key + ".64.webp", file));
  EXPECT_EQ(*(*store)->list("", 10), (std::vector<std::string>{key, "previews/" + key + ".64.webp"}));
  EXPECT_EQ((*(*store)->list(key, 10)).size(), 1U);
  EXPECT_EQ((*(*store)->list("", 1)).size(), 1U);
  ASSERT_TRUE((*store)->remove(key));
  ASSERT_TRUE((*store)->remove(key)) << "again";
  EXPECT_FALSE(*(*store)->exists(key));
  EXPECT_EQ((*store)->open(key).error().code, "not_found");
  EXPECT_EQ(read_all(**reader), "content") << "whoever reads goes on";
}

TEST_F(StorageTest, KeysCannotLeadOutOfTheFolder) {
  auto store = DiskStore::create(folder.path());
  ASSERT_TRUE(store);
  const auto file = write("x", "x");
  for (const char* bad : {"", "..", "../x", "a/../b", "/a", "a/", "a//b", "a b", "a\\b", ".", "a/./b"}) {
    EXPECT_FALSE(is_object_key(bad)) << bad;
    EXPECT_FALSE((*store)->put(bad, file)) << bad;
    EXPECT_FALSE((*store)->open(bad)) << bad;
  }
  EXPECT_TRUE(is_object_key("previews/abc.64.webp"));
}

TEST_F(StorageTest, FolderThatCannotBeMadeIsNamed) {
  write("file", "x");
  const auto store = DiskStore::create(folder.path() / "file");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().field, "files.dir");
}

TEST_F(StorageTest, TypesComeFromContentNotNames) {
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89", 33);
  std::string exe(256, '\0');
  exe.replace(0, 2, "MZ");
  exe[0x3c] = static_cast<char>(0x80);
  exe.replace(0x80, 4, std::string("PE\0\0", 4));
  exe.replace(0x84, 2, "\x64\x86");
  exe.replace(0x94, 2, std::string("\xf0\0", 2));
  exe.replace(0x98, 2, "\x0b\x02");
  const struct {
    std::string bytes;
    const char* mime;
  } rows[] = {{png, "image/png"},
              {"%PDF-1.7\n1 0 obj\n", "application/pdf"},
              {"plain words\n", "text/plain"},
              {"<!DOCTYPE html><html><script>alert(1)</script></html>", "text/html"},
              {"", "application/x-empty"}};
  for (const auto& row : rows) EXPECT_EQ(*detect_type(write("innocent.jpg", row.bytes)), row.mime);
  const auto mime = detect_type(write("innocent.jpg", exe));
  ASSERT_TRUE(mime);
  const auto refused = check_type(TypePolicy{}, *mime, "innocent.jpg");
  ASSERT_FALSE(refused) << *mime;
  EXPECT_EQ(refused.error().code, "unsupported_media_type");
}

TEST_F(StorageTest, AllowAndDenyListsDecide) {
  TypePolicy policy;
  EXPECT_TRUE(check_type(policy, "image/png", "a.png"));
  EXPECT_FALSE(check_type(policy, "text/plain", "setup.EXE"));
  EXPECT_NE(check_type(policy, "text/plain", "setup.exe").error().message.find(".exe"), std::string::npos);
  policy.deny.push_back("video/*");
  EXPECT_FALSE(check_type(policy, "video/mp4", "a.mp4"));
  policy.allow = {"image/*", "application/pdf"};
  EXPECT_TRUE(check_type(policy, "image/webp", "a"));
  EXPECT_TRUE(check_type(policy, "application/pdf", "a"));
  EXPECT_FALSE(check_type(policy, "application/zip", "a"));
}

// A daemon that speaks clamd's side of INSTREAM for one connection.
class FakeClamd {
 public:
  FakeClamd(std::filesystem::path path, std::string answer) : path_(std::move(path)), answer_(std::move(answer)) {
    listener_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.string().copy(address.sun_path, sizeof(address.sun_path) - 1);
    EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
    ::listen(listener_, 1);
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeClamd() {
    thread_.join();
    ::close(listener_);
  }
  std::string received;
  std::string command;

 private:
  bool take(int client, void* out, std::size_t size) {
    return ::recv(client, out, size, MSG_WAITALL) == static_cast<ssize_t>(size);
  }
  void serve() {
    const int client = ::accept(listener_, nullptr, nullptr);
    command.resize(10);
    bool more = take(client, command.data(), command.size());
    while (more) {
      std::uint8_t head[4];
      if (!take(client, head, 4)) break;
      const auto size = load_be<std::uint32_t>(head);
      std::string chunk(size, '\0');
      more = size > 0 && take(client, chunk.data(), size);
      received += chunk;
    }
    if (!answer_.empty()) ::send(client, answer_.c_str(), answer_.size() + 1, MSG_NOSIGNAL);
    ::close(client);
  }
  std::filesystem::path path_;
  std::string answer_;
  int listener_ = -1;
  std::thread thread_;
};

TEST_F(StorageTest, ScannerGetsTheWholeFileAndItsVerdictCounts) {
  const std::string content(300'000, 'v');
  const auto file = write("suspect", content);
  {
    FakeClamd clamd(folder.path() / "clean.sock", "stream: OK");
    const auto verdict = scan_file((folder.path() / "clean.sock").string(), file, 5s);
    ASSERT_TRUE(verdict) << verdict.error().message;
    EXPECT_TRUE(verdict->clean());
    EXPECT_EQ(clamd.command, std::string("zINSTREAM\0", 10));
    EXPECT_EQ(clamd.received, content);
  }
  {
    FakeClamd clamd(folder.path() / "found.sock", "stream: Eicar-Test-Signature FOUND");
    EXPECT_EQ(scan_file((folder.path() / "found.sock").string(), file, 5s)->virus, "Eicar-Test-Signature");
  }
  for (const char* answer : {"INSTREAM size limit exceeded. ERROR", ""}) {
    const auto path = folder.path() / "bad.sock";
    std::filesystem::remove(path);
    FakeClamd clamd(path, answer);
    EXPECT_EQ(scan_file(path.string(), file, 5s).error().code, "unavailable");
  }
  EXPECT_EQ(scan_file((folder.path() / "none.sock").string(), file, 1s).error().code, "unavailable");
  EXPECT_EQ(scan_file("neither", file, 1s).error().code, "unavailable");
}

std::string picture(int width, int height, const char* format) {
  EXPECT_EQ(VIPS_INIT("test"), 0);
  VipsImage* black = nullptr;
  EXPECT_EQ(vips_black(&black, width, height, "bands", 3, nullptr), 0);
  void* bytes = nullptr;
  std::size_t size = 0;
  EXPECT_EQ(vips_image_write_to_buffer(black, format, &bytes, &size, nullptr), 0);
  std::string out(static_cast<const char*>(bytes), size);
  g_free(bytes);
  g_object_unref(black);
  return out;
}

TEST_F(StorageTest, PicturesHavePreviewsInAllSizesThatAreNeverLarger) {
  for (const auto& [format, mime] : {std::pair(".png", "image/png"), std::pair(".jpg", "image/jpeg")}) {
    const auto previews = make_previews(write("p", picture(2000, 1000, format)), mime, PreviewLimits{});
    ASSERT_TRUE(previews) << previews.error().message;
    ASSERT_EQ(previews->size(), 3U);
    for (const PreviewImage& preview : *previews) {
      VipsImage* image = vips_image_new_from_buffer(preview.webp.data(), preview.webp.size(), "", nullptr);
      ASSERT_NE(image, nullptr);
      EXPECT_EQ(vips_image_get_width(image), preview.size);
      EXPECT_EQ(vips_image_get_height(image), preview.size / 2);
      g_object_unref(image);
    }
  }
  const auto small = make_previews(write("s", picture(10, 10, ".png")), "image/png", PreviewLimits{});
  ASSERT_TRUE(small);
  VipsImage* image = vips_image_new_from_buffer((*small)[2].webp.data(), (*small)[2].webp.size(), "", nullptr);
  EXPECT_EQ(vips_image_get_width(image), 10);
  g_object_unref(image);
}

TEST_F(StorageTest, BombsLiesAndOtherDecodersHaveNoPreview) {
  PreviewLimits limits;
  limits.max_pixels = 999;
  EXPECT_EQ(make_previews(write("b", picture(100, 10, ".png")), "image/png", limits).error().code,
            "unsupported_media_type");
  limits = {};
  limits.max_bytes = 10;
  EXPECT_FALSE(make_previews(write("b", picture(10, 10, ".png")), "image/png", limits));
  EXPECT_FALSE(make_previews(write("n", "no picture"), "image/png", PreviewLimits{}));
  EXPECT_FALSE(make_previews(write("n", "x"), "application/zip", PreviewLimits{}));
  const std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";
  EXPECT_FALSE(make_previews(write("s.svg", svg), "image/svg+xml", PreviewLimits{}));
  EXPECT_FALSE(make_previews(write("s.png", svg), "image/png", PreviewLimits{})) << "its decoder is blocked";
}

TEST_F(StorageTest, TimeLimitEndsAPreview) {
  PreviewLimits limits;
  limits.time = Duration{-1};
  EXPECT_FALSE(make_previews(write("b", picture(3000, 3000, ".png")), "image/png", limits));
}

TEST_F(StorageTest, PdfPagesHavePreviews) {
  const std::string pdf =
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 150]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
  const auto previews = make_previews(write("d", pdf), "application/pdf", PreviewLimits{});
  ASSERT_TRUE(previews) << previews.error().message;
  EXPECT_EQ(previews->size(), 3U);
}

TEST_F(StorageTest, TextPreviewIsUtf8WhateverComes) {
  EXPECT_EQ(text_preview("plain \xc3\xa9"), "plain \xc3\xa9");
  EXPECT_EQ(text_preview("cut \xc3"), "cut ");
  EXPECT_EQ(text_preview(std::string_view("a\xff\0b", 4)),
            "a\xef\xbf\xbd\xef\xbf\xbd"
            "b");
}

TEST_F(StorageTest, WriterKeepsWhatIsDurableAndTheDigestGoesOn) {
  const auto path = folder.path() / "upload";
  UploadWriter first(Progress{});
  ASSERT_TRUE(first.open(path, 0, std::nullopt));
  first.buffer() = {'a', 'b', 'c', 'd'};
  ASSERT_TRUE(first.write(3));
  EXPECT_EQ(first.offset(), 3U);
  EXPECT_EQ(first.durable(), 0U);
  ASSERT_TRUE(first.sync());
  EXPECT_EQ(first.durable(), 3U);
  ASSERT_TRUE(first.write(1));  // 'a': not durable, lost below

  UploadWriter second(first.take_progress());  // its digest has seen more than is durable
  ASSERT_TRUE(second.open(path, 3, std::nullopt));
  EXPECT_EQ(std::filesystem::file_size(path), 3U);
  second.buffer() = {'d', 'e'};
  ASSERT_TRUE(second.write(2));
  ASSERT_TRUE(second.sync());
  EXPECT_EQ(*finish_digest(second.take_progress(), path, 5), sha256_hex("abcde"));
  EXPECT_EQ(*finish_digest(Progress{}, path, 5), sha256_hex("abcde"));
  EXPECT_EQ(finish_digest(Progress{}, path, 6).error().code, "gone");
  UploadWriter lost(Progress{});
  EXPECT_EQ(lost.open(path, 100, std::nullopt).error().code, "gone");
}

TEST_F(StorageTest, WriterUndoesWhatAChecksumDoesNotVouchFor) {
  const auto path = folder.path() / "upload";
  UploadWriter writer(Progress{});
  ASSERT_TRUE(writer.open(path, 0, std::nullopt));
  writer.buffer() = {'a', 'b'};
  ASSERT_TRUE(writer.write(2));
  ASSERT_TRUE(writer.sync());
  UploadWriter checked(writer.take_progress());
  ASSERT_TRUE(checked.open(path, 2, ChecksumKind::kSha1));
  checked.buffer() = {'x', 'y'};
  ASSERT_TRUE(checked.write(2));
  Digest right(Digest::Kind::kSha1);
  right.update(as_bytes("xy"));
  EXPECT_TRUE(checked.checksum_matches({ChecksumKind::kSha1, right.value()}));
  EXPECT_FALSE(checked.checksum_matches({ChecksumKind::kSha1, std::string(20, 'x')}));
  ASSERT_TRUE(checked.undo());
  EXPECT_EQ(std::filesystem::file_size(path), 2U);
  EXPECT_EQ(*finish_digest(checked.take_progress(), path, 2), sha256_hex("ab"));
}

TEST_F(StorageTest, PartsAreJoinedInOrder) {
  const auto joined = concatenate({write("1", "one "), write("2", "two "), write("3", "three")}, folder.path() / "all");
  ASSERT_TRUE(joined);
  EXPECT_EQ(*joined, sha256_hex("one two three"));
  EXPECT_EQ(*read_whole(folder.path() / "all", 100), "one two three");
  EXPECT_EQ(concatenate({folder.path() / "absent"}, folder.path() / "x").error().code, "gone");
}

TEST_F(StorageTest, XmlTextsAreFoundAndUnescaped) {
  EXPECT_EQ(xml_texts("<a><Key>x&amp;y</Key><Key>z</Key><Key>open</a>", "Key"), (std::vector<std::string>{"x&y", "z"}));
  EXPECT_TRUE(xml_texts("", "Key").empty());
}

}  // namespace
}  // namespace parley::files
