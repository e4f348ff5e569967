// The requests of tus 1.0.0 against Uploads. Internal to files/.
#pragma once

#include <memory>

#include "files/http_routes.h"

namespace parley::files {

struct RouteContext {
  Service& service;
  Uploads& uploads;
  RouteHooks hooks;
};
using RouteContextRef = std::shared_ptr<RouteContext>;

inline constexpr std::string_view kUploadsPath = "/api/v1/uploads";

[[nodiscard]] http::Response tus_options(const RouteContext& context, const http::Request& request);
awaitable<http::Response> tus_create(RouteContextRef context, const http::Request& request, http::BodyReader& body);
awaitable<http::Response> tus_head(RouteContextRef context, const http::Request& request);
awaitable<http::Response> tus_patch(RouteContextRef context, const http::Request& request, http::BodyReader& body);
awaitable<http::Response> tus_delete(RouteContextRef context, const http::Request& request);
// POST to an upload: X-HTTP-Method-Override says which of the above it is, for clients that can send nothing else.
awaitable<http::Response> tus_override(RouteContextRef context, const http::Request& request, http::BodyReader& body);
// GET: the upload as JSON.
awaitable<http::Response> tus_show(RouteContextRef context, const http::Request& request);

}  // namespace parley::files
