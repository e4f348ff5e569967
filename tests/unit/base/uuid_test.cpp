#include "base/uuid.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

TimePoint at_ms(std::int64_t ms) { return TimePoint{Duration{ms * 1000}}; }

TEST(UuidTest, CarriesTimeVersionAndVariant) {
  SeededRandom random(1);
  const std::string id = make_uuid(at_ms(0x017F22E279B0), random);  // RFC 9562 appendix A.6
  EXPECT_EQ(id.substr(0, 13), "017f22e2-79b0");
  EXPECT_EQ(id[14], '7');
  EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
  EXPECT_TRUE(is_uuid(id));
}

TEST(UuidTest, LaterOnesSortBehind) {
  SeededRandom random(2);
  EXPECT_LT(make_uuid(at_ms(1'000'000), random), make_uuid(at_ms(1'000'001), random));
}

TEST(UuidTest, TwoOfOneMillisecondDiffer) {
  SeededRandom random(3);
  EXPECT_NE(make_uuid(at_ms(5), random), make_uuid(at_ms(5), random));
}

TEST(UuidTest, OtherTextsAreNone) {
  EXPECT_TRUE(is_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
  for (const char* text : {"", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
                           "017F22E2-79b0-7cc3-98c4-dc0c0c07398f", "017f22e2079b0-7cc3-98c4-dc0c0c07398f",
                           "017f22e2-79b0-7cc3-98c4-dc0c0c07398g"}) {
    EXPECT_FALSE(is_uuid(text)) << text;
  }
}

}  // namespace
}  // namespace parley
