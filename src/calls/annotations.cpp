#include "calls/annotations.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace parley::calls {

namespace {

constexpr std::array<std::pair<std::string_view, Tool>, 6> kTools{{{"pen", Tool::kPen},
                                                                   {"highlighter", Tool::kHighlighter},
                                                                   {"arrow", Tool::kArrow},
                                                                   {"box", Tool::kBox},
                                                                   {"text", Tool::kText},
                                                                   {"laser", Tool::kLaser}}};
constexpr std::array<std::pair<std::string_view, Drawers>, 3> kDrawers{
    {{"everyone", Drawers::kEveryone}, {"hosts", Drawers::kHosts}, {"nobody", Drawers::kNobody}}};

constexpr std::size_t kMaxId = 64;
constexpr std::size_t kMaxText = 500;
constexpr float kMaxWidth = 0.2F;

template <class E, std::size_t N>
std::string_view name_of(const std::array<std::pair<std::string_view, E>, N>& table, E value) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const auto& r) { return r.second == value; });
  return row->first;
}

template <class E, std::size_t N>
std::optional<E> value_of(const std::array<std::pair<std::string_view, E>, N>& table, std::string_view name) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const auto& r) { return r.first == name; });
  return row == table.end() ? std::nullopt : std::optional(row->second);
}

bool freehand(Tool tool) { return tool == Tool::kPen || tool == Tool::kHighlighter || tool == Tool::kLaser; }
// NaN is in no range.
bool within(float value, float low, float high) { return value >= low && value <= high; }

Error bad(std::string message, std::string field) {
  return {"invalid_argument", std::move(message), "stroke." + std::move(field)};
}

}  // namespace

std::string_view to_string(Tool tool) { return name_of(kTools, tool); }
std::optional<Tool> tool_from(std::string_view text) { return value_of(kTools, text); }
std::string_view to_string(Drawers drawers) { return name_of(kDrawers, drawers); }
std::optional<Drawers> drawers_from(std::string_view text) { return value_of(kDrawers, text); }

Result<void, Error> check_stroke(const Stroke& stroke, const StrokeLimits& limits) {
  if (stroke.id.empty() || stroke.id.size() > kMaxId) return bad("an id has 1 to 64 bytes", "id");
  if (!within(stroke.width, 0, kMaxWidth) || stroke.width == 0) {
    return bad("the width is a part of the source's, above 0 and at most 0.2", "width");
  }
  if (stroke.tool == Tool::kText ? stroke.text.empty() || stroke.text.size() > kMaxText : !stroke.text.empty()) {
    return bad("the tool text, and no other, has a text of 1 to 500 bytes", "text");
  }
  const std::size_t least = stroke.tool == Tool::kArrow || stroke.tool == Tool::kBox ? 2 : 1;
  const std::size_t most = freehand(stroke.tool) ? limits.points_per_stroke : least;
  if (stroke.points.size() < least || stroke.points.size() > most) {
    return bad("an arrow and a box have two points, a text one, the others at least one and not too many", "points");
  }
  for (const Point& point : stroke.points) {
    if (!within(point.x, 0, 1) || !within(point.y, 0, 1)) return bad("coordinates go from 0 to 1", "points");
  }
  return {};
}

Result<bool, Error> Annotations::extend(Stroke& stroke) {
  const auto found = std::find_if(strokes_.rbegin(), strokes_.rend(),
                                  [&](const Stroke& s) { return s.author == stroke.author && s.id == stroke.id; });
  if (found == strokes_.rend()) return false;
  if (found->tool != stroke.tool) return bad("a stroke keeps its tool", "tool");
  const std::size_t before = found->points.size();
  if (freehand(stroke.tool)) {
    if (before + stroke.points.size() > limits_.points_per_stroke) {
      return Error{"resource_exhausted", "the stroke is too long: begin another", "stroke.points"};
    }
    found->points.insert(found->points.end(), stroke.points.begin(), stroke.points.end());
    found->more = stroke.more;
  } else {
    *found = std::move(stroke);
  }
  points_ = points_ - before + found->points.size();
  return true;
}

std::vector<Annotations::Gone> Annotations::make_room(std::size_t strokes, std::size_t points) {
  std::vector<Gone> gone;
  while (!strokes_.empty() && (strokes_.size() + strokes > limits_.strokes || points_ + points > limits_.points)) {
    Stroke& oldest = strokes_.front();
    points_ -= oldest.points.size();
    gone.push_back({std::move(oldest.author), std::move(oldest.id)});
    strokes_.pop_front();
  }
  return gone;
}

Result<std::vector<Annotations::Gone>, Error> Annotations::add(Stroke stroke) {
  if (const auto fault = check_stroke(stroke, limits_); !fault) return fault.error();
  if (stroke.tool == Tool::kLaser) return std::vector<Gone>{};
  const std::size_t points = stroke.points.size();
  const auto extended = extend(stroke);
  if (!extended) return extended.error();
  if (*extended) return make_room(0, 0);
  const auto own = static_cast<std::size_t>(
      std::count_if(strokes_.begin(), strokes_.end(), [&](const Stroke& s) { return s.author == stroke.author; }));
  if (own >= limits_.strokes_per_author) {
    return Error{"resource_exhausted", "you have drawn too many strokes: clear some", "stroke"};
  }
  std::vector<Gone> gone = make_room(1, points);
  points_ += points;
  strokes_.push_back(std::move(stroke));
  return gone;
}

std::optional<std::string> Annotations::undo(std::string_view author) {
  const auto found =
      std::find_if(strokes_.rbegin(), strokes_.rend(), [&](const Stroke& s) { return s.author == author; });
  if (found == strokes_.rend()) return std::nullopt;
  std::string id = std::move(found->id);
  points_ -= found->points.size();
  strokes_.erase(std::next(found).base());
  return id;
}

std::size_t Annotations::clear(std::string_view author) {
  const std::size_t before = strokes_.size();
  for (const Stroke& stroke : strokes_) points_ -= stroke.author == author ? stroke.points.size() : 0;
  std::erase_if(strokes_, [&](const Stroke& s) { return s.author == author; });
  return before - strokes_.size();
}

std::size_t Annotations::clear() {
  const std::size_t before = strokes_.size();
  strokes_.clear();
  points_ = 0;
  return before;
}

}  // namespace parley::calls
