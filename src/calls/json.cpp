#include "calls/json.h"

#include <array>
#include <boost/json/value.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/iso_time.h"

namespace parley::calls {

namespace {

namespace json = boost::json;

json::value time_json(std::int64_t ms) { return ms == 0 ? json::value(nullptr) : json::value(to_iso(ms)); }

// Whole seconds as an integer: some clients show numbers as they come.
json::value seconds_json(std::int64_t ms) {
  return ms % 1000 == 0 ? json::value(ms / 1000) : json::value(static_cast<double>(ms) / 1000);
}

json::object participant_json(const store::CallParticipant& participant) {
  json::object out{{"userId", participant.user_id},
                   {"name", participant.name},
                   {"status", store::to_string(participant.status)},
                   {"joinedAt", time_json(participant.joined_at)},
                   {"leftAt", time_json(participant.left_at)}};
  if (participant.busy) out["busy"] = true;
  return out;
}

json::object rights_json(const MemberRights& rights) {
  return {{"microphone", rights.microphone}, {"camera", rights.camera}, {"screenShare", rights.screen_share}};
}

// As the client sent it, not as a float holds it; a hundred-thousandth is less than a pixel.
double tidy(float value) { return std::round(static_cast<double>(value) * 1e5) / 1e5; }

std::string color_text(std::uint32_t color) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "#";
  for (int shift = 28; shift >= 0; shift -= 4) out += kDigits[(color >> static_cast<unsigned>(shift)) & 0xFU];
  return out;
}

std::optional<std::uint32_t> color_from(std::string_view text) {
  if ((text.size() != 7 && text.size() != 9) || text.front() != '#') return std::nullopt;
  std::uint32_t value = 0;
  const auto parsed = std::from_chars(text.data() + 1, text.data() + text.size(), value, 16);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return text.size() == 7 ? (value << 8U) | 0xFFU : value;
}

Error bad(std::string message, std::string_view field) {
  return {"invalid_argument", std::move(message), "stroke." + std::string(field)};
}

// Within what a float holds: others are out of range anyway, and casting them would be undefined.
std::optional<float> number(const json::value& value) {
  boost::json::error_code error;
  const auto read = value.to_number<double>(error);
  if (error.failed() || !(read >= -1e6 && read <= 1e6)) return std::nullopt;
  return static_cast<float>(read);
}

Result<std::vector<Point>, Error> points_from(const json::value* value) {
  const json::array* list = value != nullptr ? value->if_array() : nullptr;
  if (list == nullptr || list->size() % 2 != 0) return bad("points are a list x0, y0, x1, y1, …", "points");
  std::vector<Point> points;
  points.reserve(list->size() / 2);
  for (std::size_t i = 0; i < list->size(); i += 2) {
    const auto x = number((*list)[i]);
    const auto y = number((*list)[i + 1]);
    if (!x || !y) return bad("coordinates are numbers from 0 to 1", "points");
    points.push_back({*x, *y});
  }
  return points;
}

Result<void, Error> read_style(const json::object& object, Stroke& stroke) {
  if (const json::value* width = object.if_contains("width")) {
    const auto read = number(*width);
    if (!read) return bad("the width is a number", "width");
    stroke.width = *read;
  }
  if (const json::value* color = object.if_contains("color")) {
    const json::string* text = color->if_string();
    const auto read = text != nullptr ? color_from(*text) : std::nullopt;
    if (!read) return bad("a colour is #rrggbb or #rrggbbaa", "color");
    stroke.color = *read;
  }
  if (const json::value* text = object.if_contains("text")) {
    if (!text->is_string()) return bad("the text is a string", "text");
    stroke.text = std::string(text->get_string());
  }
  if (const json::value* more = object.if_contains("more")) {
    if (!more->is_bool()) return bad("more is true or false", "more");
    stroke.more = more->get_bool();
  }
  return {};
}

}  // namespace

json::object to_json(const CallView& view) {
  const store::Call& call = view.call;
  json::array participants;
  participants.reserve(call.participants.size());
  for (const auto& participant : call.participants) participants.push_back(participant_json(participant));
  return {{"id", call.id},
          {"roomId", call.room_id},
          {"type", store::to_string(call.type)},
          {"initiatorId", call.initiator_id.empty() ? json::value(nullptr) : json::value(call.initiator_id)},
          {"status", store::to_string(call.status)},
          {"startedAt", time_json(call.started_at)},
          {"answeredAt", time_json(call.answered_at)},
          {"endedAt", time_json(call.ended_at)},
          {"duration", seconds_json(call.duration_ms())},
          {"locked", view.locked},
          {"allowed", rights_json(view.rights)},
          {"participants", std::move(participants)}};
}

json::object to_personal_json(const CallView& view) {
  json::object out = to_json(view);
  out["missed"] = view.missed;
  return out;
}

json::object to_json(const Joined& joined) {
  return {{"call", to_personal_json(joined.call)},
          {"media", json::object{{"url", joined.media.url},
                                 {"token", joined.media.token},
                                 {"expiresAt", to_iso(joined.media.expires_at)}}}};
}

json::object to_json(const HistoryPage& page) {
  json::array items;
  items.reserve(page.items.size());
  for (const CallView& view : page.items) items.push_back(to_personal_json(view));
  return {{"items", std::move(items)},
          {"nextCursor", page.next_cursor.empty() ? json::value(nullptr) : json::value(page.next_cursor)}};
}

json::array to_json(std::span<const Waiting> waiting) {
  json::array out;
  for (const Waiting& one : waiting) {
    out.push_back(json::object{{"userId", one.user_id}, {"name", one.name}, {"since", to_iso(one.since)}});
  }
  return out;
}

json::object to_json(const Stroke& stroke) {
  json::array points;
  points.reserve(stroke.points.size() * 2);
  for (const Point& point : stroke.points) {
    points.emplace_back(tidy(point.x));
    points.emplace_back(tidy(point.y));
  }
  json::object out{{"id", stroke.id},
                   {"author", stroke.author},
                   {"tool", to_string(stroke.tool)},
                   {"color", color_text(stroke.color)},
                   {"width", tidy(stroke.width)},
                   {"points", std::move(points)}};
  if (!stroke.text.empty()) out["text"] = stroke.text;
  if (stroke.more) out["more"] = true;
  return out;
}

Result<Stroke, Error> stroke_from_json(const json::object& object) {
  Stroke stroke;
  const json::value* id = object.if_contains("id");
  if (id == nullptr || !id->is_string()) return bad("a stroke has an id", "id");
  stroke.id = std::string(id->get_string());
  const json::value* tool = object.if_contains("tool");
  const auto known = tool != nullptr && tool->is_string() ? tool_from(tool->get_string()) : std::nullopt;
  if (!known) return bad("the tool is pen, highlighter, arrow, box, text or laser", "tool");
  stroke.tool = *known;
  if (const auto fault = read_style(object, stroke); !fault) return fault.error();
  auto points = points_from(object.if_contains("points"));
  if (!points) return points.error();
  stroke.points = std::move(*points);
  return stroke;
}

}  // namespace parley::calls
