#include "files/s3_request.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <new>
#include <thread>

#include "base/log.h"
#include "files/s3_store.h"
#include "http/query.h"

namespace parley::files {

namespace {

constexpr int kTries = 3;
constexpr std::chrono::milliseconds kPauseBetweenTries{200};

struct Transfer {
  const S3Request* request = nullptr;
  std::uint64_t sent = 0;
  S3Answer answer;
  bool too_long = false;
};

std::size_t on_read(char* out, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  const S3Request& request = *transfer.request;
  const std::size_t room = size * count;
  if (request.file != nullptr) {
    const std::uint64_t left = request.file_length - transfer.sent;
    const ByteSpan piece(reinterpret_cast<std::uint8_t*>(out), std::min<std::uint64_t>(room, left));
    const auto got = request.file->read_at(request.file_offset + transfer.sent, piece);
    if (!got) return CURL_READFUNC_ABORT;
    transfer.sent += *got;
    return *got;
  }
  const std::size_t n = std::min<std::uint64_t>(room, request.body.size() - transfer.sent);
  std::copy_n(request.body.data() + transfer.sent, n, out);
  transfer.sent += n;
  return n;
}

int on_seek(void* context, curl_off_t offset, int origin) {
  if (origin != SEEK_SET) return CURL_SEEKFUNC_CANTSEEK;
  static_cast<Transfer*>(context)->sent = static_cast<std::uint64_t>(offset);
  return CURL_SEEKFUNC_OK;
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  const std::size_t n = size * count;
  if (transfer.answer.body.size() + n > transfer.request->max_answer) {
    transfer.too_long = true;
    return 0;
  }
  transfer.answer.body.append(data, n);
  return n;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  std::string_view line(data, size * count);
  while (!line.empty() && (line.back() == '\r' || line.back() == '\n')) line.remove_suffix(1);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size * count;
  std::string name(line.substr(0, colon));
  std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
  if (name == "etag") transfer.answer.etag = value;
  return size * count;
}

std::string url_of(const S3Config& config, const S3Request& request) {
  std::string url = config.endpoint;
  std::size_t begin = 0;
  while (begin < request.path.size()) {
    const std::size_t end = std::min(request.path.find('/', begin), request.path.size());
    url += http::percent_encode(std::string_view(request.path).substr(begin, end - begin));
    if (end < request.path.size()) url += '/';
    begin = end + 1;
  }
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    url += separator + http::percent_encode(name) + '=' + http::percent_encode(value);
    separator = '&';
  }
  return url;
}

void set_body(CURL* curl, Transfer& transfer) {
  const S3Request& request = *transfer.request;
  if (request.method == "HEAD") curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  if (request.method == "PUT" || request.method == "POST") {
    const std::uint64_t length = request.file != nullptr ? request.file_length : request.body.size();
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(length));
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, &on_read);
    curl_easy_setopt(curl, CURLOPT_READDATA, &transfer);
    curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, &on_seek);
    curl_easy_setopt(curl, CURLOPT_SEEKDATA, &transfer);
  }
  if (request.method != "GET" && request.method != "HEAD") {
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  }
}

}  // namespace

void S3Client::Free::operator()(CURL* handle) const { curl_easy_cleanup(handle); }

S3Client::S3Client(const S3Config& config) : config_(config) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  curl_.reset(curl_easy_init());
  if (!curl_) throw std::bad_alloc();
}

Result<S3Answer, Error> S3Client::send(const S3Request& request) {
  Error last;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    if (attempt > 0) std::this_thread::sleep_for(kPauseBetweenTries * attempt);
    auto answer = send_once(request);
    if (answer && answer->status < 500) return answer;
    last = answer ? s3_error("use", *answer) : answer.error();
    if (last.code != "unavailable") break;
  }
  log::warn("files", "the object storage does not answer as it should", {{"error", last.message}});
  return last;
}

Result<S3Answer, Error> S3Client::send_once(const S3Request& request) {
  CURL* curl = curl_.get();
  curl_easy_reset(curl);
  Transfer transfer;
  transfer.request = &request;
  const std::string url = url_of(config_, request);
  const std::string provider = "aws:amz:" + config_.region + ":s3";
  const std::string credentials = config_.access_key + ":" + config_.secret_key;
  curl_slist* headers = nullptr;
  for (const auto& [name, value] : request.headers) headers = curl_slist_append(headers, (name + ": " + value).c_str());
  // The transport's checksums and TLS guard the body; hashing it again would cost as much as sending it.
  headers = curl_slist_append(headers, "x-amz-content-sha256: UNSIGNED-PAYLOAD");
  headers = curl_slist_append(headers, "Expect:");
  headers = curl_slist_append(headers, "Content-Type: application/octet-stream");

  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_AWS_SIGV4, provider.c_str());
  curl_easy_setopt(curl, CURLOPT_USERPWD, credentials.c_str());
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, 10'000L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, static_cast<long>(std::max(1.0, to_seconds(config_.timeout))));
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
  set_body(curl, transfer);
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);

  const CURLcode code = curl_easy_perform(curl);
  curl_slist_free_all(headers);
  if (transfer.too_long) return Error{"internal", "the object storage answered more than was asked for", ""};
  if (code != CURLE_OK) {
    return Error{"unavailable", "the object storage cannot be reached: " + std::string(curl_easy_strerror(code)), ""};
  }
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &transfer.answer.status);
  curl_off_t length = 0;
  curl_easy_getinfo(curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  transfer.answer.content_length = length > 0 ? static_cast<std::uint64_t>(length) : 0;
  return std::move(transfer.answer);
}

Error s3_error(std::string_view doing, const S3Answer& answer) {
  const auto codes = xml_texts(answer.body, "Code");
  const std::string code = codes.empty() ? std::string() : " (" + codes.front() + ")";
  if (answer.status == 404) return {"not_found", "there is no such object" + code, ""};
  if (answer.status == 507 || code == " (QuotaExceeded)" || code == " (XMinioStorageFull)") {
    return {"insufficient_storage", "the object storage is full", ""};
  }
  return {"unavailable",
          "the object storage refuses to " + std::string(doing) + " an object: HTTP " + std::to_string(answer.status) +
              code,
          ""};
}

}  // namespace parley::files
