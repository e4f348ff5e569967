#include "signal/common/problem.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "signal/common/subject.h"

namespace parley::signal::common {
namespace {

namespace json = boost::json;

std::string header_of(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "(none)";
}

TEST(Problem, DocumentNamesCodeFieldAndRetry) {
  const http::Response response = problem({"rate_limited", "too often", "name", 7});
  EXPECT_EQ(response.status, 429U);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(header_of(response, "Retry-After"), "7");
  EXPECT_EQ(header_of(response, "Cache-Control"), "no-store");
  EXPECT_EQ(json::parse(response.body), json::value({{"type", "about:blank"},
                                                     {"title", "Too Many Requests"},
                                                     {"status", 429},
                                                     {"detail", "too often"},
                                                     {"code", "rate-limited"},
                                                     {"field", "name"},
                                                     {"retryAfter", 7}}));
}

TEST(Problem, MembersWithoutAValueAreLeftOut) {
  const http::Response response = problem({"not_found", "there is no such room", ""});
  const json::object body = json::parse(response.body).as_object();
  EXPECT_EQ(response.status, 404U);
  EXPECT_FALSE(body.contains("field"));
  EXPECT_FALSE(body.contains("retryAfter"));
  EXPECT_EQ(header_of(response, "Retry-After"), "(none)");
}

TEST(Problem, UnauthenticatedAsksForABearer) {
  EXPECT_EQ(header_of(problem({"unauthenticated", "no", ""}), "WWW-Authenticate"), "Bearer");
}

TEST(Problem, EachCodeHasItsStatus) {
  struct Row {
    const char* code;
    unsigned status;
  };
  const Row rows[] = {{"invalid_argument", 400},
                      {"malformed", 400},
                      {"unauthenticated", 401},
                      {"permission_denied", 403},
                      {"not_found", 404},
                      {"already_exists", 409},
                      {"failed_precondition", 412},
                      {"payload_too_large", 413},
                      {"unsupported_media_type", 415},
                      {"rate_limited", 429},
                      {"locked_out", 429},
                      {"resource_exhausted", 429},
                      {"internal", 500},
                      {"unavailable", 503},
                      {"insufficient_storage", 507},
                      {"something_new", 500}};
  for (const Row& row : rows) EXPECT_EQ(problem({row.code, "", ""}).status, row.status) << row.code;
}

TEST(ErrorJson, IsWhatAcknowledgementsCarry) {
  EXPECT_EQ(json::value(error_json({"permission_denied", "no", "roomId"})),
            json::value({{"code", "permission-denied"}, {"message", "no"}, {"field", "roomId"}}));
}

TEST(BearerToken, OnlyABearerWithATokenCounts) {
  struct Row {
    const char* header;
    const char* token;  // nullptr: refused
  };
  const Row rows[] = {{"Bearer abc", "abc"}, {"bearer abc", "abc"},  {"BEARER   abc", "abc"}, {"Bearer", nullptr},
                      {"Bearer ", nullptr},  {"Basic abc", nullptr}, {"abc", nullptr}};
  for (const Row& row : rows) {
    http::Request request;
    request.fields.set("Authorization", row.header);
    const auto token = bearer_token(request);
    ASSERT_EQ(token.has_value(), row.token != nullptr) << row.header;
    if (row.token != nullptr) {
      EXPECT_EQ(**token, row.token);
    } else {
      EXPECT_EQ(token.error().code, "unauthenticated");
    }
  }
  const auto none = bearer_token(http::Request{});
  ASSERT_TRUE(none);
  EXPECT_FALSE(*none);
}

}  // namespace
}  // namespace parley::signal::common
