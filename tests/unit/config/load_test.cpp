#include "config/load.h"
#include "config/keys.h"
#include "source_tree.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace parley::config {
namespace {

std::string message_of(const Result<void, Error>& result) { return result ? "" : result.error().message; }

TEST(ApplyYaml, ValuesReplaceDefaults) {
  Settings s;
  ASSERT_TRUE(apply_yaml(s, "http:\n  listen: 127.0.0.1:9000\nrtc:\n  shards: 2\n  consent_timeout: 30s\n", "f"));
  EXPECT_EQ(s.http.listen, "127.0.0.1:9000");
  EXPECT_EQ(s.rtc.shards, 2);
  EXPECT_EQ(s.rtc.consent_timeout, 30s);
  EXPECT_EQ(s.rtc.udp_port, 7882);
}

TEST(ApplyYaml, ListsAndKeys) {
  Settings s;
  ASSERT_TRUE(apply_yaml(s, "rtc:\n  node_ip: [10.0.0.1, '2001:db8::1']\nkeys:\n  a: one\n  b: two\n", "f"));
  EXPECT_EQ(s.rtc.node_ip, (std::vector<std::string>{"10.0.0.1", "2001:db8::1"}));
  EXPECT_EQ(s.keys.at("a"), "one");
  EXPECT_EQ(s.keys.at("b"), "two");
}

struct Refused {
  const char* yaml;
  const char* message;
};
class ApplyYamlRefuses : public testing::TestWithParam<Refused> {};

TEST_P(ApplyYamlRefuses, NamesLineKeyAndWayOut) {
  Settings s;
  const auto result = apply_yaml(s, GetParam().yaml, "parley.yaml");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().message, GetParam().message);
  EXPECT_EQ(s.http.listen, Settings{}.http.listen) << "a refused file changes nothing";
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ApplyYamlRefuses,
    testing::Values(
        Refused{"rtc:\n  udp_prot: 1\n", "parley.yaml:2: unknown key \"rtc.udp_prot\"; did you mean \"rtc.udp_port\"?"},
        Refused{"\nhtpp:\n  listen: 0.0.0.0:1\n", "parley.yaml:2: unknown key \"htpp\"; did you mean \"http\"?"},
        Refused{"rtc:\n  udp_port: 70000\n",
                "parley.yaml:2: rtc.udp_port: \"70000\" is not a whole number from 1 to 65535"},
        Refused{"log:\n  level: loud\n",
                "parley.yaml:2: log.level: \"loud\" is none of trace, debug, info, warn, error"},
        Refused{"http:\n  listen: localhost\n",
                "parley.yaml:2: http.listen: \"localhost\" has no port; write ADDRESS:PORT, e.g. 0.0.0.0:7880"},
        Refused{"rtc:\n  consent_timeout: 15\n",
                "parley.yaml:2: rtc.consent_timeout: \"15\" is not a duration such as 250ms, 15s, 5m or 2h"},
        Refused{"rtc:\n  shards: 0\n", "parley.yaml:2: rtc.shards: \"0\" is not a whole number from 1 to 256, or auto"},
        Refused{"http:\n  listen: 127.0.0.1:1\nrtc:\n  node_ip: [10.0.0.1, nonsense]\n",
                "parley.yaml:4: rtc.node_ip: \"nonsense\" is not an IPv4 or IPv6 address (or auto)"},
        Refused{
            "chat:\n  link_preview_networks: [10.0.0.0/8, house]\n",
            "parley.yaml:2: chat.link_preview_networks: \"house\" is no block of addresses; write it like 10.0.0.0/8 "
            "or fd00::/8"},
        Refused{"just words", "parley.yaml: expected keys and values, such as \"log:\""}));

