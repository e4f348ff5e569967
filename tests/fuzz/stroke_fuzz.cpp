// Input: strokes as clients send them, one JSON object after the other, a line each. They are drawn on one share with
// small bounds; two authors take turns.
#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string_view>
#include <utility>

#include "calls/annotations.h"
#include "calls/json.h"

namespace {

using namespace parley::calls;

constexpr StrokeLimits kLimits{.strokes = 8, .strokes_per_author = 6, .points_per_stroke = 12, .points = 40};

void check(const Annotations& annotations) {
  std::size_t points = 0;
  for (const Stroke& stroke : annotations.strokes()) {
    points += stroke.points.size();
    if (stroke.points.size() > kLimits.points_per_stroke || stroke.tool == Tool::kLaser) __builtin_trap();
  }
  if (points != annotations.points() || points > kLimits.points) __builtin_trap();
  if (annotations.strokes().size() > kLimits.strokes) __builtin_trap();
}

void draw(Annotations& annotations, const boost::json::object& object, bool first_author) {
  auto stroke = stroke_from_json(object);
  if (!stroke) {
    if (stroke.error().code != "invalid_argument" || !stroke.error().field.starts_with("stroke.")) __builtin_trap();
    return;
  }
  stroke->author = first_author ? "ann" : "ben";
  if (check_stroke(*stroke, kLimits)) {
    // What is told to others reads as the same stroke, but for rounding.
    const auto again = stroke_from_json(to_json(*stroke));
    if (!again || again->id != stroke->id || again->tool != stroke->tool || again->color != stroke->color ||
        again->points.size() != stroke->points.size() || again->text != stroke->text) {
      __builtin_trap();
    }
  } else if (annotations.add(*stroke)) {
    __builtin_trap();
  }
  static_cast<void>(annotations.add(std::move(*stroke)));
  check(annotations);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Annotations annotations(kLimits);
  for (bool first = true; !text.empty(); first = !first) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    boost::json::error_code malformed;
    const boost::json::value value = boost::json::parse(line, malformed);
    if (malformed.failed() || !value.is_object()) {
      static_cast<void>(annotations.undo(first ? "ann" : "ben"));
      check(annotations);
      continue;
    }
    draw(annotations, value.get_object(), first);
  }
  annotations.clear("ann");
  check(annotations);
  return 0;
}
