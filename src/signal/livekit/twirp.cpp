#include "signal/livekit/twirp.h"

#include <google/protobuf/util/json_util.h>

#include <boost/json.hpp>

namespace parley::signal::livekit {

namespace util = google::protobuf::util;

Result<TwirpEncoding, Error> twirp_encoding(const http::Request& request) {
  const std::string type = request.content_type();
  if (type == "application/json") return TwirpEncoding::kJson;
  if (type == "application/protobuf") return TwirpEncoding::kProtobuf;
  return Error{"bad_route", "unexpected Content-Type: \"" + type + "\"", "Content-Type"};
}

Result<void, Error> twirp_decode(TwirpEncoding encoding, const std::string& body, google::protobuf::Message& out) {
  if (encoding == TwirpEncoding::kProtobuf) {
    if (out.ParseFromString(body)) return {};
    return Error{"malformed", "the body is no " + out.GetDescriptor()->name(), ""};
  }
  util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  const auto status = util::JsonStringToMessage(body, &out, options);
  if (status.ok()) return {};
  return Error{"malformed", "the body is no " + out.GetDescriptor()->name() + ": " + std::string(status.message()), ""};
}

http::Response twirp_response(TwirpEncoding encoding, const google::protobuf::Message& message) {
  std::string body;
  if (encoding == TwirpEncoding::kProtobuf) {
    message.SerializeToString(&body);
    http::Response response;
    response.content_type = "application/protobuf";
    response.body = std::move(body);
    return response;
  }
  util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  const auto status = util::MessageToJsonString(message, &body, options);
  if (!status.ok()) return twirp_error({"internal", "the answer cannot be written as JSON", ""});
  return http::json_response(200, std::move(body));
}

http::Response twirp_error(const Error& error) {
  boost::json::object body{{"code", error.code}, {"msg", error.message}};
  if (!error.field.empty()) body["meta"] = boost::json::object{{"argument", error.field}};
  return http::json_response(http::status_of(error.code), boost::json::serialize(body));
}

}  // namespace parley::signal::livekit
