// Lock-out, rules for what people type, digests.
#include <gtest/gtest.h>

#include "auth/digest.h"
#include "auth/lockout.h"
#include "auth/password.h"
#include "auth/validation.h"

namespace parley::auth {
namespace {

constexpr TimePoint kStart{std::chrono::seconds(1'800'000'000)};

std::uint32_t wait(const Lockout& lockout, TimePoint now, std::string_view account = "ada",
                   std::string_view address = "192.0.2.1") {
  const auto free = lockout.check(now, account, address);
  return free ? 0 : free.error().retry_after;
}

TEST(LockoutTest, WaitDoublesUpToTheLongest) {
  Lockout lockout(LockoutConfig{});
  TimePoint now = kStart;
  for (int i = 0; i < 4; ++i) {
    lockout.failed(now, "ada", "192.0.2.1");
    EXPECT_EQ(wait(lockout, now), 0U) << i;
  }
  for (const std::uint32_t expected : {2U, 4U, 8U, 16U, 32U, 64U, 128U, 256U, 512U, 900U, 900U}) {
    lockout.failed(now, "ada", "192.0.2.1");
    EXPECT_EQ(wait(lockout, now), expected);
    now += std::chrono::seconds(expected) - 1us;
    EXPECT_EQ(wait(lockout, now), 1U) << "to the end";
    now += 1us;
    EXPECT_EQ(wait(lockout, now), 0U);
  }
  now += 1h + 1s;
  lockout.failed(now, "ada", "192.0.2.1");
  EXPECT_EQ(wait(lockout, now), 0U) << "long ago is forgotten";
}

TEST(LockoutTest, OthersAreNotLockedOut) {
  Lockout lockout(LockoutConfig{});
  for (int i = 0; i < 10; ++i) lockout.failed(kStart, "ada", "192.0.2.1");
  EXPECT_GT(wait(lockout, kStart), 0U);
  EXPECT_EQ(wait(lockout, kStart, "bob"), 0U);
  EXPECT_EQ(wait(lockout, kStart, "ada", "192.0.2.2"), 0U);
}

TEST(LockoutTest, AddressThatTriesManyAccountsWaits) {
  Lockout lockout(LockoutConfig{});
  for (int i = 0; i < 30; ++i) lockout.failed(kStart, "user" + std::to_string(i), "192.0.2.1");
  EXPECT_EQ(wait(lockout, kStart, "somebody else"), 2U);
  EXPECT_EQ(wait(lockout, kStart, "somebody else", "192.0.2.2"), 0U);
}

TEST(LockoutTest, AddressesOfOneNetworkCountAsOne) {
  Lockout lockout(LockoutConfig{});
  for (int i = 0; i < 5; ++i) lockout.failed(kStart, "ada", "2001:db8:1:2::" + std::to_string(i + 1));
  EXPECT_GT(wait(lockout, kStart, "ada", "2001:db8:1:2:ffff::1"), 0U);
  EXPECT_EQ(wait(lockout, kStart, "ada", "2001:db8:1:3::1"), 0U);
}

TEST(LockoutTest, AccountThatManyAddressesTryWaitsButNeverLong) {
  Lockout lockout(LockoutConfig{});
  for (int i = 0; i < 200; ++i) lockout.failed(kStart, "ada", "198.51.100." + std::to_string(i));
  EXPECT_EQ(wait(lockout, kStart, "ada", "192.0.2.1"), 30U);
}

TEST(LockoutTest, SuccessForgetsAndForgivingTakesBack) {
  Lockout lockout(LockoutConfig{});
  for (int i = 0; i < 4; ++i) lockout.failed(kStart, "ada", "192.0.2.1");
  lockout.failed(kStart, "ada", "192.0.2.1");
  lockout.succeeded("ada", "192.0.2.1");
  for (int i = 0; i < 4; ++i) lockout.failed(kStart, "ada", "192.0.2.1");
  EXPECT_EQ(wait(lockout, kStart), 0U);
  for (int i = 0; i < 100; ++i) {
    lockout.failed(kStart, "bob", "192.0.2.9");
    lockout.forgive("bob", "192.0.2.9");
  }
  EXPECT_EQ(wait(lockout, kStart, "bob", "192.0.2.9"), 0U);
}

TEST(LockoutTest, TableIsBounded) {
  LockoutConfig config;
  config.max_entries = 100;
  Lockout lockout(config);
  for (int i = 0; i < 10'000; ++i) {
    lockout.failed(kStart + i * 1ms, "user" + std::to_string(i), "10.0." + std::to_string(i / 250) + ".1");
    ASSERT_LE(lockout.size(), 100U);
  }
}

TEST(LockoutTest, DisabledOneNeverWaits) {
  LockoutConfig config;
  config.enabled = false;
  Lockout lockout(config);
  for (int i = 0; i < 100; ++i) lockout.failed(kStart, "ada", "192.0.2.1");
  EXPECT_EQ(wait(lockout, kStart), 0U);
  EXPECT_EQ(lockout.size(), 0U);
}

TEST(PasswordRulesTest, LengthAndSense) {
  EXPECT_TRUE(check_password_rules("12345678"));
  EXPECT_TRUE(check_password_rules(std::string(1023, 'a') + "b"));
  EXPECT_TRUE(check_password_rules("pässwörter 李"));
  for (const std::string& bad :
       {std::string(), std::string("1234567"), std::string("aaaaaaaaaaaa"), std::string(1024, 'a') + "b",
        std::string("abc\xff\xfe\xfd"
                    "abcdef")}) {
    const auto answer = check_password_rules(bad, "newPassword");
    ASSERT_FALSE(answer) << bad;
    EXPECT_EQ(answer.error().field, "newPassword");
  }
}

TEST(ValidationTest, EmailIsNormalised) {
  struct Row {
    std::string_view given;
    std::string_view expected;  // empty: refused
  };
  const std::string long_local = std::string(65, 'a') + "@example.org";
  const std::string long_label = "a@" + std::string(64, 'b') + ".org";
  const Row rows[] = {
      {"ada@example.org", "ada@example.org"},
      {" Ada.Lovelace+x@EXAMPLE.org\n", "ada.lovelace+x@example.org"},
      {"admin@localhost", "admin@localhost"},
      {"ö@exämple.org", "ö@exämple.org"},
      {"a@b@c.org", ""},
      {"@example.org", ""},
      {"ada@", ""},
      {"ada", ""},
      {"", ""},
      {".ada@example.org", ""},
      {"ada.@example.org", ""},
      {"a..b@example.org", ""},
      {"ada@example.org.", ""},
      {"ada@-example.org", ""},
      {"ada@exam ple.org", ""},
      {"a da@example.org", ""},
      {"<ada@example.org>", ""},
      {"ada@example.org\r\nBcc: x@y.z", ""},
      {"ada@[127.0.0.1]", ""},
      {"ada@exa_mple.org", ""},
      {"ad\xff@example.org", ""},
      {long_local, ""},
      {long_label, ""},
  };
  for (const Row& row : rows) {
    const auto email = normalise_email(row.given);
    EXPECT_EQ(email ? *email : "", row.expected) << row.given;
  }
}

TEST(ValidationTest, NamesHaveNothingThatDeceives) {
  const auto eighty = [] {
    std::string out;
    for (int i = 0; i < 80; ++i) out += "ö";
    return out;
  }();
  EXPECT_EQ(*clean_name("  Ada Lovelace\t"), "Ada Lovelace");
  EXPECT_TRUE(clean_name(eighty));
  EXPECT_TRUE(clean_name("李小龍 🐉"));
  for (const std::string& bad :
       {std::string(), std::string("   "), eighty + "x", std::string("a\nb"), std::string("a\0b", 3),
        std::string("a\x7f"), std::string("\xc2\x85x"), std::string("nimda\xe2\x80\xae"), std::string("\xe2\x80\xa8x"),
        std::string("\xe2\x81\xa6x"), std::string("\xe3\x80\x80"), std::string("\xe2\x80\x8b"),
        std::string("\xe3\x85\xa4"), std::string("\xff"), std::string("a\xef\xbb\xbf")}) {
    EXPECT_FALSE(clean_name(bad)) << bad;
  }
}

TEST(ValidationTest, NamesFromOutsideAreMendedOrReplaced) {
  EXPECT_EQ(name_from_outside("Ada\nLovelace\xe2\x80\xae", "User"), "AdaLovelace");
  EXPECT_EQ(name_from_outside("", "User"), "User");
  EXPECT_EQ(name_from_outside("\xff\xff", "User"), "User");
  EXPECT_EQ(name_from_outside(std::string(500, 'x'), "User"), std::string(80, 'x'));
}

TEST(ValidationTest, AvatarUrlIsAWebAddressOrAPath) {
  for (const std::string_view good : {"", "https://example.org/a.png?x=1", "http://localhost:1/a", "/api/v1/files/1"}) {
    EXPECT_TRUE(check_avatar_url(good)) << good;
  }
  const std::string long_url = "https://example.org/" + std::string(2048, 'x');
  for (const std::string_view bad :
       {std::string_view("javascript:alert(1)"), std::string_view("data:text/html,x"), std::string_view("//evil/x"),
        std::string_view("/\\evil"), std::string_view("ftp://x"), std::string_view("https://x/\"onload="),
        std::string_view("https://x y"), std::string_view(long_url)}) {
    EXPECT_FALSE(check_avatar_url(bad)) << bad;
  }
  EXPECT_TRUE(check_locale("pt-BR"));
  EXPECT_FALSE(check_locale("en_US"));
  EXPECT_FALSE(check_locale("-x"));
}

TEST(DigestTest, KnownAnswers) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
  SystemRandom random;
  EXPECT_EQ(random_token(random).size(), 43U);
  EXPECT_NE(random_token(random), random_token(random));
}

}  // namespace
}  // namespace parley::auth
