#include "files/ranges.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "http/query.h"

namespace parley::files {
namespace {

struct RangeRow {
  const char* header;
  std::uint64_t size;
  RangeWish wish;
  ByteRange range;
};

TEST(Range, RowsOfHeadersAndAnswers) {
  using enum RangeWish;
  const RangeRow rows[] = {
      {"", 100, kWhole, {}},
      {"bytes=0-49", 100, kPart, {0, 49}},
      {"BYTES=0-49", 100, kPart, {0, 49}},
      {"bytes=0-0", 1, kPart, {0, 0}},
      {"bytes=50-", 100, kPart, {50, 99}},
      {"bytes=99-200", 100, kPart, {99, 99}},
      {"bytes=-10", 100, kPart, {90, 99}},
      {"bytes=-1000", 100, kPart, {0, 99}},
      {"bytes=100-", 100, kUnsatisfiable, {}},
      {"bytes=-0", 100, kUnsatisfiable, {}},
      {"bytes=0-", 0, kUnsatisfiable, {}},
      {"bytes=-5", 0, kUnsatisfiable, {}},
      {"bytes=9-1", 100, kWhole, {}},
      {"bytes=0-1,5-6", 100, kWhole, {}},
      {"bytes=", 100, kWhole, {}},
      {"bytes=-", 100, kWhole, {}},
      {"bytes=a-b", 100, kWhole, {}},
      {"bytes=0x1-2", 100, kWhole, {}},
      {"items=0-1", 100, kWhole, {}},
      {"bytes=0-99999999999999999999999", 100, kWhole, {}},
      {"bytes=18446744073709551615-", 100, kWhole, {}},
  };
  for (const RangeRow& row : rows) {
    const RangeAnswer answer = parse_range(row.header, row.size);
    EXPECT_EQ(answer.wish, row.wish) << row.header;
    if (row.wish == kPart) {
      EXPECT_EQ(answer.range, row.range) << row.header;
    }
  }
}

// Whatever the header: a part lies within the content and holds what was asked for, byte by byte.
TEST(Range, EveryPartIsTheBytesAskedFor) {
  SeededRandom random(11);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t size = random.next() % 40;
    const std::uint64_t a = random.next() % 50;
    const std::uint64_t b = random.next() % 50;
    const auto shape = random.next() % 3;
    const std::string header = shape == 0   ? "bytes=" + std::to_string(a) + "-" + std::to_string(b)
                               : shape == 1 ? "bytes=" + std::to_string(a) + "-"
                                            : "bytes=-" + std::to_string(b);
    std::string wanted;  // positions, as characters
    for (std::uint64_t n = 0; n < size; ++n) {
      const bool in = shape == 0 ? n >= a && n <= b : shape == 1 ? n >= a : n + b >= size;
      if (in) wanted += static_cast<char>('0' + n);
    }
    const RangeAnswer answer = parse_range(header, size);
    std::string got;
    if (answer.wish == RangeWish::kPart) {
      ASSERT_LE(answer.range.first, answer.range.last);
      ASSERT_LT(answer.range.last, size);
      for (std::uint64_t n = answer.range.first; n <= answer.range.last; ++n) got += static_cast<char>('0' + n);
      ASSERT_EQ(got.size(), answer.range.length());
    }
    const bool invalid = shape == 0 && b < a;
    ASSERT_EQ(answer.wish == RangeWish::kWhole, invalid) << header;
    if (!invalid) {
      ASSERT_EQ(got, wanted) << header << " of " << size;
    }
  }
}

TEST(Etag, ListsWeakOnesAndStarsMatch) {
  EXPECT_TRUE(etag_matches("\"a\"", "\"a\""));
  EXPECT_TRUE(etag_matches("\"b\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(etag_matches("*", "\"a\""));
  EXPECT_FALSE(etag_matches("", "\"a\""));
  EXPECT_FALSE(etag_matches("\"ab\"", "\"a\""));
  EXPECT_TRUE(if_range_matches("\"a\"", "\"a\""));
  EXPECT_FALSE(if_range_matches("W/\"a\"", "\"a\""));
  EXPECT_FALSE(if_range_matches("Fri, 15 Jan 2027 08:00:00 GMT", "\"a\""));
}

TEST(ContentDisposition, NamesAreQuotedAndEncoded) {
  EXPECT_EQ(content_disposition(true, "report.pdf"), "attachment; filename=\"report.pdf\"");
  EXPECT_EQ(content_disposition(false, "r\xc3\xa9sum\xc3\xa9 1.pdf"),
            "inline; filename=\"r_sum_ 1.pdf\"; filename*=UTF-8''r%C3%A9sum%C3%A9%201.pdf");
  EXPECT_EQ(content_disposition(true, "a\"b\\c%.txt"),
            "attachment; filename=\"a_b_c_.txt\"; filename*=UTF-8''a%22b%5Cc%25.txt");
  EXPECT_EQ(content_disposition(true, ""), "attachment");
}

TEST(SafeType, WhatABrowserWouldRunIsADownload) {
  for (const char* active :
       {"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/javascript", "text/javascript",
        "text/css", "text/x-anything", "", "multipart/related"}) {
    EXPECT_FALSE(safe_type(active).inline_allowed) << active;
    EXPECT_EQ(safe_type(active).content_type, "application/octet-stream") << active;
  }
  EXPECT_TRUE(safe_type("image/png").inline_allowed);
  EXPECT_TRUE(safe_type("application/pdf").inline_allowed);
  EXPECT_EQ(safe_type("text/plain").content_type, "text/plain; charset=utf-8");
  EXPECT_FALSE(safe_type("application/zip").inline_allowed);
  EXPECT_EQ(safe_type("application/zip").content_type, "application/zip");
}

TEST(FileName, PathsControlsAndOverridesGo) {
  EXPECT_EQ(clean_file_name("report.pdf"), "report.pdf");
  EXPECT_EQ(clean_file_name("C:\\temp\\report.pdf"), "report.pdf");
  EXPECT_EQ(clean_file_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(clean_file_name("a\x01\x7f\nb.txt"), "ab.txt");
  EXPECT_EQ(clean_file_name("photo\u202egpj.exe"), "photogpj.exe");
  EXPECT_EQ(clean_file_name("\u0085x\ufeff"), "x");
  EXPECT_EQ(clean_file_name(" .. "), "");
  EXPECT_EQ(clean_file_name("name. . "), "name");
  EXPECT_EQ(clean_file_name("\xff.txt"), "");
  EXPECT_EQ(clean_file_name("\u65e5\u672c.txt"), "\u65e5\u672c.txt");
  std::string name;
  for (int i = 0; i < 200; ++i) name += "\u00e9";
  const std::string cut = clean_file_name(name + ".jpeg");
  EXPECT_LE(cut.size(), 255U);
  EXPECT_TRUE(cut.ends_with(".jpeg"));
  EXPECT_TRUE(http::is_utf8(cut));
}

TEST(FileName, ExtensionsAreLowerCase) {
  EXPECT_EQ(extension_of("A.Tar.GZ"), "gz");
  EXPECT_EQ(extension_of("none"), "");
  EXPECT_EQ(extension_of("dot."), "");
}

}  // namespace
}  // namespace parley::files
