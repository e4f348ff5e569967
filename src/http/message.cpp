#include "http/message.h"

#include <algorithm>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/json.hpp>

namespace parley::http {

namespace {

struct CodeStatus {
  std::string_view code;
  unsigned status;
};

// The codes of Twirp; one vocabulary serves all APIs.
constexpr CodeStatus kCodes[] = {
    {"invalid_argument", 400},
    {"malformed", 400},
    {"out_of_range", 400},
    {"unauthenticated", 401},
    {"permission_denied", 403},
    {"not_found", 404},
    {"bad_route", 404},
    {"canceled", 408},
    {"deadline_exceeded", 408},
    {"already_exists", 409},
    {"aborted", 409},
    {"failed_precondition", 412},
    {"payload_too_large", 413},
    {"uri_too_long", 414},
    {"rate_limited", 429},
    {"resource_exhausted", 429},
    {"header_too_large", 431},
    {"internal", 500},
    {"unknown", 500},
    {"dataloss", 500},
    {"method_not_allowed", 405},
    {"unimplemented", 501},
    {"unavailable", 503},
    {"locked_out", 429},
    {"conflict", 409},
    {"quota_exceeded", 413},
    {"gone", 410},
    {"unsupported_media_type", 415},
    {"locked", 423},
    {"version_mismatch", 412},
    {"checksum_mismatch", 460},
    {"insufficient_storage", 507},
    {"bad_gateway", 502},
    {"range_not_satisfiable", 416},
};

}  // namespace

std::string_view Request::header(std::string_view name) const {
  const auto it = fields.find(name);
  return it == fields.end() ? std::string_view() : std::string_view(it->value());
}

std::string_view Request::param(std::string_view name) const {
  for (const auto& [key, value] : params) {
    if (key == name) return value;
  }
  return {};
}

std::string Request::content_type() const {
  std::string_view value = header("Content-Type");
  value = value.substr(0, value.find(';'));
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  std::string out(value);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

bool set_target(Request& request, std::string_view target) {
  for (const std::string_view scheme : {std::string_view("http://"), std::string_view("https://")}) {
    if (!boost::beast::iequals(target.substr(0, scheme.size()), scheme)) continue;
    const std::size_t slash = target.find('/', scheme.size());
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
    break;
  }
  if (target == "*" && request.method == Method::options) target = "/";
  if (target.empty() || target.front() != '/' || !is_utf8(target)) return false;
  const std::size_t question = target.find('?');
  request.path = std::string(target.substr(0, question));
  request.query = question == std::string_view::npos ? Query() : Query(target.substr(question + 1));
  return true;
}

Response text_response(unsigned status, std::string body) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(body);
  return response;
}

Response json_response(unsigned status, std::string json) {
  Response response;
  response.status = status;
  response.content_type = "application/json";
  response.body = std::move(json);
  return response;
}

Response problem_response(unsigned status, const Error& error) {
  boost::json::object body;
  body["type"] = "about:blank";
  body["title"] = std::string(boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status)));
  body["status"] = status;
  body["detail"] = error.message;
  body["code"] = error.code;
  if (!error.field.empty()) body["field"] = error.field;
  Response response = json_response(status, boost::json::serialize(body));
  response.content_type = "application/problem+json";
  return response;
}

Response problem_response(const Error& error) { return problem_response(status_of(error.code), error); }

unsigned status_of(std::string_view error_code) {
  for (const CodeStatus& row : kCodes) {
    if (row.code == error_code) return row.status;
  }
  return 500;
}

}  // namespace parley::http
