#include "net/tcp_listener.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "net/sockaddr.h"

namespace parley::net {
namespace {

constexpr int kBacklog = 512;
constexpr int kAcceptsPerTurn = 64;  // a storm of connections must not starve the loop

UniqueFd open_spare() { return UniqueFd(open("/dev/null", O_RDONLY | O_CLOEXEC)); }

}  // namespace

Result<std::unique_ptr<TcpListener>, Error> TcpListener::listen(EventLoop& loop, Address local, TcpLimits limits,
                                                                OnFirstPacket on_first_packet) {
  local.protocol = Protocol::kTcp;
  auto bound = open_bound_socket(local);
  if (!bound) return bound.error();
  // Two sockets may be bound with SO_REUSEADDR; only one of them may listen.
  if (::listen(bound->fd.get(), kBacklog) != 0) {
    return Error{"address_in_use", "TCP port " + std::to_string(local.port) + ": address in use", "port"};
  }
  const Address actual = local_address_of(bound->fd.get(), Protocol::kTcp);
  std::unique_ptr<TcpListener> out(
      new TcpListener(loop, std::move(bound->fd), actual, limits, std::move(on_first_packet)));
  auto added =
      loop.add(out->fd_.get(), EPOLLIN, [raw = out.get()](TimePoint now, std::uint32_t) { raw->accept_all(now); });
  if (!added) return added.error();
  return out;
}

TcpListener::TcpListener(EventLoop& loop, UniqueFd fd, Address local, TcpLimits limits, OnFirstPacket on_first_packet)
    : loop_(loop),
      fd_(std::move(fd)),
      spare_(open_spare()),
      local_(local),
      quota_(ConnectionQuota::create(limits)),
      on_first_packet_(std::move(on_first_packet)) {}

TcpListener::~TcpListener() { loop_.remove(fd_.get()); }

void TcpListener::accept_all(TimePoint now) {
  for (int i = 0; i < kAcceptsPerTurn; ++i) {
    SockAddr from{};
    socklen_t length = sizeof from;
    UniqueFd fd(accept4(fd_.get(), &from.sa, &length, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (fd) {
      admit(now, std::move(fd), from_sockaddr(from, Protocol::kTcp));
    } else if (errno == EMFILE || errno == ENFILE) {
      refuse_one();
    } else if (errno != ECONNABORTED && errno != EINTR) {
      return;
    }
  }
}

// Out of descriptors: a connection left in the backlog would make the loop spin.
void TcpListener::refuse_one() {
  spare_.reset();
  const UniqueFd refused(accept4(fd_.get(), nullptr, nullptr, SOCK_CLOEXEC));
  if (refused) ++stats_.refused_limit;
  spare_ = open_spare();
}

void TcpListener::admit(TimePoint now, UniqueFd fd, const Address& peer) {
  auto ticket = quota_->take(peer);
  if (!ticket) {
    ++stats_.refused_limit;
    return;
  }
  ++stats_.accepted;
  const std::uint64_t id = next_id_++;
  TcpConnection::Handlers handlers;
  handlers.on_packet = [this, id](TimePoint t, ByteView packet) { on_packet(t, id, packet); };
  handlers.on_close = [this, id](TimePoint, TcpCloseReason) {
    ++stats_.closed_waiting;
    waiting_.erase(id);
  };
  TcpHandover handover{std::move(fd), peer, {}, std::move(*ticket)};
  waiting_[id] = std::make_unique<TcpConnection>(loop_, std::move(handover), now, kFirstPacketTimeout, handlers);
  expiries_.emplace_back(now + kFirstPacketTimeout, id);
}

void TcpListener::on_packet(TimePoint now, std::uint64_t id, ByteView packet) {
  const auto it = waiting_.find(id);
  if (it == waiting_.end()) return;
  // The bytes of `packet` and this call's closure live on: the connection keeps its inside until the event is over.
  TcpHandover handover = it->second->release();
  waiting_.erase(it);
  ++stats_.handed_over;
  on_first_packet_(now, packet, std::move(handover));
}

TimePoint TcpListener::deadline() const { return expiries_.empty() ? kNever : expiries_.front().first; }

void TcpListener::handle_timeout(TimePoint now) {
  while (!expiries_.empty() && expiries_.front().first <= now) {
    // A slow trickle of bytes does not extend the time, unlike a connection's idle timeout.
    if (waiting_.erase(expiries_.front().second) != 0) ++stats_.closed_waiting;
    expiries_.pop_front();
  }
}

}  // namespace parley::net
