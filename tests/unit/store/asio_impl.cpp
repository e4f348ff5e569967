// The bodies of Asio, which the server has from src/http; this folder does not link it.
#include <boost/asio/impl/src.hpp>
