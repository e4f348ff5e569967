#include "signal/rest/parameters.h"

#include <gtest/gtest.h>

namespace parley::signal::rest {
namespace {

TEST(Parameters, DefaultsStandInForWhatIsAbsentOrEmpty) {
  const http::Query query("q=&limit=&cursor=");
  Parameters parameters(query);
  EXPECT_FALSE(parameters.text("q"));
  EXPECT_FALSE(parameters.uuid("roomId"));
  EXPECT_FALSE(parameters.integer("before"));
  EXPECT_FALSE(parameters.choice("sort", {"newest"}));
  EXPECT_TRUE(parameters.boolean("guests", true));
  EXPECT_EQ(parameters.limit(), 50U);
  EXPECT_EQ(parameters.cursor(), "");
  EXPECT_TRUE(parameters.ok());
}

TEST(Parameters, ValuesComeOut) {
  const http::Query query(
      "q=high%20water&limit=200&before=7&roomId=0193566b-2f10-7c3a-9d52-8a4b1c6e7f00&sort=best&guests=1");
  Parameters parameters(query);
  EXPECT_EQ(parameters.text("q"), "high water");
  EXPECT_EQ(parameters.limit(), 200U);
  EXPECT_EQ(parameters.integer("before", {.min = 0}), 7);
  EXPECT_EQ(parameters.uuid("roomId"), "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00");
  EXPECT_EQ(parameters.choice("sort", {"newest", "best"}), "best");
  EXPECT_TRUE(parameters.boolean("guests"));
  EXPECT_TRUE(parameters.ok());
}

TEST(Parameters, BrokenRulesNameTheParameter) {
  struct Row {
    const char* query;
    const char* field;
  };
  const Row rows[] = {{"limit=0", "limit"},   {"limit=201", "limit"},  {"limit=5x", "limit"},
                      {"limit=1e1", "limit"}, {"limit=+5", "limit"},   {"before=-1", "before"},
                      {"roomId=x", "roomId"}, {"sort=oldest", "sort"}, {"guests=maybe", "guests"},
                      {"q=a%00b", "q"},       {"q=a%0Ab", "q"},        {"limit=99999999999999999999", "limit"}};
  for (const Row& row : rows) {
    const http::Query query(row.query);
    Parameters parameters(query);
    (void)parameters.text("q");
    (void)parameters.limit();
    (void)parameters.integer("before", {.min = 0});
    (void)parameters.uuid("roomId");
    (void)parameters.choice("sort", {"newest", "best"});
    (void)parameters.boolean("guests");
    ASSERT_FALSE(parameters.ok()) << row.query;
    EXPECT_EQ(parameters.error().code, "invalid_argument") << row.query;
    EXPECT_EQ(parameters.error().field, row.field) << row.query;
  }
}

}  // namespace
}  // namespace parley::signal::rest
