#include "files/s3_store.h"

#include <fcntl.h>

#include <algorithm>
#include <utility>

#include "files/posix_file.h"
#include "files/s3_request.h"

namespace parley::files {

namespace {

// One request of a reader; several reads of the connection's buffer come out of it.
constexpr std::uint64_t kReadAhead = 1U << 20U;
constexpr std::uint64_t kMinPart = 5U << 20U;  // S3's own bound
constexpr std::uint64_t kMaxParts = 10'000;

bool success(const S3Answer& answer) { return answer.status >= 200 && answer.status < 300; }

class S3Reader final : public ObjectReader {
 public:
  S3Reader(const S3Config& config, std::string path, std::uint64_t size)
      : client_(config), path_(std::move(path)), size_(size) {}
  std::uint64_t size() const override { return size_; }

  Result<std::size_t, Error> read_at(std::uint64_t offset, ByteSpan out) override {
    std::size_t total = 0;
    while (total < out.size() && offset + total < size_) {
      const std::uint64_t at = offset + total;
      if (at < begin_ || at >= begin_ + ahead_.size()) {
        if (auto filled = fill(at); !filled) return filled.error();
      }
      const std::size_t n = std::min<std::size_t>(out.size() - total, begin_ + ahead_.size() - at);
      std::copy_n(reinterpret_cast<const std::uint8_t*>(ahead_.data()) + (at - begin_), n, out.data() + total);
      total += n;
    }
    return total;
  }

 private:
  Result<void, Error> fill(std::uint64_t at) {
    const std::uint64_t last = std::min(size_, at + kReadAhead) - 1;
    S3Request request;
    request.path = path_;
    request.headers = {{"Range", "bytes=" + std::to_string(at) + "-" + std::to_string(last)}};
    request.max_answer = kReadAhead + (64U << 10U);
    auto answer = client_.send(request);
    if (!answer) return answer.error();
    if (!success(*answer)) return s3_error("read", *answer);
    if (answer->body.size() != last - at + 1) {
      return Error{"unavailable", "the object storage answered another range than was asked for", ""};
    }
    begin_ = at;
    ahead_ = std::move(answer->body);
    return {};
  }

  S3Client client_;
  std::string path_;
  std::uint64_t size_;
  std::uint64_t begin_ = 0;
  std::string ahead_;
};

Result<void, Error> put_whole(S3Client& client, const std::string& path, const PosixFile& file, std::uint64_t size) {
  S3Request request;
  request.method = "PUT";
  request.path = path;
  request.file = &file;
  request.file_length = size;
  const auto answer = client.send(request);
  if (!answer) return answer.error();
  if (!success(*answer)) return s3_error("store", *answer);
  return {};
}

// One multipart upload: begun, parts, completed; or given up.
class Multipart {
 public:
  Multipart(S3Client& client, std::string path) : client_(client), path_(std::move(path)) {}

  Result<void, Error> begin() {
    S3Request request;
    request.method = "POST";
    request.path = path_;
    request.query = {{"uploads", ""}};
    const auto answer = client_.send(request);
    if (!answer) return answer.error();
    if (!success(*answer)) return s3_error("store", *answer);
    const auto ids = xml_texts(answer->body, "UploadId");
    if (ids.empty()) return Error{"unavailable", "the object storage names no multipart upload", ""};
    id_ = ids.front();
    return {};
  }

  Result<void, Error> put_part(const PosixFile& file, std::uint64_t offset, std::uint64_t length) {
    S3Request request;
    request.method = "PUT";
    request.path = path_;
    request.query = {{"partNumber", std::to_string(etags_.size() + 1)}, {"uploadId", id_}};
    request.file = &file;
    request.file_offset = offset;
    request.file_length = length;
    const auto answer = client_.send(request);
    if (!answer) return answer.error();
    if (!success(*answer)) return s3_error("store", *answer);
    etags_.push_back(answer->etag);
    return {};
  }

  Result<void, Error> complete() {
    S3Request request;
    request.method = "POST";
    request.path = path_;
    request.query = {{"uploadId", id_}};
    request.body = "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
    for (std::size_t i = 0; i < etags_.size(); ++i) {
      request.body +=
          "<Part><PartNumber>" + std::to_string(i + 1) + "</PartNumber><ETag>" + etags_[i] + "</ETag></Part>";
    }
    request.body += "</CompleteMultipartUpload>";
    const auto answer = client_.send(request);
    if (!answer) return answer.error();
    // A failure may come under status 200 (S3 API reference, CompleteMultipartUpload).
    if (!success(*answer) || !xml_texts(answer->body, "Code").empty()) return s3_error("store", *answer);
    return {};
  }

  void give_up() {
    S3Request request;
    request.method = "DELETE";
    request.path = path_;
    request.query = {{"uploadId", id_}};
    (void)client_.send(request);
  }

