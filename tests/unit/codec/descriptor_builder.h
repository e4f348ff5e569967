// Builds dependency descriptors from the notation of the specification's examples: a template per row, decode target
// indications as a word of "-DSR".
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "codec/bits.h"
#include "codec/dependency_descriptor.h"
#include "unit/codec/bytes.h"

namespace parley::codec {

struct TemplateSpec {
  unsigned spatial_id = 0;
  unsigned temporal_id = 0;
  std::string_view dtis{};
  std::vector<unsigned> diffs{};
  std::vector<unsigned> chains{};
};

struct StructureSpec {
  unsigned template_id_offset = 0;
  std::vector<TemplateSpec> templates{};
  std::vector<unsigned> protected_by{};  // empty: no chains
  std::vector<std::pair<unsigned, unsigned>> sizes{};
};

struct DescriptorSpec {
  bool first = true;
  bool last = true;
  unsigned template_id = 0;
  unsigned frame_number = 0;
  const StructureSpec* structure = nullptr;
  std::optional<std::uint32_t> active{};
  unsigned decode_targets = 0;  // width of `active`
  std::string_view dtis{};
  std::optional<std::vector<unsigned>> diffs{};
  std::vector<unsigned> chains{};
};

class DescriptorBuilder {
 public:
  static Bytes build(const DescriptorSpec& spec) {
    DescriptorBuilder builder;
    builder.put(spec);
    return {builder.out_.begin(), builder.out_.begin() + static_cast<std::ptrdiff_t>(builder.writer_.byte_size())};
  }

 private:
  void put(const DescriptorSpec& spec) {
    writer_.bits(spec.first ? 1 : 0, 1).bits(spec.last ? 1 : 0, 1);
    writer_.bits(spec.template_id, 6).bits(spec.frame_number, 16);
    if (spec.structure == nullptr && !spec.active && spec.dtis.empty() && !spec.diffs && spec.chains.empty()) return;
    writer_.bits(spec.structure != nullptr ? 1 : 0, 1).bits(spec.active ? 1 : 0, 1).bits(spec.dtis.empty() ? 0 : 1, 1);
    writer_.bits(spec.diffs ? 1 : 0, 1).bits(spec.chains.empty() ? 0 : 1, 1);
    if (spec.structure != nullptr) put(*spec.structure);
    if (spec.active) writer_.bits(*spec.active, spec.decode_targets);
    put_dtis(spec.dtis);
    if (spec.diffs) put_frame_diffs(*spec.diffs);
    for (const unsigned chain : spec.chains) writer_.bits(chain, 8);
  }

  void put(const StructureSpec& spec) {
    const auto targets = static_cast<std::uint32_t>(spec.templates.front().dtis.size());
    const auto chains = static_cast<std::uint32_t>(spec.templates.front().chains.size());
    writer_.bits(spec.template_id_offset, 6).bits(targets - 1, 5);
    for (std::size_t i = 0; i < spec.templates.size(); ++i) writer_.bits(next_layer(spec.templates, i), 2);
    for (const TemplateSpec& entry : spec.templates) put_dtis(entry.dtis);
    for (const TemplateSpec& entry : spec.templates) {
      for (const unsigned diff : entry.diffs) writer_.bits(1, 1).bits(diff - 1, 4);
      writer_.bits(0, 1);
    }
    put_non_symmetric(chains, targets + 1);
    for (const unsigned chain : spec.protected_by) put_non_symmetric(chain, chains);
    for (const TemplateSpec& entry : spec.templates) {
      for (const unsigned chain : entry.chains) writer_.bits(chain, 4);
    }
    writer_.bits(spec.sizes.empty() ? 0 : 1, 1);
    for (const auto& [width, height] : spec.sizes) writer_.bits(width - 1, 16).bits(height - 1, 16);
  }

  static std::uint32_t next_layer(const std::vector<TemplateSpec>& templates, std::size_t i) {
    if (i + 1 == templates.size()) return 3;
    if (templates[i + 1].spatial_id != templates[i].spatial_id) return 2;
    return templates[i + 1].temporal_id != templates[i].temporal_id ? 1 : 0;
  }

  void put_dtis(std::string_view dtis) {
    for (const char c : dtis) writer_.bits(static_cast<std::uint32_t>(std::string_view("-DSR").find(c)), 2);
  }

  void put_frame_diffs(const std::vector<unsigned>& diffs) {
    for (const unsigned diff : diffs) {
      const unsigned size = diff <= 16 ? 1 : diff <= 256 ? 2 : 3;
      writer_.bits(size, 2).bits(diff - 1, 4 * size);
    }
    writer_.bits(0, 2);
  }

  void put_non_symmetric(std::uint32_t value, std::uint32_t count) {
    unsigned width = 0;
    while ((count >> width) != 0) ++width;
    const std::uint32_t short_values = (1U << width) - count;
    if (value < short_values) {
      writer_.bits(value, width - 1);
    } else {
      writer_.bits(value + short_values, width);
    }
  }

  std::array<std::uint8_t, 2048> out_{};
  BitWriter writer_{out_};
};

// One spatial and three temporal layers; decode targets 7.5, 15 and 30 frames per second.
inline StructureSpec l1t3(unsigned offset = 0) {
  return {.template_id_offset = offset,
          .templates = {{0, 0, "SSS", {}, {0}},
                        {0, 0, "SSS", {4}, {4}},
                        {0, 1, "-DS", {2}, {2}},
                        {0, 2, "--D", {1}, {1}},
                        {0, 2, "--D", {1}, {3}}},
          .protected_by = {0, 0, 0},
          .sizes = {{640, 360}}};
}

// Two spatial layers; the upper one predicts from the lower one in key pictures only.
inline StructureSpec l2t1_key(unsigned offset = 0) {
  return {.template_id_offset = offset,
          .templates = {{0, 0, "SS", {}, {0, 0}},
                        {0, 0, "S-", {2}, {2, 1}},
                        {1, 0, "-S", {1}, {1, 1}},
                        {1, 0, "-S", {2}, {1, 2}}},
          .protected_by = {0, 1},
          .sizes = {{320, 180}, {640, 360}}};
}

// One template for each layer, in one decode target, without chains.
inline StructureSpec layers(unsigned spatial, unsigned temporal) {
  StructureSpec out;
  for (unsigned s = 0; s < spatial; ++s) {
    for (unsigned t = 0; t < temporal; ++t) out.templates.push_back({s, t, "S", {}, {}});
  }
  return out;
}
// Captured from a browser sending AV1 in mode L3T3, with sizes 120x67, 240x135 and 480x270.
inline Bytes captured_l3t3() {
  return from_hex(
      "c1017280081485214eafffaaaa863cf0430c10c302afc0aaa0063c00430010c002a000a80006000040001d954926e082b04a0941b820ac12"
      "82"
      "5"
      "03157f974000ca864330e222222eca8655304224230eca877530077004200ef008601df010d");
}

// A reader that has seen the structure in packet 100, key frame 1000.
inline DependencyDescriptorReader reader_with(const StructureSpec& structure) {
  DependencyDescriptorReader reader;
  const Bytes key = DescriptorBuilder::build(
      {.template_id = structure.template_id_offset, .frame_number = 1000, .structure = &structure});
  if (!reader.read(key, 100)) std::abort();
  return reader;
}

}  // namespace parley::codec
