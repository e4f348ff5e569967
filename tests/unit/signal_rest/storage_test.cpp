// Pictures and answers that pass through files: real files, a real pool.
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>

#include "files/object_store.h"
#include "signal/rest/avatars.h"
#include "signal/rest/spool.h"
#include "work/pool.h"

namespace parley::signal::rest {
namespace {

namespace asio = boost::asio;

const std::string kPng = std::string("\x89PNG\r\n\x1a\n", 8) + std::string(100, 'x');

class StorageTest : public ::testing::Test {
 protected:
  StorageTest() {
    std::string name = (std::filesystem::temp_directory_path() / "parley-rest-XXXXXX").string();
    dir_ = ::mkdtemp(name.data());
    files::StorageConfig config;
    config.dir = dir_ + "/objects";
    auto opened = files::open_object_store(config);
    EXPECT_TRUE(opened) << opened.error().message;
    objects_ = std::move(*opened);
  }
  ~StorageTest() override { std::filesystem::remove_all(dir_); }

  template <class T>
  T run(asio::awaitable<T> work) {
    std::optional<T> out;
    asio::co_spawn(io_, std::move(work), [&out](const std::exception_ptr& failure, T value) {
      if (failure) std::rethrow_exception(failure);
      out.emplace(std::move(value));
    });
    io_.restart();
    io_.run_for(std::chrono::seconds(20));
    return std::move(*out);
  }

  [[nodiscard]] std::size_t files_in_dir() const {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(dir_)) count += entry.is_regular_file() ? 1 : 0;
    return count;
  }

  std::string read_all(http::BodySource& source) {
    std::string out;
    std::vector<std::uint8_t> buffer(100'000);
    while (out.size() < source.length()) {
      const auto got = run(source.read(buffer));
      if (!got || *got == 0) break;
      out.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
    }
    return out;
  }

  asio::io_context io_;
  work::Pool pool_{{.name = "test"}, io_.get_executor()};
  std::string dir_;
  std::unique_ptr<files::ObjectStore> objects_;
};

TEST_F(StorageTest, PictureComesBackUnderItsDigest) {
  Avatars avatars(*objects_, pool_, dir_, 1'000);
  const auto name = run(avatars.put(kPng));
  ASSERT_TRUE(name) << name.error().message;
  EXPECT_EQ(name->size(), 64U);
  const auto again = run(avatars.put(kPng));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *name);
  const auto bytes = run(avatars.get(*name));
  ASSERT_TRUE(bytes);
  EXPECT_EQ(*bytes, kPng);
  EXPECT_EQ(files_in_dir(), 0U);  // nothing is left on the way
}

TEST_F(StorageTest, PictureOfAnotherKindOrTooLargeIsRefused) {
  Avatars avatars(*objects_, pool_, dir_, 1'000);
  EXPECT_EQ(run(avatars.put("<svg onload=alert(1)>")).error().code, "unsupported_media_type");
  EXPECT_EQ(run(avatars.put("")).error().code, "unsupported_media_type");
  EXPECT_EQ(run(avatars.put(kPng + std::string(1'000, 'x'))).error().code, "payload_too_large");
}

TEST_F(StorageTest, NamesThatAreNoDigestsAreNotFound) {
  Avatars avatars(*objects_, pool_, dir_, 1'000);
  for (const char* name : {"", "x", "../../etc/passwd"})
    EXPECT_EQ(run(avatars.get(name)).error().code, "not_found") << name;
  EXPECT_EQ(run(avatars.get(std::string(64, 'a'))).error().code, "not_found");
}

TEST(ImageType, IsFoundInTheFirstBytes) {
  EXPECT_EQ(image_type_of(kPng), "image/png");
  EXPECT_EQ(image_type_of("\xff\xd8\xff\xe0rest"), "image/jpeg");
  EXPECT_EQ(image_type_of("GIF89a…"), "image/gif");
  EXPECT_EQ(image_type_of("RIFF\x10\x10\x10\x10WEBPVP8 "), "image/webp");
  EXPECT_EQ(image_type_of("RIFF\x10\x10\x10\x10WAVEfmt "), "");
  EXPECT_EQ(image_type_of("RIFF"), "");
  EXPECT_EQ(image_type_of("<html>"), "");
}

TEST_F(StorageTest, SmallAnswerStaysInMemory) {
  Spool spool(pool_, "/nowhere");
  ASSERT_TRUE(run(spool.append("{\"a\":")));
  ASSERT_TRUE(run(spool.append("1}")));
  const auto body = spool.finish();
  EXPECT_EQ(body->length(), 7U);
  EXPECT_EQ(read_all(*body), "{\"a\":1}");
}

TEST_F(StorageTest, LargeAnswerGoesThroughAFileWithoutAName) {
  Spool spool(pool_, dir_);
  std::string expected;
  for (int i = 0; i < 50; ++i) {
    const std::string piece(100'000 + i, static_cast<char>('a' + i % 26));
    expected += piece;
    ASSERT_TRUE(run(spool.append(piece)));
  }
  EXPECT_EQ(files_in_dir(), 0U);
  const auto body = spool.finish();
  EXPECT_EQ(body->length(), expected.size());
  EXPECT_TRUE(read_all(*body) == expected);
}

TEST_F(StorageTest, FolderThatIsNotThereIsAnError) {
  Spool spool(pool_, dir_ + "/nowhere");
  const auto done = run(spool.append(std::string(Spool::kBuffer, 'x')));
  EXPECT_FALSE(done);
}

}  // namespace
}  // namespace parley::signal::rest
