#include "files/signed_url.h"

#include "auth/base64url.h"
#include "files/digest.h"

namespace parley::files {

namespace {

std::string signature_of(std::string_view key, const UrlPass& url) {
  std::string text = "parley file url 1";
  for (const std::string& part :
       {url.pass.file_id, std::to_string(url.pass.version), std::to_string(url.expires_at), url.pass.user_id,
        url.pass.grant_id, std::string(url.attachment ? "1" : "0"), std::string(url.pass.admin ? "1" : "0")}) {
    text += '\n' + part;
  }
  const std::string mac = hmac_sha256(key, text);
  return auth::base64url_encode(mac);
}

}  // namespace

std::string sign_path(std::string_view key, const UrlPass& url) {
  std::string out = "/api/v1/files/" + url.pass.file_id + "/content?v=" + std::to_string(url.pass.version) +
                    "&e=" + std::to_string(url.expires_at);
  if (!url.pass.user_id.empty()) out += "&u=" + http::percent_encode(url.pass.user_id);
  if (!url.pass.grant_id.empty()) out += "&g=" + http::percent_encode(url.pass.grant_id);
  if (url.attachment) out += "&d=1";
  if (url.pass.admin) out += "&a=1";
  return out + "&s=" + signature_of(key, url);
}

Result<UrlPass, Error> verify_path(std::string_view key, std::string_view file_id, const http::Query& query,
                                   std::int64_t now_seconds) {
  UrlPass url;
  url.pass.file_id = file_id;
  url.pass.version = query.get_int("v", 0);
  url.pass.user_id = query.get("u");
  url.pass.grant_id = query.get("g");
  url.expires_at = query.get_int("e", 0);
  url.attachment = query.get("d") == "1";
  url.pass.admin = query.get("a") == "1";
  if (!equal_secrets(signature_of(key, url), query.get("s"))) {
    return Error{"permission_denied", "this address of the file is not valid", ""};
  }
  if (now_seconds >= url.expires_at) {
    return Error{"permission_denied", "this address of the file has expired; ask for a new one", ""};
  }
  return url;
}

}  // namespace parley::files
