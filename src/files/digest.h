// Digests that grow with the bytes fed to them.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/bytes.h"

struct evp_md_ctx_st;

namespace parley::files {

class Digest {
 public:
  enum class Kind : std::uint8_t { kSha1, kSha256 };
  explicit Digest(Kind kind);
  Digest(const Digest& other);  // continues from where other stands
  Digest& operator=(const Digest&) = delete;
  Digest(Digest&&) noexcept = default;
  Digest& operator=(Digest&&) noexcept = default;
  ~Digest() = default;

  void update(ByteView bytes);
  // Raw bytes of what was fed so far; more may follow.
  [[nodiscard]] std::string value() const;

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

[[nodiscard]] std::string to_hex(std::string_view bytes);
[[nodiscard]] std::string sha256_hex(std::string_view text);
// 64 lower-case hexadecimal digits.
[[nodiscard]] bool is_sha256_hex(std::string_view text);
// Raw 32 bytes of HMAC-SHA-256.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);
// In the same time whatever differs.
[[nodiscard]] bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace parley::files
