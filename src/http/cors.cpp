#include "http/cors.h"

namespace parley::http {

void add_cors_headers(Response& response) {
  response.set("Access-Control-Allow-Origin", "*");
  // What WHIP, tus and ranges answer in headers.
  response.set("Access-Control-Expose-Headers",
               "Location, ETag, Link, Retry-After, Content-Range, Accept-Ranges, Tus-Resumable, Tus-Version, "
               "Tus-Extension, Tus-Max-Size, Upload-Offset, Upload-Length, Upload-Metadata, Upload-Expires, "
               "Upload-Defer-Length, Upload-Concat, Parley-File-Id, Content-Disposition");
}

bool is_preflight(const Request& request) {
  return request.method == Method::options && !request.header("Access-Control-Request-Method").empty();
}

Response preflight_response(const Request& request) {
  Response response;
  response.status = 204;
  response.set("Access-Control-Allow-Methods", std::string(kAllowedMethods));
  // "*" would not cover Authorization (Fetch standard, CORS-unsafe header names), so the wish is repeated.
  const std::string_view wanted = request.header("Access-Control-Request-Headers");
  response.set("Access-Control-Allow-Headers", wanted.empty() ? "*" : std::string(wanted));
  response.set("Access-Control-Max-Age", "86400");
  response.set("Vary", "Access-Control-Request-Headers");
  return response;
}

}  // namespace parley::http
