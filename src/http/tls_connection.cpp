#include "http/http_connection.h"

namespace parley::http {

void start_tls_connection(ServerStateRef state, asio::ip::tcp::socket socket, net::ConnectionQuota::Ticket ticket,
                          const Address& peer) {
  TlsStream stream(PlainStream(std::move(socket)), *state->tls);
  std::make_shared<HttpConnection<TlsStream>>(std::move(state), std::move(ticket), peer, std::move(stream))->start();
}

}  // namespace parley::http
