// JSON bodies: whatever is sent, parsing and every getter end in a value or a named error.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/uuid.h"
#include "http/query.h"
#include "signal/common/fields.h"

namespace {

using parley::signal::common::Fields;
using parley::signal::common::TextForm;

void require(bool holds) {
  if (!holds) __builtin_trap();
}

// As a handler that sends a message and makes a room at once.
void decode(const boost::json::object& body) {
  Fields fields(body);
  const std::string name = fields.text("name", {.min = 1, .max = 8});
  const auto content = fields.optional_text("content", {.max = 16, .form = TextForm::kLines});
  const auto id = fields.optional_uuid("id");
  const auto ids = fields.uuids("ids", 0, 4);
  const auto choice = fields.optional_choice("type", {"group", "direct"});
  const auto number = fields.optional_integer("limit", {.min = 1, .max = 100});
  fields.optional_number("x", {.min = 0, .max = 1});
  fields.optional_boolean("on");
  fields.optional_time("at");
  fields.texts("texts", 0, 3, {.min = 1, .max = 4});
  if (const auto* nested = fields.optional_object("nested")) {
    Fields inner(*nested, "nested.");
    inner.integer("deep");
    fields.adopt(inner);
  }
  if (!fields.ok()) {
    require(!fields.error().field.empty() && !fields.error().message.empty());
    require(fields.error().code == "invalid_argument");
    return;
  }
  require(!name.empty() && name.size() <= 8 * 4 && parley::http::is_utf8(name));
  require(name.find('\n') == std::string::npos && name.find('\0') == std::string::npos);
  require(!content || content->size() <= 16 * 4);
  require(!id || parley::is_uuid(*id));
  for (const std::string& one : ids) require(parley::is_uuid(one));
  require(!choice || *choice == "group" || *choice == "direct");
  require(!number || (*number >= 1 && *number <= 100));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto body = parley::signal::common::parse_object(text, {.max_bytes = 2'048, .max_depth = 8});
  if (body) {
    decode(*body);
  } else {
    require(!body.error().code.empty() && !body.error().message.empty());
  }
  return 0;
}
