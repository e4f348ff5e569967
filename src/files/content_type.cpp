#include "files/content_type.h"

#include <magic.h>

#include <algorithm>
#include <memory>

#include "files/ranges.h"
#include "files/text_result.h"

namespace parley::files {

namespace {

struct CloseMagic {
  void operator()(magic_set* cookie) const { magic_close(cookie); }
};
using Cookie = std::unique_ptr<magic_set, CloseMagic>;

Error refused(std::string message) { return {"unsupported_media_type", std::move(message), "file"}; }

// A cookie is for one thread at a time, and loading its database takes milliseconds.
magic_set* cookie_of_thread() {
  thread_local Cookie cookie;
  if (!cookie) {
    cookie.reset(magic_open(MAGIC_MIME_TYPE | MAGIC_SYMLINK | MAGIC_NO_CHECK_COMPRESS | MAGIC_ERROR));
    if (cookie && magic_load(cookie.get(), nullptr) != 0) cookie.reset();
  }
  return cookie.get();
}

}  // namespace

Result<std::string, Error> detect_type(const std::filesystem::path& file) {
  magic_set* cookie = cookie_of_thread();
  if (cookie == nullptr) return Error{"internal", "libmagic finds no database of types", ""};
  const char* type = magic_file(cookie, file.c_str());
  if (type == nullptr) {
    const char* why = magic_error(cookie);
    return Error{"internal", "the type of a file cannot be told: " + std::string(why == nullptr ? "" : why), ""};
  }
  const std::string_view text(type);
  if (text.starts_with("inode/"))
    return text_result(text == "inode/x-empty" ? "application/x-empty" : "application/octet-stream");
  return text_result(std::string(text.substr(0, text.find(';'))));
}

bool type_matches(std::string_view pattern, std::string_view mime) {
  if (pattern == "*" || pattern == "*/*") return true;
  if (pattern.ends_with("/*")) return mime.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == mime;
}

Result<void, Error> check_extension(const TypePolicy& policy, std::string_view name) {
  const std::string extension = extension_of(name);
  const auto& denied = policy.deny_extensions;
  if (!extension.empty() && std::find(denied.begin(), denied.end(), extension) != denied.end()) {
    return refused("files named ." + extension + " are not allowed on this server: opening one could run a program");
  }
  return {};
}

Result<void, Error> check_type(const TypePolicy& policy, std::string_view mime, std::string_view name) {
  if (auto named = check_extension(policy, name); !named) return named;
  const auto matches = [mime](const std::string& pattern) { return type_matches(pattern, mime); };
  if (std::any_of(policy.deny.begin(), policy.deny.end(), matches)) {
    return refused("files of this kind (" + std::string(mime) + ") are not allowed on this server");
  }
  if (!policy.allow.empty() && std::none_of(policy.allow.begin(), policy.allow.end(), matches)) {
    return refused("this server takes only certain kinds of files, and " + std::string(mime) + " is none of them");
  }
  return {};
}

}  // namespace parley::files
