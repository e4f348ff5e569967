#include "sdp/candidate.h"

#include <array>
#include <utility>

#include "sdp/text.h"

namespace parley::sdp {
namespace {

constexpr std::size_t kMaxExtensions = 32;
constexpr std::size_t kMaxAddressLength = 255;
constexpr std::size_t kMaxFoundationLength = 32;

constexpr std::array kTypes{
    std::pair{CandidateType::kHost, std::string_view("host")},
    std::pair{CandidateType::kServerReflexive, std::string_view("srflx")},
    std::pair{CandidateType::kPeerReflexive, std::string_view("prflx")},
    std::pair{CandidateType::kRelay, std::string_view("relay")},
};
constexpr std::array kTcpTypes{
    std::pair{TcpType::kActive, std::string_view("active")},
    std::pair{TcpType::kPassive, std::string_view("passive")},
    std::pair{TcpType::kSimultaneousOpen, std::string_view("so")},
};

template <class Table>
auto value_of(const Table& table, std::string_view name) -> std::optional<typename Table::value_type::first_type> {
  for (const auto& [value, text] : table) {
    if (text::equal_ignoring_case(text, name)) return value;
  }
  return std::nullopt;
}
template <class Table, class Value>
std::string_view name_of(const Table& table, Value value) {
  for (const auto& [key, text] : table) {
    if (key == value) return text;
  }
  return {};
}

Error malformed(std::string_view field, std::string_view value) {
  return {"candidate_malformed",
          "candidate: " + std::string(field) + " cannot be read from '" + std::string(value.substr(0, 64)) + "'",
          std::string(field)};
}
Error unsupported(std::string_view field, std::string_view value) {
  return {"candidate_unsupported",
          "candidate: " + std::string(field) + " '" + std::string(value.substr(0, 64)) + "' is not supported",
          std::string(field)};
}

bool is_address(std::string_view s) {
  return text::all(
      s, [](char c) { return text::is_alnum(c) || c == '.' || c == ':' || c == '-' || c == '_' || c == '%'; }, 1,
      kMaxAddressLength);
}

// One name and value pair after the candidate's type.
std::optional<Error> apply_pair(Candidate& out, std::string_view name, std::string_view value) {
  if (name == "raddr") {
    if (!is_address(value)) return malformed(name, value);
    out.related_address = value;
  } else if (name == "rport") {
    const auto port = text::number<std::uint16_t>(value);
    if (!port) return malformed(name, value);
    out.related_port = *port;
  } else if (name == "tcptype") {
    out.tcp_type = value_of(kTcpTypes, value);
    if (!out.tcp_type) return unsupported(name, value);
  } else {
    if (value.empty() || out.extensions.size() >= kMaxExtensions) return malformed("extension", name);
    out.extensions.push_back({std::string(name), std::string(value)});
  }
  return std::nullopt;
}

// The eight words that every candidate begins with.
std::optional<Error> parse_fixed_part(Candidate& out, std::string_view& rest) {
  const std::string_view foundation = text::word(rest);
  if (!text::all(foundation, text::is_ice_char, 1, kMaxFoundationLength)) return malformed("foundation", foundation);
  out.foundation = foundation;

  const std::string_view component = text::word(rest);
  const auto component_id = text::number<std::uint16_t>(component);
  if (!component_id || *component_id == 0 || *component_id > 256) return malformed("component", component);
  out.component = *component_id;

  const std::string_view transport = text::word(rest);
  const std::string_view priority = text::word(rest);
  const auto priority_value = text::number<std::uint32_t>(priority);
  if (!priority_value) return malformed("priority", priority);
  out.priority = *priority_value;

  const std::string_view address = text::word(rest);
  if (!is_address(address)) return malformed("address", address);
  out.address = address;
  const std::string_view port = text::word(rest);
  const auto port_value = text::number<std::uint16_t>(port);
  if (!port_value) return malformed("port", port);
  out.port = *port_value;

  const std::string_view typ = text::word(rest);
  const std::string_view type = text::word(rest);
  if (typ != "typ" || type.empty()) return malformed("typ", typ);
  const auto type_value = value_of(kTypes, type);
  if (!type_value) return unsupported("typ", type);
  out.type = *type_value;

  // Judged last, so that a line which no transport could excuse is called malformed.
  if (text::equal_ignoring_case(transport, "udp")) {
    out.transport = Protocol::kUdp;
  } else if (text::equal_ignoring_case(transport, "tcp")) {
    out.transport = Protocol::kTcp;
  } else {
    return unsupported("transport", transport);
  }
  return std::nullopt;
}

}  // namespace

bool Candidate::is_mdns() const {
  constexpr std::string_view kSuffix = ".local";
  return address.size() > kSuffix.size() &&
         text::equal_ignoring_case(std::string_view(address).substr(address.size() - kSuffix.size()), kSuffix);
}

std::optional<Address> Candidate::endpoint() const {
  auto out = Address::parse(address, port);
  if (out) out->protocol = transport;
  return out;
}

std::optional<std::string_view> Candidate::extension(std::string_view name) const {
  for (const auto& entry : extensions) {
    if (entry.name == name) return entry.value;
  }
  return std::nullopt;
}

Result<Candidate, Error> parse_candidate(std::string_view line) {
  line = text::trim(line);
  if (line.starts_with("a=")) line.remove_prefix(2);
  if (line.starts_with("candidate:")) line.remove_prefix(10);
  const auto is_text = [](char c) { return text::is_visible(c) || c == ' ' || c == '\t'; };
  if (!std::ranges::all_of(line, is_text)) return malformed("line", "control characters");

  Candidate out;
  if (auto error = parse_fixed_part(out, line)) return *std::move(error);
  while (!line.empty()) {
    const std::string_view name = text::word(line);
    const std::string_view value = text::word(line);
    if (auto error = apply_pair(out, name, value)) return *std::move(error);
  }
  // A port alone says nothing; RFC 8839 has the two together or neither.
  if (out.related_address.empty()) out.related_port = 0;
  return out;
}

std::string print_candidate(const Candidate& candidate) {
  std::string out = "candidate:" + candidate.foundation + ' ' + std::to_string(candidate.component) + ' ';
  out += candidate.transport == Protocol::kUdp ? "udp" : "tcp";
  out += ' ' + std::to_string(candidate.priority) + ' ' + candidate.address + ' ' + std::to_string(candidate.port);
  out += " typ ";
  out += name_of(kTypes, candidate.type);
  if (!candidate.related_address.empty()) {
    out += " raddr " + candidate.related_address + " rport " + std::to_string(candidate.related_port);
  }
  if (candidate.tcp_type) {
    out += " tcptype ";
    out += name_of(kTcpTypes, *candidate.tcp_type);
  }
  for (const auto& entry : candidate.extensions) out += ' ' + entry.name + ' ' + entry.value;
  return out;
}

Candidate host_candidate(const Address& address, std::uint16_t preference) {
  // RFC 8445 recommends 126 for host candidates; TCP takes less, so that every UDP path is tried before it.
  constexpr std::uint32_t kUdpTypePreference = 126;
  constexpr std::uint32_t kTcpTypePreference = 90;
  const bool is_tcp = address.protocol == Protocol::kTcp;

  // Candidates of one base address and transport share a foundation (RFC 8445 section 5.1.1.3): FNV-1a of the two.
  std::uint32_t hash = 2166136261U;
  for (const std::uint8_t byte : address.ip) hash = (hash ^ byte) * 16777619U;
  hash = (hash ^ static_cast<std::uint32_t>(is_tcp)) * 16777619U;

  Candidate out;
  out.foundation = std::to_string(hash);
  out.transport = address.protocol;
  out.priority = ((is_tcp ? kTcpTypePreference : kUdpTypePreference) << 24U) |
                 (static_cast<std::uint32_t>(preference) << 8U) | (256U - out.component);
  out.address = address.ip_text();
  out.port = address.port;
  if (is_tcp) out.tcp_type = TcpType::kPassive;
  return out;
}

}  // namespace parley::sdp
