// Strokes that people draw over a shared screen. Points are fractions of the source's width and height, so that they
// fall on the same pixels whatever the size of the viewer's window. Kept in memory, bounded, until the share ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parley::calls {

enum class Tool : std::uint8_t { kPen, kHighlighter, kArrow, kBox, kText, kLaser };
// Who may draw: the sharer decides. The sharer always may.
enum class Drawers : std::uint8_t { kEveryone, kHosts, kNobody };

[[nodiscard]] std::string_view to_string(Tool tool);
[[nodiscard]] std::optional<Tool> tool_from(std::string_view text);
[[nodiscard]] std::string_view to_string(Drawers drawers);
[[nodiscard]] std::optional<Drawers> drawers_from(std::string_view text);

struct Point {
  float x = 0;  // 0 left to 1 right
  float y = 0;  // 0 top to 1 bottom
  friend bool operator==(const Point&, const Point&) = default;
};

struct Stroke {
  std::string id;      // the author's choice, 1 to 64 characters; unique among the author's strokes
  std::string author;  // user id, set by the server
  Tool tool = Tool::kPen;
  std::uint32_t color = 0;  // 0xRRGGBBAA
  float width = 0.004F;     // of the source's width, 0 < w ≤ 0.2
  std::string text;         // kText: 1 to 500 bytes; otherwise empty
  std::vector<Point> points;
  // More points follow under the same id: they are appended (pen, highlighter) or replace (others). A laser is shown
  // and never kept.
  bool more = false;
  friend bool operator==(const Stroke&, const Stroke&) = default;
};

struct StrokeLimits {
  std::size_t strokes = 2'000;
  std::size_t strokes_per_author = 500;
  std::size_t points_per_stroke = 2'000;
  std::size_t points = 100'000;
};

[[nodiscard]] Result<void, Error> check_stroke(const Stroke& stroke, const StrokeLimits& limits);

class Annotations {
 public:
  explicit Annotations(StrokeLimits limits) : limits_(limits) {}

  // Ids of strokes that gave way to it (the oldest). Error resource_exhausted: the author has too many already, or the
  // stroke has become too long.
  struct Gone {
    std::string author;
    std::string id;
    friend bool operator==(const Gone&, const Gone&) = default;
  };
  Result<std::vector<Gone>, Error> add(Stroke stroke);
  // The author's last stroke; nullopt: has none.
  std::optional<std::string> undo(std::string_view author);
  // How many went.
  std::size_t clear(std::string_view author);
  std::size_t clear();

  [[nodiscard]] const std::deque<Stroke>& strokes() const { return strokes_; }
  [[nodiscard]] std::size_t points() const { return points_; }

 private:
  // False: there is no stroke of that author and id.
  Result<bool, Error> extend(Stroke& stroke);
  // For so many more.
  std::vector<Gone> make_room(std::size_t strokes, std::size_t points);

  StrokeLimits limits_;
  std::deque<Stroke> strokes_;  // oldest first
  std::size_t points_ = 0;
};

}  // namespace parley::calls
