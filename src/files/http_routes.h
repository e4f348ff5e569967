// The doors that carry bytes: resumable uploads (tus), content, previews, links and signed URLs. What speaks JSON alone
// about files is REST's.
//
//   OPTIONS POST               /api/v1/uploads             tus: discovery, creation
//   HEAD PATCH DELETE GET      /api/v1/uploads/{id}        tus: offset, bytes, termination; GET: the upload as JSON
//   GET HEAD                   /api/v1/files/{id}/content  ?version=3&download=1, or a signature (files/signed_url.h)
//   POST                       /api/v1/files/{id}/url      {version?, download?} → {url, expiresAt}
//   GET HEAD                   /api/v1/files/{id}/previews/{64|320|1280|text}  ?version=3, or a signature
//   GET POST                   /api/v1/shared/{token}      a link: {file, url, urlExpiresAt, expiresAt}; POST
//   {password} GET HEAD                   /api/v1/shared/{token}/content   of links without a password
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "auth/subject.h"
#include "files/service.h"
#include "files/uploads.h"
#include "http/router.h"

namespace parley::files {

struct RouteHooks {
  // Who asks; Error "unauthenticated".
  std::function<awaitable<Result<auth::Subject, Error>>(const http::Request&)> subject_of;  // required
  // May this request come now? `who`: the person, or the address of one who brings no token. Error "rate_limited".
  // Empty: every request may.
  std::function<Result<void, Error>(const http::Request& request, std::string_view who)> admit;
  // How errors read; http::problem_response when empty.
  std::function<http::Response(const Error&)> problem;
};

// service and uploads outlive the router's last request.
void add_routes(http::Router& router, Service& service, Uploads& uploads, RouteHooks hooks);

}  // namespace parley::files
