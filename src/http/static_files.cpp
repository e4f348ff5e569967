#include "http/static_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace parley::http {

namespace {

namespace fs = std::filesystem;

struct TypeRow {
  std::string_view extension;
  std::string_view type;
};

constexpr TypeRow kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".map", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".wasm", "application/wasm"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".gif", "image/gif"},
    {".webp", "image/webp"},
    {".avif", "image/avif"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".ttf", "font/ttf"},
    {".mp3", "audio/mpeg"},
    {".ogg", "audio/ogg"},
    {".opus", "audio/ogg"},
    {".wav", "audio/wav"},
    {".mp4", "video/mp4"},
    {".webm", "video/webm"},
    {".pdf", "application/pdf"},
    {".txt", "text/plain; charset=utf-8"},
    {".md", "text/markdown; charset=utf-8"},
    {".xml", "application/xml"},
    {".yaml", "application/yaml"},
    {".onnx", "application/octet-stream"},
};

std::string_view extension_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? std::string_view() : name.substr(dot);
}

// "index-BfX3k9Qa.js": a dash, at least eight characters of a hash with a digit or a capital among them, the extension.
bool has_content_hash(std::string_view name) {
  const std::string_view stem = name.substr(0, name.size() - extension_of(name).size());
  // Vite's hashes are eight characters and may hold '-' and '_' themselves.
  if (stem.size() < 10 || stem[stem.size() - 9] != '-') return false;
  const std::string_view hash = stem.substr(stem.size() - 8);
  const auto is_hash_char = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  };
  const auto is_telling = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
  return std::all_of(hash.begin(), hash.end(), is_hash_char) && std::any_of(hash.begin(), hash.end(), is_telling);
}

bool accepts_gzip(const Request& request) {
  const std::string_view accepted = request.header("Accept-Encoding");
  const std::size_t at = accepted.find("gzip");
  return at != std::string_view::npos && !accepted.substr(at).starts_with("gzip;q=0,") &&
         accepted.substr(at) != "gzip;q=0";
}

bool etag_matches(std::string_view list, std::string_view etag) {
  if (list == "*") return true;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    std::string_view item = list.substr(0, comma);
    list.remove_prefix(std::min(comma + 1, list.size()));
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == etag) return true;
  }
  return false;
}

void add_page_headers(Response& response, const StaticConfig& config) {
  response.set("Content-Security-Policy", config.content_security_policy);
  response.set("Referrer-Policy", "same-origin");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  response.set("Permissions-Policy",
               "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), autoplay=(self)");
}

}  // namespace

std::string_view content_type_of(std::string_view file_name) {
  const std::string_view extension = extension_of(file_name);
  for (const TypeRow& row : kTypes) {
    if (row.extension == extension) return row.type;
  }
  return "application/octet-stream";
}

Result<StaticFiles, Error> StaticFiles::open(StaticConfig config) {
  std::error_code ec;
  const fs::path root = fs::canonical(config.root, ec);
  if (ec || !fs::is_directory(root, ec)) {
    return Error{"invalid_argument", "no such folder: " + config.root.string(), "http.web_dir"};
  }
  config.root = root;
  return StaticFiles(std::move(config));
}

// Each segment is decoded by itself, and refused if it could lead anywhere but into a folder of that name.
std::optional<fs::path> StaticFiles::locate(std::string_view path) const {
  fs::path file = config_.root;
  std::size_t begin = 1;
  while (begin < path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string segment = percent_decode(path.substr(begin, end - begin));
    if (segment.empty() || segment.front() == '.') return std::nullopt;
    if (segment.find_first_of(std::string_view("/\\\0", 3)) != std::string::npos) return std::nullopt;
    file /= segment;
    begin = end + 1;
  }
  // A link may lead out of the folder; what it points at was not meant to be served.
  std::error_code ec;
  file = fs::canonical(file, ec);
  if (ec ||
      std::mismatch(config_.root.begin(), config_.root.end(), file.begin(), file.end()).first != config_.root.end()) {
    return std::nullopt;
  }
  if (fs::is_directory(file, ec)) file /= "index.html";
  return fs::is_regular_file(file, ec) ? std::optional(file) : std::nullopt;
}

std::optional<StaticFiles::Entry> StaticFiles::load(const fs::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
  const std::int64_t modified = info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec;
  const auto size = static_cast<std::uintmax_t>(info.st_size);
  if (const auto it = cache_.find(file.string()); it != cache_.end()) {
    if (it->second.modified == modified && it->second.size == size) return it->second;
    cached_bytes_ -= it->second.content->size();
    cache_.erase(it);
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  std::string content{std::istreambuf_iterator<char>(in), {}};
  Entry entry{std::make_shared<const std::string>(std::move(content)), modified, size};
  if (cached_bytes_ + entry.content->size() <= config_.cache_bytes) {
    cached_bytes_ += entry.content->size();
    cache_.emplace(file.string(), entry);
  }
  return entry;
}

bool StaticFiles::is_page_route(const Request& request) const {
  for (const std::string& prefix : config_.api_prefixes) {
    if (request.path.starts_with(prefix)) return false;
  }
  const std::string_view last = std::string_view(request.path).substr(request.path.rfind('/') + 1);
  if (!extension_of(last).empty()) return false;
  const std::string_view accept = request.header("Accept");
  return accept.empty() || accept.find("text/html") != std::string_view::npos ||
         accept.find("*/*") != std::string_view::npos;
}

std::optional<Response> StaticFiles::serve(const Request& request) {
  if (const auto file = locate(request.path)) return serve_file(request, *file);
  if (!is_page_route(request)) return std::nullopt;
  if (const auto page = locate("/index.html")) return serve_file(request, *page);
  return std::nullopt;
}

std::optional<Response> StaticFiles::serve_file(const Request& request, const fs::path& file) {
  const auto plain = load(file);
  if (!plain) return std::nullopt;
  const std::string name = file.filename().string();
  const fs::path packed_file = file.string() + ".gz";
  std::error_code ec;
  const bool has_packed = fs::is_regular_file(packed_file, ec);
  const auto packed = has_packed && accepts_gzip(request) ? load(packed_file) : std::nullopt;

  Response response;
  const Entry& entry = packed ? *packed : *plain;
  const std::string etag =
      '"' + std::to_string(entry.size) + '-' + std::to_string(entry.modified) + (packed ? "-gz\"" : "\"");
  response.set("ETag", etag);
  response.set("Cache-Control", has_content_hash(name) ? "public, max-age=31536000, immutable" : "no-cache");
  if (has_packed) response.set("Vary", "Accept-Encoding");
  add_page_headers(response, config_);
  if (etag_matches(request.header("If-None-Match"), etag)) {
    response.status = 304;
    return response;
  }
  if (packed) response.set("Content-Encoding", "gzip");
  response.content_type = content_type_of(name);
  response.shared_body = entry.content;
  return response;
}

void add_pages(Router& router, std::shared_ptr<StaticFiles> files) {
  router.set_fallback([files = std::move(files)](const Request& request) -> awaitable<Response> {
    auto response = files != nullptr ? files->serve(request) : std::nullopt;
    if (response) co_return std::move(*response);
    if (request.path == "/") co_return text_response(200, "OK");
    co_return problem_response({"not_found", "not found: " + request.path, ""});
  });
}

}  // namespace parley::http
