#include "signal/common/problem.h"

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <boost/json/serialize.hpp>

namespace parley::signal::common {

namespace json = boost::json;

std::string kebab_code(std::string_view code) {
  std::string out(code);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

json::object error_json(const Error& error) {
  json::object out{{"code", kebab_code(error.code)}, {"message", error.message}};
  if (!error.field.empty()) out["field"] = error.field;
  if (error.retry_after > 0) out["retryAfter"] = error.retry_after;
  return out;
}

http::Response problem(const Error& error) {
  namespace bhttp = boost::beast::http;
  const unsigned status = http::status_of(error.code);
  json::object body{{"type", "about:blank"},
                    {"title", std::string(bhttp::obsolete_reason(static_cast<bhttp::status>(status)))},
                    {"status", status},
                    {"detail", error.message},
                    {"code", kebab_code(error.code)}};
  if (!error.field.empty()) body["field"] = error.field;
  if (error.retry_after > 0) body["retryAfter"] = error.retry_after;
  http::Response response = json_answer(status, body);
  response.content_type = "application/problem+json";
  if (error.retry_after > 0) response.set("Retry-After", std::to_string(error.retry_after));
  if (status == 401) response.set("WWW-Authenticate", "Bearer");
  return response;
}

http::Response json_answer(unsigned status, const json::object& body) {
  http::Response response = http::json_response(status, json::serialize(body));
  response.set("Cache-Control", "no-store");
  return response;
}

http::Response no_content() {
  http::Response response;
  response.status = 204;
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace parley::signal::common
