// The routes against the contract that is built in.
#include <gtest/gtest.h>

#include <boost/beast/http/verb.hpp>
#include <cctype>
#include <set>

#include "unit/signal_rest/rest_world.h"

namespace parley::signal::rest {
namespace {

// "GET /api/v1/rooms/{}": names of variables are each side's own.
std::string normal_form(std::string_view method, std::string_view path) {
  std::string out;
  for (const char c : method) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  out += ' ';
  bool within = false;
  for (const char c : path) {
    if (c == '}') within = false;
    if (!within) out += c;
    if (c == '{') within = true;
  }
  return out;
}

std::set<std::string> described() {
  std::set<std::string> out;
  const json::value document = json::parse(openapi_json());
  for (const auto& [path, item] : document.at("paths").as_object()) {
    for (const auto& [method, operation] : item.as_object()) out.insert(normal_form(method, path));
  }
  return out;
}

TEST(Contract, EveryRouteIsDescribedAndEveryDescriptionIsRouted) {
  RestWorld world;
  std::set<std::string> routed;
  for (const auto& [method, pattern] : world.router().patterns()) {
    const std::string name(boost::beast::http::to_string(method));
    EXPECT_TRUE(routed.insert(normal_form(name, pattern)).second) << "twice: " << name << " " << pattern;
  }
  const std::set<std::string> contract = described();
  for (const std::string& route : routed) EXPECT_TRUE(contract.contains(route)) << "not in openapi.yaml: " << route;
  for (const std::string& entry : contract) EXPECT_TRUE(routed.contains(entry)) << "no route: " << entry;
}

TEST(Contract, BothFormsAreServed) {
  RestWorld world;
  const Answered yaml = world.ask(http::Method::get, "/api/v1/openapi.yaml");
  EXPECT_EQ(yaml.status, 200U);
  EXPECT_EQ(yaml.response.content_type, "application/yaml");
  EXPECT_NE(yaml.response.body.find("operationId: getConfig"), std::string::npos);
  const Answered as_json = world.ask(http::Method::get, "/api/v1/openapi.json");
  EXPECT_EQ(as_json.text("openapi"), "3.1.0");
}

TEST(Contract, EveryOperationHasWhatClientsAreMadeFrom) {
  const json::value document = json::parse(openapi_json());
  std::set<std::string> ids;
  for (const auto& [path, item] : document.at("paths").as_object()) {
    for (const auto& [method, value] : item.as_object()) {
      const json::object& operation = value.as_object();
      ASSERT_TRUE(operation.contains("operationId")) << path;
      EXPECT_TRUE(ids.insert(std::string(operation.at("operationId").as_string())).second) << path;
      EXPECT_TRUE(operation.contains("summary")) << path;
      EXPECT_TRUE(operation.contains("security")) << path;
      EXPECT_TRUE(operation.at("responses").as_object().contains("default")) << path;
      EXPECT_TRUE(operation.at("responses").as_object().contains("429")) << path;
    }
  }
  EXPECT_GT(ids.size(), 120U);
}

TEST(Contract, OperationsWithATokenRefuseThoseWithout) {
  RestWorld world;
  const std::string id = "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00";
  const json::value document = json::parse(openapi_json());
  for (const auto& [path, item] : document.at("paths").as_object()) {
    for (const auto& [method, operation] : item.as_object()) {
      const json::array& security = operation.at("security").as_array();
      if (security.size() != 1 || std::string_view(path).find("/uploads") != std::string_view::npos) continue;
      std::string target(path);
      while (target.find('{') != std::string::npos) {
        const std::size_t begin = target.find('{');
        target.replace(begin, target.find('}') - begin + 1, id);
      }
      std::string verb(method);
      for (char& c : verb) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      const Answered answer = world.ask(boost::beast::http::string_to_verb(verb), target, json::object{});
      EXPECT_EQ(answer.status, 401U) << verb << " " << target;
      EXPECT_EQ(answer.code(), "unauthenticated") << verb << " " << target;
    }
  }
}

}  // namespace
}  // namespace parley::signal::rest