TEST(ParseRate, CountUnitAndBurst) {
  struct Case {
    const char* text;
    double per_second;
    double burst;
    const char* printed;
  };
  for (const Case& c : {Case{"20/s burst 100", 20, 100, "20/s burst 100"},
                        Case{"3/m burst 10", 0.05, 10, "3/m burst 10"}, Case{" 5 / h ", 5.0 / 3600, 5, "5/h burst 5"},
                        Case{"120/m", 2, 120, "2/s burst 120"}, Case{"none", 0, 0, "none"}}) {
    const auto rate = parse_rate(c.text);
    ASSERT_TRUE(rate) << c.text;
    EXPECT_DOUBLE_EQ(rate->per_second, c.per_second) << c.text;
    EXPECT_DOUBLE_EQ(rate->burst, c.burst) << c.text;
    EXPECT_EQ(print_rate(*rate), c.printed);
  }
  for (const char* wrong : {"", "20", "20/", "/s", "0/s", "-1/s", "20/d", "20/s burst", "20/s burst 0", "20/s bust 5",
                            "20/s burst 5 more", "nonesuch"}) {
    const auto rate = parse_rate(wrong);
    ASSERT_FALSE(rate) << wrong;
    EXPECT_EQ(rate.error().why, "\"" + std::string(wrong) + "\" is not a rate such as 20/s burst 100, 3/m or none");
  }
}

TEST(ApplyYaml, BrokenSyntaxNamesLine) {
  Settings s;
  EXPECT_TRUE(message_of(apply_yaml(s, "http:\n  listen: [1\n", "p")).starts_with("p:3: not YAML: "));
}

TEST(ApplyFile, MissingFileSaysSo) {
  Settings s;
  EXPECT_EQ(message_of(apply_file(s, "/nonexistent/p.yaml")),
            "/nonexistent/p.yaml: cannot be read: No such file or directory");
}

TEST(ApplyEnvironment, NamesFollowKeys) {
  Settings s;
  const char* env[] = {"PATH=/bin",
                       "PARLEY_HTTP_LISTEN=[::]:80",
                       "PARLEY_HTTP_TLS_CERT=c.pem",
                       "PARLEY_KEYS=k: s, k2: s2",
                       "PARLEY_BIN=whatever",
                       nullptr};
  ASSERT_TRUE(apply_environment(s, env));
  EXPECT_EQ(s.http.listen, "[::]:80");
  EXPECT_EQ(s.http.tls_cert, "c.pem");
  EXPECT_EQ(s.keys.at("k"), "s");
  EXPECT_EQ(s.keys.at("k2"), "s2");
}

TEST(ApplyEnvironment, WrongValueNamesVariable) {
  Settings s;
  const char* env[] = {"PARLEY_RTC_UDP_PORT=x", nullptr};
  EXPECT_EQ(message_of(apply_environment(s, env)),
            "environment PARLEY_RTC_UDP_PORT: rtc.udp_port: \"x\" is not a whole number from 1 to 65535");
}

TEST(ApplyFlag, KeyValue) {
  Settings s;
  ASSERT_TRUE(apply_flag(s, "http.max_body=1MiB"));
  EXPECT_EQ(s.http.max_body, 1U << 20U);
  EXPECT_EQ(message_of(apply_flag(s, "http.max_body")), "--set http.max_body: write --set KEY=VALUE");
  EXPECT_EQ(message_of(apply_flag(s, "http.maxbody=1")),
            "--set http.maxbody: unknown key \"http.maxbody\"; did you mean \"http.max_body\"?");
}

TEST(NamedKeys, ComeFromEverySource) {
  Settings s;
  ASSERT_TRUE(
      apply_yaml(s,
                 "auth:\n  oidc:\n    acme:\n      issuer: https://id.example.org\n      scopes: [openid, email]\n"
                 "  issuers:\n    base:\n      issuer: https://base.example.org/auth/v1\n      trust_email: true\n",
                 "f"));
  ASSERT_TRUE(apply_flag(s, "auth.oidc.acme.client_id=parley"));
  const char* env[] = {"PARLEY_AUTH_OIDC_ACME_CLIENT_SECRET=hush", "PARLEY_AUTH_ISSUERS_BASE_HS256_SECRET=key",
                       nullptr};
  ASSERT_TRUE(apply_environment(s, env));
  ASSERT_EQ(s.auth.oidc.size(), 1U);
  const OidcProvider& acme = s.auth.oidc.at("acme");
  EXPECT_EQ(acme.issuer, "https://id.example.org");
  EXPECT_EQ(acme.scopes, (std::vector<std::string>{"openid", "email"}));
  EXPECT_EQ(acme.client_id, "parley");
  EXPECT_EQ(acme.client_secret, "hush");
  ASSERT_EQ(s.auth.issuers.size(), 1U);
  EXPECT_EQ(s.auth.issuers.at("base").hs256_secret, "key");
  EXPECT_TRUE(s.auth.issuers.at("base").trust_email);
}

