#include "hub/event.h"

namespace parley::hub {

// Names are kebab-case words of our own, so they need no escaping.
std::string SharedEvent::encode(Encoding encoding) const {
  std::string text;
  text.reserve(event_.name.size() + event_.data.size() + 32);
  switch (encoding) {
    case Encoding::kSocketIo:
      text.append(R"(42[")").append(event_.name).append(R"(",)").append(event_.data).push_back(']');
      break;
    case Encoding::kJson:
      text.append(R"({"event":")").append(event_.name).append(R"(","data":)").append(event_.data).push_back('}');
      break;
  }
  return text;
}

}  // namespace parley::hub
