// Errors are values: a packet-path function returns Result<T> and names the DropReason; the control plane returns
// Result<T, Error> with a text that a person can act on.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "base/drop_reason.h"

namespace parley {

template <class T, class E = DropReason>
using Result = boost::system::result<T, E>;

// A control-plane error. `code` is stable and machine-readable ("not_found"), `message` names the cause and the way
// out, `field` the offending input where there is one. `retry_after`: seconds after which asking again makes sense, for
// rate limits and lock-outs; 0 when nobody knows.
struct Error {
  std::string code;
  std::string message;
  std::string field;
  std::uint32_t retry_after = 0;
};

// boost::system::result needs these for value(); code on the packet path tests has_value() and never calls it blindly.
[[noreturn]] inline void throw_exception_from_error(DropReason reason, const boost::source_location& /*where*/) {
  throw std::runtime_error(std::string(to_string(reason)));
}
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location& /*where*/) {
  throw std::runtime_error(error.message);
}

}  // namespace parley
