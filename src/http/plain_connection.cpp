#include "http/http_connection.h"

namespace parley::http {

void start_plain_connection(ServerStateRef state, asio::ip::tcp::socket socket, net::ConnectionQuota::Ticket ticket,
                            const Address& peer) {
  std::make_shared<HttpConnection<PlainStream>>(std::move(state), std::move(ticket), peer,
                                                PlainStream(std::move(socket)))
      ->start();
}

}  // namespace parley::http
