#include "dtls/datagram_bio.h"

#include <algorithm>
#include <cstring>

namespace parley::dtls {

BIO* DatagramBio::make() {
  BIO* bio = BIO_new(method());
  if (bio == nullptr) return nullptr;
  BIO_set_data(bio, this);
  BIO_set_init(bio, 1);
  return bio;
}

const BIO_METHOD* DatagramBio::method() {
  // One for the life of the process, as OpenSSL's own are.
  static const BIO_METHOD* const made_once = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "parley datagrams");
    if (made == nullptr) return made;
    BIO_meth_set_write(made, &DatagramBio::write);
    BIO_meth_set_read(made, &DatagramBio::read);
    BIO_meth_set_ctrl(made, &DatagramBio::control);
    return made;
  }();
  return made_once;
}

DatagramBio& DatagramBio::self(BIO* bio) { return *static_cast<DatagramBio*>(BIO_get_data(bio)); }

int DatagramBio::write(BIO* bio, const char* data, int size) {
  BIO_clear_retry_flags(bio);
  if (size <= 0) return 0;
  self(bio).outgoing_.emplace_back(data, data + size);
  return size;
}

int DatagramBio::read(BIO* bio, char* out, int capacity) {
  BIO_clear_retry_flags(bio);
  ByteView& incoming = self(bio).incoming_;
  if (incoming.empty()) {
    BIO_set_retry_read(bio);
    return -1;
  }
  // Like a socket: what does not fit of a datagram is lost. OpenSSL's buffer holds the largest record.
  const std::size_t size = std::min(incoming.size(), static_cast<std::size_t>(std::max(capacity, 0)));
  std::memcpy(out, incoming.data(), size);
  incoming = {};
  return static_cast<int>(size);
}

long DatagramBio::control(BIO* bio, int command, long /*number*/, void* pointer) {
  switch (command) {
    case BIO_CTRL_FLUSH:
      return 1;
    case BIO_CTRL_DGRAM_SET_NEXT_TIMEOUT:
      self(bio).listener_.on_timer(static_cast<timeval*>(pointer));
      return 1;
    default:
      return 0;  // among others no overhead below us: the MTU that we set is the datagram's size
  }
}

}  // namespace parley::dtls
