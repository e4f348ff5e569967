// The usual answer of a method that waits for the database.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "base/result.h"

namespace parley::chat {

template <class T>
using Answer = boost::asio::awaitable<Result<T, Error>>;

}  // namespace parley::chat
