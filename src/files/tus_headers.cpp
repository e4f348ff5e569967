#include "files/tus_headers.h"

#include <algorithm>
#include <array>

#include "http/query.h"

namespace parley::files {

namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<std::uint8_t>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  }
  return values;
}
constexpr std::array<std::int8_t, 256> kValues = make_values();

Error bad_metadata(std::string message) { return {"invalid_argument", std::move(message), "Upload-Metadata"}; }

bool is_key_char(char c) { return c > ' ' && c < 0x7f && c != ','; }

bool is_plain_text(std::string_view text) {
  return http::is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; });
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

Result<std::pair<std::string, std::string>, Error> parse_pair(std::string_view item) {
  const std::size_t space = std::min(item.find(' '), item.size());
  const std::string_view key = item.substr(0, space);
  if (key.empty() || !std::all_of(key.begin(), key.end(), is_key_char)) {
    return bad_metadata("a key of the metadata is empty or has characters beyond ASCII");
  }
  const auto value = base64_decode(trim(item.substr(space)));
  if (!value) return bad_metadata("the value of \"" + std::string(key) + "\" is no Base64");
  if (!is_plain_text(*value)) return bad_metadata("the value of \"" + std::string(key) + "\" is no plain text");
  return std::pair(std::string(key), *value);
}

}  // namespace

std::optional<std::uint64_t> parse_tus_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (value > (static_cast<std::uint64_t>(INT64_MAX) - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
  }
  return value;
}

Result<TusMetadata, Error> parse_tus_metadata(std::string_view text) {
  TusMetadata out;
  if (text.size() > TusLimits::kMetadataBytes) return bad_metadata("the metadata is too long");
  text = trim(text);
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    auto pair = parse_pair(trim(text.substr(0, comma)));
    if (!pair) return pair.error();
    if (std::any_of(out.begin(), out.end(), [&](const auto& known) { return known.first == pair->first; })) {
      return bad_metadata("the key \"" + pair->first + "\" is there twice");
    }
    if (out.size() == TusLimits::kMetadataKeys) return bad_metadata("the metadata has too many keys");
    out.push_back(std::move(*pair));
    if (comma + 1 == text.size()) return bad_metadata("the metadata ends with a comma");
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

std::string write_tus_metadata(const TusMetadata& metadata) {
  std::string out;
  for (const auto& [key, value] : metadata) {
    if (!out.empty()) out += ',';
    out += key;
    if (!value.empty()) out += ' ' + base64_encode(value);
  }
  return out;
}

std::string_view find_metadata(const TusMetadata& metadata, std::string_view key) {
  for (const auto& [name, value] : metadata) {
    if (name == key) return value;
  }
  return {};
}

Result<TusChecksum, Error> parse_tus_checksum(std::string_view text) {
  const auto bad = [](std::string message) -> Error {
    return {"invalid_argument", std::move(message), "Upload-Checksum"};
  };
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return bad("a checksum is the algorithm, a space and the digest in Base64");
  const std::string_view name = text.substr(0, space);
  TusChecksum out;
  if (name == "sha256") {
    out.kind = ChecksumKind::kSha256;
  } else if (name != "sha1") {
    return bad("the algorithm must be one of " + std::string(kTusChecksums));
  }
  auto digest = base64_decode(trim(text.substr(space + 1)));
  const std::size_t size = out.kind == ChecksumKind::kSha1 ? 20 : 32;
  if (!digest || digest->size() != size) return bad("the digest is no Base64 of the algorithm's length");
  out.digest = std::move(*digest);
  return out;
}

Result<TusConcat, Error> parse_tus_concat(std::string_view text) {
  const auto bad = [](std::string message) -> Error {
    return {"invalid_argument", std::move(message), "Upload-Concat"};
  };
  TusConcat out;
  text = trim(text);
  if (text == "partial") return out;
  constexpr std::string_view kFinal = "final;";
  if (!text.starts_with(kFinal)) return bad("Upload-Concat is \"partial\" or \"final;\" and the parts");
  out.final = true;
  text.remove_prefix(kFinal.size());
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    if (space > 0) out.parts.emplace_back(text.substr(0, space));
    if (out.parts.size() > TusLimits::kParts) return bad("too many parts");
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  if (out.parts.empty()) return bad("a final upload names its parts");
  return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_padding = i >= text.size() - padding;
    const std::int8_t value = is_padding ? std::int8_t{0} : kValues[static_cast<std::uint8_t>(text[i])];
    if (value < 0) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    if (i % 4 != 3) continue;
    for (const unsigned shift : {16U, 8U, 0U}) out += static_cast<char>((bits >> shift) & 0xffU);
    bits = 0;
  }
  // Bits of the last digit that belong to no byte must be zero, so that every text has one encoding.
  for (std::size_t i = 0; i < padding; ++i) {
    if (out.back() != '\0') return std::nullopt;
    out.pop_back();
  }
  return out;
}

std::string base64_encode(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k) bits = (bits << 8U) | (k < have ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += k <= have ? kAlphabet[(bits >> (18U - 6U * k)) & 63U] : '=';
  }
  return out;
}

}  // namespace parley::files