TEST(NamedKeys, MisspeltOnesNameTheNearest) {
  Settings s;
  EXPECT_EQ(message_of(apply_yaml(s, "auth:\n  oidc:\n    acme:\n      isuer: x\n", "f")),
            "f:4: unknown key \"auth.oidc.acme.isuer\"; did you mean \"auth.oidc.acme.issuer\"?");
  EXPECT_EQ(message_of(apply_yaml(s, "auth:\n  oidc:\n    acme:\n      auto_create: perhaps\n", "f")),
            "f:4: auth.oidc.acme.auto_create: " + parse_bool("perhaps").error().why);
}

TEST(Printed, MasksSecrets) {
  Settings s;
  s.database.url = "postgresql://me:hush@db/parley";
  s.files.s3_secret_key = "hush";
  bool found = false;
  for (const auto& [key, value] : printed(s)) {
    EXPECT_EQ(value.find("hush"), std::string::npos) << key;
    if (key == "database.url") found = value == "********";
    if (key == "files.s3.access_key") {
      EXPECT_EQ(value, "") << "what is not set shows that it is not";
    }
  }
  EXPECT_TRUE(found);
}

TEST(Precedence, LaterSourceWins) {
  Settings s;
  const char* env[] = {"PARLEY_LOG_LEVEL=warn", nullptr};
  ASSERT_TRUE(apply_yaml(s, "log:\n  level: debug\n  format: json\n", "f"));
  ASSERT_TRUE(apply_environment(s, env));
  EXPECT_EQ(s.log.level, "warn");
  ASSERT_TRUE(apply_flag(s, "log.level=error"));
  EXPECT_EQ(s.log.level, "error");
  EXPECT_EQ(s.log.format, "json");
}

TEST(Validate, WholeMustFit) {
  Settings s;
  EXPECT_TRUE(message_of(validate(s)).starts_with("no API key is configured"));
  s.keys["k"] = "s";
  EXPECT_TRUE(validate(s));
  s.signal.ping_interval = 250ms;
  EXPECT_EQ(validate(s).error().field, "signal.ping_interval");
  s.signal.ping_interval = 5s;
  s.http.tls_cert = "c.pem";
  EXPECT_EQ(validate(s).error().field, "http.tls.cert");
  s.http.tls_cert.clear();
  s.rtc.udp_port = 65535;
  s.rtc.shards = 2;
  EXPECT_EQ(validate(s).error().field, "rtc.udp_port");
}

struct Impossible {
  const char* yaml;
  const char* message;
};
class ValidateRefuses : public testing::TestWithParam<Impossible> {};

