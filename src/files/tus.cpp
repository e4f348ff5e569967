#include "files/tus.h"

#include <array>
#include <boost/json/serialize.hpp>
#include <ctime>

#include "base/uuid.h"
#include "files/json.h"
#include "files/tus_headers.h"
#include "http/cors.h"

namespace parley::files {

namespace {

constexpr std::string_view kBodyType = "application/offset+octet-stream";

std::string http_time(std::int64_t ms) {
  const auto seconds = static_cast<std::time_t>(ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 40> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text.data(), size};
}

http::Response with_tus(http::Response response) {
  response.set("Tus-Resumable", std::string(kTusVersion));
  response.set("Cache-Control", "no-store");
  return response;
}

http::Response failure(const RouteContext& context, const Error& error) {
  http::Response response = with_tus(context.hooks.problem(error));
  if (error.code == "version_mismatch") response.set("Tus-Version", std::string(kTusVersion));
  return response;
}

Result<void, Error> check_version(const http::Request& request) {
  if (request.header("Tus-Resumable") == kTusVersion) return {};
  return Error{"version_mismatch", "this server speaks tus " + std::string(kTusVersion), "Tus-Resumable"};
}

void set_state(http::Response& response, const store::Upload& upload) {
  response.set("Upload-Offset", std::to_string(upload.offset));
  if (!upload.done) response.set("Upload-Expires", http_time(upload.expires_at));
  if (upload.done && !upload.file_id.empty()) response.set("Parley-File-Id", upload.file_id);
}

// The id at the end of a path or URL.
std::string id_of(std::string_view url) {
  const std::size_t slash = url.rfind('/');
  return std::string(slash == std::string_view::npos ? url : url.substr(slash + 1));
}

Error bad_header(std::string_view name, std::string message) {
  return {"invalid_argument", std::move(message), std::string(name)};
}

Result<std::optional<std::uint64_t>, Error> number_header(const http::Request& request, std::string_view name) {
  const std::string_view text = request.header(name);
  if (text.empty()) return std::optional<std::uint64_t>();
  const auto value = parse_tus_number(text);
  if (!value) return bad_header(name, std::string(name) + " must be a whole number");
  return value;
}

Result<void, Error> read_metadata(const http::Request& request, NewUpload& out) {
  out.metadata = request.header("Upload-Metadata");
  const auto metadata = parse_tus_metadata(out.metadata);
  if (!metadata) return metadata.error();
  const auto any = [&](std::string_view first, std::string_view second) {
    const std::string_view value = find_metadata(*metadata, first);
    return std::string(value.empty() ? find_metadata(*metadata, second) : value);
  };
  out.what.name = any("filename", "name");
  out.declared_type = any("filetype", "type");
  out.what.room_id = find_metadata(*metadata, "roomId");
  out.what.file_id = find_metadata(*metadata, "fileId");
  out.what.note = find_metadata(*metadata, "note");
  if (!out.what.room_id.empty() && !is_uuid(out.what.room_id)) {
    return Error{"invalid_argument", "the metadata's roomId is no id", "roomId"};
  }
  if (!out.what.file_id.empty() && !is_uuid(out.what.file_id)) {
    return Error{"invalid_argument", "the metadata's fileId is no id", "fileId"};
  }
  if (out.what.note.size() > 1000) return Error{"invalid_argument", "the note is too long", "note"};
  return {};
}

Result<NewUpload, Error> read_creation(const http::Request& request) {
  NewUpload out;
  if (auto version = check_version(request); !version) return version.error();
  if (auto metadata = read_metadata(request, out); !metadata) return metadata.error();
  const std::string_view concat = request.header("Upload-Concat");
  if (!concat.empty()) {
    auto parsed = parse_tus_concat(concat);
    if (!parsed) return parsed.error();
    out.kind = parsed->final ? store::UploadKind::kFinal : store::UploadKind::kPartial;
    for (const std::string& part : parsed->parts) out.parts.push_back(id_of(part));
  }
  const auto length = number_header(request, "Upload-Length");
  if (!length) return length.error();
  const std::string_view deferred = request.header("Upload-Defer-Length");
  if (!deferred.empty() && deferred != "1")
    return bad_header("Upload-Defer-Length", "Upload-Defer-Length can only be 1");
  const bool known = length->has_value();
  if (out.kind == store::UploadKind::kFinal) {
    if (known || !deferred.empty()) return bad_header("Upload-Length", "a final upload has the length of its parts");
  } else if (known == !deferred.empty()) {
    return bad_header("Upload-Length", "give either Upload-Length or Upload-Defer-Length");
  }
  out.length = *length;
  return out;
}

Result<AppendRequest, Error> read_append(const http::Request& request) {
  AppendRequest out;
  if (auto version = check_version(request); !version) return version.error();
  if (request.content_type() != kBodyType) {
    return Error{"unsupported_media_type", "the body of an upload is " + std::string(kBodyType), "Content-Type"};
  }
  const auto offset = number_header(request, "Upload-Offset");
  if (!offset) return offset.error();
  if (!*offset) return bad_header("Upload-Offset", "Upload-Offset is missing");
  out.offset = **offset;
  const auto length = number_header(request, "Upload-Length");
  if (!length) return length.error();
  out.length = *length;
  if (const std::string_view checksum = request.header("Upload-Checksum"); !checksum.empty()) {
    auto parsed = parse_tus_checksum(checksum);
    if (!parsed) return parsed.error();
    out.checksum = std::move(*parsed);
  }
  return out;
}

std::string concat_header(const store::Upload& upload) {
  if (upload.kind == store::UploadKind::kPartial) return "partial";
  std::string out = "final;";
  for (std::size_t begin = 0; begin < upload.parts.size();) {
    const std::size_t end = std::min(upload.parts.find(' ', begin), upload.parts.size());
    if (begin > 0) out += ' ';
    out += std::string(kUploadsPath) + "/" + upload.parts.substr(begin, end - begin);
    begin = end + 1;
  }
  return out;
}

}  // namespace

http::Response tus_options(const RouteContext& context, const http::Request& request) {
  http::Response response = http::preflight_response(request);
  response.set("Tus-Resumable", std::string(kTusVersion));
  response.set("Tus-Version", std::string(kTusVersion));
  response.set("Tus-Extension", std::string(kTusExtensions));
  response.set("Tus-Checksum-Algorithm", std::string(kTusChecksums));
  response.set("Tus-Max-Size", std::to_string(context.service.config().max_file_size));
  return response;
}

awaitable<http::Response> tus_create(RouteContextRef context, const http::Request& request, http::BodyReader& body) {
  auto subject = co_await context->hooks.subject_of(request);
  if (!subject) co_return failure(*context, subject.error());
  auto wanted = read_creation(request);
  if (!wanted) co_return failure(*context, wanted.error());
  const bool with_bytes = request.content_type() == kBodyType && body.length().value_or(1) > 0;
  if (with_bytes && wanted->kind == store::UploadKind::kFinal) {
    co_return failure(*context, {"permission_denied", "a final upload takes no bytes of its own", ""});
  }
  AppendRequest append;
  if (const std::string_view checksum = request.header("Upload-Checksum"); with_bytes && !checksum.empty()) {
    auto parsed = parse_tus_checksum(checksum);
    if (!parsed) co_return failure(*context, parsed.error());
    append.checksum = std::move(*parsed);
  }
  auto upload = co_await context->uploads.create(*subject, *wanted);
  if (!upload) co_return failure(*context, upload.error());
  const std::string location = std::string(kUploadsPath) + "/" + upload->id;
  if (with_bytes && !upload->done) {
    auto written = co_await context->uploads.append(*subject, upload->id, append, body);
    if (!written) {
      // The upload is there all the same: the client may go on with it.
      http::Response refused = failure(*context, written.error());
      refused.set("Location", location);
      co_return refused;
    }
    upload = std::move(written);
  }
  http::Response response;
  response.status = 201;
  response.set("Location", location);
  set_state(response, *upload);
  co_return with_tus(std::move(response));
}

awaitable<http::Response> tus_head(RouteContextRef context, const http::Request& request) {
  auto subject = co_await context->hooks.subject_of(request);
  if (!subject) co_return failure(*context, subject.error());
  if (auto version = check_version(request); !version) co_return failure(*context, version.error());
  const std::string id(request.param("id"));
  auto upload = co_await context->uploads.resume(*subject, id);
  if (!upload) co_return failure(*context, upload.error());
  http::Response response;
  set_state(response, *upload);
  if (upload->length) {
    response.set("Upload-Length", std::to_string(*upload->length));
  } else {
    response.set("Upload-Defer-Length", "1");
  }
  if (!upload->metadata.empty()) response.set("Upload-Metadata", upload->metadata);
  if (upload->kind != store::UploadKind::kWhole) response.set("Upload-Concat", concat_header(*upload));
  co_return with_tus(std::move(response));
}

awaitable<http::Response> tus_patch(RouteContextRef context, const http::Request& request, http::BodyReader& body) {
  auto subject = co_await context->hooks.subject_of(request);
  if (!subject) co_return failure(*context, subject.error());
  auto append = read_append(request);
  if (!append) co_return failure(*context, append.error());
  const std::string id(request.param("id"));
  auto upload = co_await context->uploads.append(*subject, id, *append, body);
  if (!upload) co_return failure(*context, upload.error());
  http::Response response;
  response.status = 204;
  set_state(response, *upload);
  co_return with_tus(std::move(response));
}

awaitable<http::Response> tus_delete(RouteContextRef context, const http::Request& request) {
  auto subject = co_await context->hooks.subject_of(request);
  if (!subject) co_return failure(*context, subject.error());
  if (auto version = check_version(request); !version) co_return failure(*context, version.error());
  const std::string id(request.param("id"));
  auto gone = co_await context->uploads.terminate(*subject, id);
  if (!gone) co_return failure(*context, gone.error());
  http::Response response;
  response.status = 204;
  co_return with_tus(std::move(response));
}

awaitable<http::Response> tus_override(RouteContextRef context, const http::Request& request, http::BodyReader& body) {
  const std::string_view method = request.header("X-HTTP-Method-Override");
  if (method == "PATCH") co_return co_await tus_patch(context, request, body);
  if (method == "DELETE") co_return co_await tus_delete(context, request);
  if (method == "HEAD") co_return co_await tus_head(context, request);
  co_return failure(*context, {"method_not_allowed", "POST here needs X-HTTP-Method-Override", ""});
}

awaitable<http::Response> tus_show(RouteContextRef context, const http::Request& request) {
  auto subject = co_await context->hooks.subject_of(request);
  if (!subject) co_return failure(*context, subject.error());
  const std::string id(request.param("id"));
  auto upload = co_await context->uploads.get(*subject, id);
  if (!upload) co_return failure(*context, upload.error());
  http::Response response = http::json_response(200, boost::json::serialize(to_json(*upload)));
  co_return with_tus(std::move(response));
}

}  // namespace parley::files