 private:
  S3Client& client_;
  std::string path_;
  std::string id_;
  std::vector<std::string> etags_;
};

Result<void, Error> put_parts(S3Client& client, const std::string& path, const PosixFile& file, std::uint64_t size,
                              std::uint64_t part_size) {
  Multipart upload(client, path);
  if (auto begun = upload.begin(); !begun) return begun;
  for (std::uint64_t offset = 0; offset < size; offset += part_size) {
    if (auto put = upload.put_part(file, offset, std::min(part_size, size - offset)); !put) {
      upload.give_up();
      return put;
    }
  }
  auto completed = upload.complete();
  if (!completed) upload.give_up();
  return completed;
}

std::string resolve_entities(std::string_view text) {
  static constexpr std::pair<std::string_view, char> kEntities[] = {{"&quot;", '"'}, {"&amp;", '&'},   {"&lt;", '<'},
                                                                    {"&gt;", '>'},   {"&apos;", '\''}, {"&#34;", '"'}};
  std::string out;
  while (!text.empty()) {
    bool found = false;
    for (const auto& [entity, c] : kEntities) {
      if (!text.starts_with(entity)) continue;
      out += c;
      text.remove_prefix(entity.size());
      found = true;
      break;
    }
    if (found) continue;
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace

std::vector<std::string> xml_texts(std::string_view document, std::string_view tag) {
  std::vector<std::string> out;
  const std::string open = "<" + std::string(tag) + ">";
  const std::string close = "</" + std::string(tag) + ">";
  while (true) {
    const std::size_t begin = document.find(open);
    if (begin == std::string_view::npos) return out;
    document.remove_prefix(begin + open.size());
    const std::size_t end = document.find(close);
    if (end == std::string_view::npos) return out;
    out.push_back(resolve_entities(document.substr(0, end)));
    document.remove_prefix(end + close.size());
  }
}

S3Store::S3Store(S3Config config) : config_(std::move(config)) {}

Result<std::unique_ptr<S3Store>, Error> S3Store::create(S3Config config) {
  while (config.endpoint.ends_with('/')) config.endpoint.pop_back();
  if (!config.endpoint.starts_with("http://") && !config.endpoint.starts_with("https://")) {
    return Error{"invalid_argument", "files.s3.endpoint must be an http or https URL", "files.s3.endpoint"};
  }
  if (!is_object_key(config.bucket) || config.bucket.find('/') != std::string::npos) {
    return Error{"invalid_argument", "files.s3.bucket must name a bucket", "files.s3.bucket"};
  }
  config.part_size = std::max(config.part_size, kMinPart);
  return std::unique_ptr<S3Store>(new S3Store(std::move(config)));
}

Result<void, Error> S3Store::put(const std::string& key, const std::filesystem::path& file) {
  if (!is_object_key(key)) return Error{"internal", "no name for an object: " + key, ""};
  const auto source = PosixFile::open(file, O_RDONLY);
  if (!source) return source.error();
  const auto size = source->size();
  if (!size) return size.error();
  S3Client client(config_);
  const std::string path = "/" + config_.bucket + "/" + key;
  const std::uint64_t part_size = std::max(config_.part_size, (*size + kMaxParts - 1) / kMaxParts);
  auto put =
      *size <= part_size ? put_whole(client, path, *source, *size) : put_parts(client, path, *source, *size, part_size);
  return put;
}

Result<std::unique_ptr<ObjectReader>, Error> S3Store::open(const std::string& key) {
  if (!is_object_key(key)) return Error{"not_found", "there is no such object", ""};
  S3Client client(config_);
  S3Request request;
  request.method = "HEAD";
  request.path = "/" + config_.bucket + "/" + key;
  const auto answer = client.send(request);
  if (!answer) return answer.error();
  if (!success(*answer)) return s3_error("find", *answer);
  return std::unique_ptr<ObjectReader>(std::make_unique<S3Reader>(config_, request.path, answer->content_length));
}

Result<bool, Error> S3Store::exists(const std::string& key) {
  const auto opened = open(key);
  if (opened) return true;
  if (opened.error().code == "not_found") return false;
  return opened.error();
}

Result<void, Error> S3Store::remove(const std::string& key) {
  if (!is_object_key(key)) return {};
  S3Client client(config_);
  S3Request request;
  request.method = "DELETE";
  request.path = "/" + config_.bucket + "/" + key;
  const auto answer = client.send(request);
  if (!answer) return answer.error();
  if (!success(*answer) && answer->status != 404) return s3_error("remove", *answer);
  return {};
}

Result<std::vector<std::string>, Error> S3Store::list(const std::string& after, std::size_t limit) {
  S3Client client(config_);
  S3Request request;
  request.path = "/" + config_.bucket;
  request.query = {{"list-type", "2"}, {"max-keys", std::to_string(std::min<std::size_t>(limit, 1000))}};
  if (!after.empty()) request.query["start-after"] = after;
  const auto answer = client.send(request);
  if (!answer) return answer.error();
  if (!success(*answer)) return s3_error("list", *answer);
  return xml_texts(answer->body, "Key");
}

Result<void, Error> S3Store::make_bucket() {
  S3Client client(config_);
  S3Request request;
  request.method = "PUT";
  request.path = "/" + config_.bucket;
  const auto answer = client.send(request);
  if (!answer) return answer.error();
  if (!success(*answer) && answer->status != 409) return s3_error("make a bucket for", *answer);
  return {};
}

}  // namespace parley::files
