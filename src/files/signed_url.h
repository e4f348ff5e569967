// URLs that carry their own leave: whoever has one may fetch one version of one file until it expires. The signature
// covers everything that decides, so that a CDN can keep the answer under the whole URL.
//
//   /api/v1/files/{id}/content?v=3&e=1800000000&u={user}&g={link}&d=1&s={base64url of HMAC-SHA-256}
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "files/service.h"
#include "http/query.h"

namespace parley::files {

struct UrlPass {
  SignedPass pass;
  std::int64_t expires_at = 0;  // seconds since the epoch
  bool attachment = false;
};

// Path and query.
[[nodiscard]] std::string sign_path(std::string_view key, const UrlPass& pass);
// Error "permission_denied": another signature, or its time is over.
[[nodiscard]] Result<UrlPass, Error> verify_path(std::string_view key, std::string_view file_id,
                                                 const http::Query& query, std::int64_t now_seconds);

}  // namespace parley::files
