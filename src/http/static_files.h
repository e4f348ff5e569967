// A folder of files for browsers: the bundled page, or whatever an operator puts there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/message.h"
#include "http/router.h"

namespace parley::http {

struct StaticConfig {
  std::filesystem::path root;
  // A path below these is never answered with the page: a mistyped API call shall see its 404.
  std::vector<std::string> api_prefixes = {"/api/", "/twirp/", "/rtc", "/whip", "/metrics", "/healthz", "/readyz"};
  // For a page built by Vite that opens WebSockets, runs workers and WebAssembly, and shows blobs.
  std::string content_security_policy =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' blob:; worker-src 'self' blob:; "
      "connect-src 'self' ws: wss: http: https: blob: data:; img-src 'self' https: data: blob:; "
      "media-src 'self' https: data: blob: mediastream:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
      "frame-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";
  std::size_t cache_bytes = 64U << 20U;  // contents kept in memory
};

class StaticFiles {
 public:
  // Error invalid_argument, field "http.web_dir": no such folder.
  static Result<StaticFiles, Error> open(StaticConfig config);

  // nullopt: no such file, and no page to show instead.
  //   - name.gz beside a file is sent to clients that take gzip
  //   - names with a hash in them (Vite's assets) may be kept for ever, everything else is asked for again
  //   - a path without an extension is a route of the page: index.html
  [[nodiscard]] std::optional<Response> serve(const Request& request);

 private:
  struct Entry {
    std::shared_ptr<const std::string> content;
    std::int64_t modified = 0;  // ns, of the file system's clock
    std::uintmax_t size = 0;
  };

  explicit StaticFiles(StaticConfig config) : config_(std::move(config)) {}
  [[nodiscard]] std::optional<std::filesystem::path> locate(std::string_view path) const;
  [[nodiscard]] std::optional<Response> serve_file(const Request& request, const std::filesystem::path& file);
  [[nodiscard]] std::optional<Entry> load(const std::filesystem::path& file);
  [[nodiscard]] bool is_page_route(const Request& request) const;

  StaticConfig config_;
  std::unordered_map<std::string, Entry> cache_;
  std::size_t cached_bytes_ = 0;
};

// GET of everything that no other route takes: the files, where there are any. "/" answers 200 in any case ("OK"
// without a page): clients ask it whether the server is there.
void add_pages(Router& router, std::shared_ptr<StaticFiles> files);

// By the file name's extension; "application/octet-stream" for an unknown one.
[[nodiscard]] std::string_view content_type_of(std::string_view file_name);

}  // namespace parley::http
