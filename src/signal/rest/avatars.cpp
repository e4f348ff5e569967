#include "signal/rest/avatars.h"

#include <fcntl.h>

#include <array>
#include <filesystem>
#include <utility>

#include "base/bytes.h"
#include "files/digest.h"
#include "files/object_store.h"
#include "files/posix_file.h"
#include "work/pool.h"

namespace parley::signal::rest {

namespace {

constexpr std::string_view kFolder = "avatars/";

ByteView bytes_of(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

// A text is ambiguous otherwise: an Error can be made of it, too.
Result<std::string, Error> good(std::string text) { return {boost::system::in_place_value, std::move(text)}; }

Result<std::string, Error> store(files::ObjectStore& objects, const std::string& bytes, const std::string& temp_dir) {
  std::string name = files::sha256_hex(bytes);
  const std::string key = std::string(kFolder) + name;
  auto known = objects.exists(key);
  if (!known) return known.error();
  if (*known) return good(std::move(name));
  // Two uploads of one picture may come together: each has a file of its own.
  std::string path = temp_dir + "/parley-avatar-XXXXXX";
  files::PosixFile file(::mkstemp(path.data()));
  if (file.descriptor() < 0) return files::file_error("making", path, errno);
  const auto written = file.write_at(0, bytes_of(bytes));
  const auto put = written ? objects.put(key, path) : written;
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  if (!put) return put.error();
  return good(std::move(name));
}

Result<std::string, Error> load(files::ObjectStore& objects, const std::string& name, std::size_t max_bytes) {
  auto reader = objects.open(std::string(kFolder) + name);
  if (!reader) return reader.error();
  if ((*reader)->size() > max_bytes) return Error{"not_found", "there is no such picture", ""};
  std::string out((*reader)->size(), '\0');
  auto* data = reinterpret_cast<std::uint8_t*>(out.data());
  std::size_t done = 0;
  while (done < out.size()) {
    const auto got = (*reader)->read_at(done, ByteSpan(data + done, out.size() - done));
    if (!got) return got.error();
    if (*got == 0) return Error{"unavailable", "the picture is shorter than it was", ""};
    done += *got;
  }
  return good(std::move(out));
}

}  // namespace

std::string_view image_type_of(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (bytes.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (bytes.starts_with("GIF87a"sv) || bytes.starts_with("GIF89a"sv)) return "image/gif";
  if (bytes.starts_with("RIFF"sv) && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP"sv) return "image/webp";
  return {};
}

boost::asio::awaitable<Result<std::string, Error>> Avatars::put(std::string bytes) {
  if (bytes.size() > max_bytes_) {
    co_return Error{"payload_too_large", "a picture may have " + std::to_string(max_bytes_) + " bytes", ""};
  }
  if (image_type_of(bytes).empty()) {
    co_return Error{"unsupported_media_type", "a picture must be PNG, JPEG, WebP or GIF", ""};
  }
  auto job = [&objects = objects_, dir = temp_dir_, bytes = std::move(bytes)] { return store(objects, bytes, dir); };
  co_return co_await pool_.run(std::move(job));
}

boost::asio::awaitable<Result<std::string, Error>> Avatars::get(std::string name) {
  if (!files::is_sha256_hex(name)) co_return Error{"not_found", "there is no such picture", ""};
  auto job = [&objects = objects_, max = max_bytes_, name = std::move(name)] { return load(objects, name, max); };
  co_return co_await pool_.run(std::move(job));
}

}  // namespace parley::signal::rest
