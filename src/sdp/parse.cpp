#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sdp/attributes.h"
#include "sdp/session_description.h"
#include "sdp/text.h"

namespace parley::sdp {
namespace {

bool is_control(char c) { return !text::is_visible(c) && c != ' ' && c != '\t'; }

class Parser {
 public:
  explicit Parser(const ParseLimits& limits) : limits_(limits) {}

  Result<SessionDescription, Error> run(std::string_view rest) {
    if (rest.size() > limits_.bytes) return too_large("the description has more than " + count(limits_.bytes, "bytes"));
    while (!rest.empty()) {
      std::string_view line = text::cut(rest, '\n');
      if (line.ends_with('\r')) line.remove_suffix(1);
      ++line_number_;
      if (line_number_ > limits_.lines) return too_large("there are more than " + count(limits_.lines, "lines"));
      if (auto error = take_line(line)) return *std::move(error);
    }
    if (line_number_ == 0) return failure("v", "the description is empty");
    finish_section();
    return std::move(out_);
  }

 private:
  static std::string count(std::size_t n, std::string_view of_what) {
    return std::to_string(n) + ' ' + std::string(of_what);
  }
  [[nodiscard]] Error too_large(const std::string& message) const {
    return {"sdp_too_large", "line " + std::to_string(line_number_) + ": " + message, ""};
  }
  [[nodiscard]] Error failure(std::string_view field, Problem problem) const {
    const char* code = problem == kTooMany ? "sdp_too_large" : "sdp_malformed";
    const std::string name(field.substr(0, 32));
    return {code, "line " + std::to_string(line_number_) + ": " + name + ": " + std::string(problem), name};
  }

  std::optional<Error> take_line(std::string_view line) {
    if (line.size() > limits_.line_bytes) return too_large("it has more than " + count(limits_.line_bytes, "bytes"));
    if (std::ranges::any_of(line, is_control)) return failure("line", "it holds a control character");
    if (line_number_ == 1) {
      if (line != "v=0") return failure("v", "a description begins with v=0");
      return std::nullopt;
    }
    if (line.empty()) return std::nullopt;  // some senders end with an empty line
    if (line.size() < 2 || line[1] != '=') return failure("line", "it is not of the form x=value");
    const std::string_view value = line.substr(2);
    switch (line[0]) {
      case 'a':
        return take_attribute(value);
      case 'm':
        return take_media(value);
      case 'o':
        return section() == nullptr ? take_origin(value) : std::nullopt;
      case 's':
        if (section() == nullptr) out_.name = value;
        return std::nullopt;
      default:
        return std::nullopt;
    }
  }

  std::optional<Error> take_origin(std::string_view value) {
    Origin origin;
    origin.username = text::word(value);
    const auto id = text::number<std::uint64_t>(text::word(value));
    const auto version = text::number<std::uint64_t>(text::word(value));
    if (!id || !version) return failure("o", "the session id or version is not a 64-bit number");
    origin.session_id = *id;
    origin.session_version = *version;
    if (value.empty()) return failure("o", "the address is missing");
    origin.address = value;
    out_.origin = std::move(origin);
    return std::nullopt;
  }

  std::optional<Error> take_media(std::string_view value) {
    if (out_.media.size() >= limits_.media_sections) return failure("m", kTooMany);
    finish_section();
    out_.media.emplace_back();
    direction_.reset();
    return judged("m", apply_media_line(out_.media.back(), value, limits_));
  }

  std::optional<Error> take_attribute(std::string_view value) {
    const std::string_view name = text::cut(value, ':');
    MediaSection* const media = section();
    auto& transport = media != nullptr ? media->transport : out_.transport;
    if (const auto problem = apply_transport_attribute(transport, name, value, limits_)) return judged(name, *problem);
    if (const auto direction = direction_from(name)) {
      (media != nullptr ? direction_ : session_direction_) = direction;
      return std::nullopt;
    }
    if (media == nullptr) return judged(name, take_session_attribute(name, value));
    const std::string mid_before = media->mid;
    if (auto error = judged(name, apply_media_attribute(*media, name, value, limits_))) return error;
    if (name == "mid" && !mid_before.empty()) return failure(name, "the section has one already");
    if (name == "mid" && out_.section(media->mid) != media) return failure(name, "another section has this one");
    return std::nullopt;
  }

  Problem take_session_attribute(std::string_view name, std::string_view value) {
    if (name == "ice-lite") out_.ice_lite = true;
    if (name == "extmap-allow-mixed") out_.extmap_allow_mixed = true;
    if (name == "msid-semantic") out_.msid_semantic = text::trim(value);
    return name == "group" ? take_group(value) : kFine;
  }

  Problem take_group(std::string_view value) {
    if (out_.groups.size() >= limits_.list_entries) return kTooMany;
    Group group;
    group.semantics = text::word(value);
    if (group.semantics.empty()) return "the name of the grouping is missing";
    while (!value.empty()) {
      if (group.mids.size() >= limits_.list_entries) return kTooMany;
      group.mids.emplace_back(text::word(value));
      if (!is_mid(group.mids.back())) return "a mid is one word of 1 to 16 characters";
    }
    out_.groups.push_back(std::move(group));
    return kFine;
  }

  [[nodiscard]] std::optional<Error> judged(std::string_view field, Problem problem) const {
    if (problem.empty()) return std::nullopt;
    return failure(field, problem);
  }
  MediaSection* section() { return out_.media.empty() ? nullptr : &out_.media.back(); }
  // A direction at session level holds for the sections that do not state their own (RFC 8866 section 6.7).
  void finish_section() {
    if (out_.media.empty()) return;
    out_.media.back().direction = direction_ ? *direction_ : session_direction_.value_or(Direction::kSendRecv);
  }

  const ParseLimits& limits_;
  SessionDescription out_;
  std::size_t line_number_ = 0;
  std::optional<Direction> direction_;  // of the section being read
  std::optional<Direction> session_direction_;
};

}  // namespace

Result<SessionDescription, Error> parse(std::string_view text, const ParseLimits& limits) {
  return Parser(limits).run(text);
}

}  // namespace parley::sdp
