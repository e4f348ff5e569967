#include "signal/rest/login_codes.h"

#include <gtest/gtest.h>

namespace parley::signal::rest {
namespace {

constexpr TimePoint kStart{Duration{1'000'000'000}};

TEST(LoginCodes, CodeIsGoodOnce) {
  LoginCodes codes;
  SeededRandom random(1);
  const std::string code = codes.put(kStart, random, "tokens");
  EXPECT_EQ(code.size(), 43U);
  EXPECT_EQ(codes.take(kStart, code), "tokens");
  EXPECT_FALSE(codes.take(kStart, code));
}

TEST(LoginCodes, CodesDifferAndUnknownOnesGiveNothing) {
  LoginCodes codes;
  SeededRandom random(1);
  const std::string one = codes.put(kStart, random, "one");
  const std::string two = codes.put(kStart, random, "two");
  EXPECT_NE(one, two);
  EXPECT_FALSE(codes.take(kStart, one.substr(1)));
  EXPECT_EQ(codes.take(kStart, two), "two");
  EXPECT_EQ(codes.take(kStart, one), "one");
}

TEST(LoginCodes, CodeIsTooOldAfterItsLife) {
  LoginCodes codes;
  SeededRandom random(1);
  const std::string code = codes.put(kStart, random, "tokens");
  EXPECT_FALSE(codes.take(kStart + LoginCodes::kLife, code));
}

TEST(LoginCodes, OldestGivesWayWhenThereAreTooMany) {
  LoginCodes codes;
  SeededRandom random(1);
  const std::string first = codes.put(kStart, random, "first");
  std::string last;
  for (std::size_t i = 0; i < LoginCodes::kMax; ++i) last = codes.put(kStart, random, "last");
  EXPECT_FALSE(codes.take(kStart, first));
  EXPECT_EQ(codes.take(kStart, last), "last");
}

}  // namespace
}  // namespace parley::signal::rest
