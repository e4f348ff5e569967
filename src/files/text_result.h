// A text as the answer of what may fail. An Error can be made of a text, too, so that it must be said which is meant.
#pragma once

#include <string>
#include <utility>

#include "base/result.h"

namespace parley::files {

[[nodiscard]] inline Result<std::string, Error> text_result(std::string text) {
  return {boost::system::in_place_value, std::move(text)};
}

}  // namespace parley::files
