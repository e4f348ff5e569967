#include "files/clamav.h"

#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "files/posix_file.h"

namespace parley::files {

namespace {

constexpr std::size_t kChunk = 128U << 10U;
constexpr std::size_t kMaxAnswer = 4096;

Error no_scan(std::string message) {
  return {"unavailable", "the file could not be scanned for viruses: " + std::move(message), ""};
}

void set_timeout(int descriptor, Duration timeout) {
  timeval limit{};
  limit.tv_sec = timeout / 1s;
  limit.tv_usec = (timeout % 1s).count();
  ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
}

Result<PosixFile, Error> connect_path(const std::string& path, Duration timeout) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path)) return no_scan("the socket's path is too long");
  std::memcpy(address.sun_path, path.data(), path.size());
  PosixFile socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  set_timeout(socket.descriptor(), timeout);
  if (::connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    return no_scan(path + ": " + std::strerror(errno));
  }
  return socket;
}

Result<PosixFile, Error> connect_host(const std::string& target, Duration timeout) {
  const std::size_t colon = target.rfind(':');
  if (colon == std::string::npos) return no_scan("\"" + target + "\" is neither a path nor host:port");
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(target.substr(0, colon).c_str(), target.substr(colon + 1).c_str(), &hints, &found) != 0) {
    return no_scan("no address of " + target);
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
  for (const addrinfo* a = found; a != nullptr; a = a->ai_next) {
    PosixFile socket(::socket(a->ai_family, a->ai_socktype | SOCK_CLOEXEC, a->ai_protocol));
    set_timeout(socket.descriptor(), timeout);
    if (::connect(socket.descriptor(), a->ai_addr, a->ai_addrlen) == 0) return socket;
  }
  return no_scan(target + ": " + std::strerror(errno));
}

// False also when the daemon has closed its side, as it does once a stream is too long for it: its answer tells why.
bool send_all(int descriptor, ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return true;
}

Result<bool, Error> send_content(int descriptor, const PosixFile& file) {
  static constexpr std::string_view kCommand("zINSTREAM\0", 10);
  if (!send_all(descriptor, as_bytes(kCommand))) return false;
  std::vector<std::uint8_t> frame(4 + kChunk);
  std::uint64_t offset = 0;
  while (true) {
    const auto got = file.read_at(offset, ByteSpan(frame).subspan(4));
    if (!got) return got.error();
    store_be<std::uint32_t>(frame.data(), static_cast<std::uint32_t>(*got));
    if (!send_all(descriptor, ByteView(frame).first(4 + *got))) return false;
    if (*got == 0) return true;
    offset += *got;
  }
}

std::string receive_answer(int descriptor) {
  std::string answer;
  while (answer.size() < kMaxAnswer) {
    char piece[256];
    const ssize_t n = ::recv(descriptor, piece, sizeof(piece), 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    answer.append(piece, static_cast<std::size_t>(n));
    if (answer.find('\0') != std::string::npos) break;
  }
  return answer.substr(0, answer.find('\0'));
}

}  // namespace

Result<ScanVerdict, Error> parse_scan_answer(std::string_view answer) {
  while (!answer.empty() && (answer.back() == '\n' || answer.back() == ' ')) answer.remove_suffix(1);
  constexpr std::string_view kPrefix = "stream: ";
  constexpr std::string_view kFound = " FOUND";
  if (answer == "stream: OK") return ScanVerdict{};
  if (answer.starts_with(kPrefix) && answer.ends_with(kFound) && answer.size() > kPrefix.size() + kFound.size()) {
    return ScanVerdict{std::string(answer.substr(kPrefix.size(), answer.size() - kPrefix.size() - kFound.size()))};
  }
  if (answer.empty()) return no_scan("the scanner did not answer");
  return no_scan(std::string(answer));
}

Result<ScanVerdict, Error> scan_file(const std::string& socket, const std::filesystem::path& file, Duration timeout) {
  const auto source = PosixFile::open(file, O_RDONLY);
  if (!source) return source.error();
  auto daemon = socket.starts_with('/') ? connect_path(socket, timeout) : connect_host(socket, timeout);
  if (!daemon) return daemon.error();
  const auto sent = send_content(daemon->descriptor(), *source);
  if (!sent) return sent.error();
  return parse_scan_answer(receive_answer(daemon->descriptor()));
}

}  // namespace parley::files
