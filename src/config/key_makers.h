// Makers of keys: each ties a key to a field by a function that finds the field in Settings. Internal to config/.
#pragma once

#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/address_block.h"
#include "config/keys.h"
#include "config/values.h"

namespace parley::config {

template <class Field>
Key text(std::string name, Field field) {
  return {std::move(name),
          [field](Settings& s, const std::string& t) -> Result<void, Invalid> {
            field(s) = t;
            return {};
          },
          [field](const Settings& s) { return field(const_cast<Settings&>(s)); }};
}

template <class Field, class Parse, class Print>
Key parsed(std::string name, Field field, Parse parse, Print print) {
  return {std::move(name),
          [field, parse](Settings& s, const std::string& t) -> Result<void, Invalid> {
            auto value = parse(t);
            if (!value) return value.error();
            field(s) = static_cast<std::remove_reference_t<decltype(field(s))>>(*value);
            return {};
          },
          [field, print](const Settings& s) { return print(field(const_cast<Settings&>(s))); }};
}

template <class Field>
Key integer(std::string name, Field field, std::uint64_t low, std::uint64_t high) {
  return parsed(
      std::move(name), field, [low, high](const std::string& t) { return parse_integer(t, low, high); },
      [](auto v) { return std::to_string(v); });
}

template <class Field>
Key boolean(std::string name, Field field) {
  return parsed(
      std::move(name), field, [](const std::string& t) { return parse_bool(t); },
      [](bool v) -> std::string { return v ? "true" : "false"; });
}

template <class Field>
Key duration(std::string name, Field field) {
  return parsed(
      std::move(name), field, [](const std::string& t) { return parse_duration(t); }, print_duration);
}

template <class Field>
Key size(std::string name, Field field) {
  return parsed(
      std::move(name), field, [](const std::string& t) { return parse_size(t); },
      [](std::size_t v) { return print_size(v); });
}

// A size within bounds.
template <class Field>
Key size(std::string name, Field field, std::uint64_t low, std::uint64_t high) {
  const auto parse = [low, high](const std::string& t) -> Result<std::uint64_t, Invalid> {
    auto value = parse_size(t);
    if (value && (*value < low || *value > high)) {
      return Invalid{"\"" + t + "\" is not a size from " + print_size(low) + " to " + print_size(high)};
    }
    return value;
  };
  return parsed(std::move(name), field, parse, [](std::size_t v) { return print_size(v); });
}

template <class Field>
Key rate(std::string name, Field field) {
  return parsed(
      std::move(name), field, [](const std::string& t) { return parse_rate(t); }, print_rate);
}

template <class Field>
Key choice(std::string name, Field field, std::vector<std::string> choices) {
  return parsed(
      std::move(name), field, [choices = std::move(choices)](const std::string& t) { return parse_choice(t, choices); },
      [](const std::string& v) { return v; });
}

// A list, written with commas between its items.
template <class Field>
Key list(std::string name, Field field) {
  return {std::move(name),
          [field](Settings& s, const std::string& t) -> Result<void, Invalid> {
            field(s) = split_list(t);
            return {};
          },
          [field](const Settings& s) {
            std::string out;
            for (const std::string& item : field(const_cast<Settings&>(s))) append_item(out, item);
            return out;
          }};
}

// Likewise of blocks of addresses.
template <class Field>
Key networks(std::string name, Field field) {
  Key key = list(std::move(name), field);
  key.set = [set = key.set](Settings& s, const std::string& t) -> Result<void, Invalid> {
    for (const std::string& item : split_list(t)) {
      if (AddressBlock::parse(item)) continue;
      return Invalid{"\"" + item + "\" is no block of addresses; write it like 10.0.0.0/8 or fd00::/8"};
    }
    return set(s, t);
  };
  return key;
}

}  // namespace parley::config