TEST_P(ValidateRefuses, NamesWhereTheKeyWasSet) {
  Settings s;
  ASSERT_TRUE(apply_yaml(s, GetParam().yaml, "parley.yaml"));
  EXPECT_EQ(message_of(validate(s)), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, ValidateRefuses,
    testing::Values(
        Impossible{"http:\n  tls:\n    key: k.pem\n",
                   "parley.yaml:3: http.tls.cert and http.tls.key belong together: only http.tls.key is set"},
        Impossible{"rtc:\n  shards: 4\n  udp_port: 65533\n",
                   "parley.yaml:3: rtc.udp_port: shard 3 would need port 65536; the highest is 65535"},
        Impossible{"signal:\n  ping_timeout: 2s\n",
                   "parley.yaml:2: signal.ping_interval: must be at least 1s and at most signal.ping_timeout"},
        Impossible{"files:\n  storage: s3\n",
                   "parley.yaml:2: files.storage: s3 needs files.s3.endpoint and files.s3.bucket"}));

TEST(Validate, LastSourceIsThePlace) {
  Settings s;
  ASSERT_TRUE(apply_yaml(s, "rtc:\n  consent_timeout: 30s\n", "f"));
  ASSERT_TRUE(apply_flag(s, "rtc.consent_timeout=10ms"));
  EXPECT_EQ(message_of(validate(s)),
            "--set rtc.consent_timeout: rtc.consent_timeout: must be at least 1s, browsers check every few seconds");
}

TEST(ShardCount, AutoIsOnePerCoreAndCountsForThePorts) {
  Settings s;
  s.keys["k"] = "s";
  EXPECT_EQ(s.rtc.shards, 0) << "auto";
  const std::uint16_t cores = shard_count(s);
  EXPECT_GE(cores, 1);
  s.rtc.udp_port = static_cast<std::uint16_t>(65536 - cores);
  EXPECT_TRUE(validate(s));
  if (cores > 1) {
    ++s.rtc.udp_port;
    EXPECT_EQ(validate(s).error().field, "rtc.udp_port");
  }
  s.rtc.shards = 3;
  EXPECT_EQ(shard_count(s), 3);
}

TEST(MisspeltEnvironment, NamesTheNearestAndLeavesOthersAlone) {
  const char* env[] = {"PARLEY_RTC_SHRDS=2",  "PARLEY_KEY=k: s",   "PARLEY_BIN=x",
                       "PARLEY_WEB=y",        "PARLEY_PATIENCE=1", "PARLEY_KEYS=k: s",
                       "PARLEY_RTC_SHARDS=2", "OTHER_RTC_SHRDS=1", nullptr};
  EXPECT_EQ(misspelt_environment(env),
            (std::vector<std::string>{
                "environment PARLEY_RTC_SHRDS is no key and changes nothing; did you mean PARLEY_RTC_SHARDS?",
                "environment PARLEY_KEY is no key and changes nothing; did you mean PARLEY_KEYS?"}));
}

// The reference file is documentation that must not lie: it sets every key, each to its default.
TEST(ReferenceFile, ListsEveryKeyWithItsDefault) {
  std::ifstream file(parley::test::in_tree("config/parley.yaml"));
  ASSERT_TRUE(file);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  Settings s;
  const auto applied = apply_yaml(s, text, "parley.yaml");
  ASSERT_TRUE(applied) << message_of(applied);
  for (const KeyInfo& key : all_keys()) {
    // Without a value a key is left alone, but named.
    const std::string leaf = key.name.substr(key.name.rfind('.') + 1) + ":\n";
    EXPECT_TRUE(s.places.contains(key.name) || text.find(leaf) != std::string::npos)
        << key.name << " is not in config/parley.yaml";
    EXPECT_FALSE(key.environment.empty());
  }
  const Settings defaults;
  EXPECT_EQ(s.http.listen, defaults.http.listen);
  EXPECT_EQ(s.http.max_body, defaults.http.max_body);
  EXPECT_EQ(s.rtc.udp_port, defaults.rtc.udp_port);
  EXPECT_EQ(s.rtc.max_packets_per_shard, defaults.rtc.max_packets_per_shard);
  EXPECT_EQ(s.rtc.consent_timeout, defaults.rtc.consent_timeout);
  EXPECT_EQ(s.room.empty_timeout, defaults.room.empty_timeout);
  EXPECT_EQ(s.room.max_attributes, defaults.room.max_attributes);
  EXPECT_EQ(s.drain_timeout, defaults.drain_timeout);
  for (const Key& key : key_table()) EXPECT_EQ(key.print(s), key.print(defaults)) << key.name;
}

}  // namespace
}  // namespace parley::config
