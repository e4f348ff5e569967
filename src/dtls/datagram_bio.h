// A BIO between OpenSSL and our datagrams: each write is one datagram, each read is one whole datagram or nothing. It
// is also where OpenSSL says that it starts or stops its retransmission timer.
#pragma once

#include <openssl/bio.h>
#include <sys/time.h>

#include <cstdint>
#include <deque>
#include <vector>

#include "base/bytes.h"

namespace parley::dtls {

class DatagramBio {
 public:
  // Told of every start (a time, not zero) and stop (zero) of OpenSSL's timer.
  class TimerListener {
   public:
    virtual ~TimerListener() = default;
    virtual void on_timer(timeval* next) = 0;
  };

  explicit DatagramBio(TimerListener& listener) : listener_(listener) {}
  DatagramBio(const DatagramBio&) = delete;
  DatagramBio& operator=(const DatagramBio&) = delete;

  // A new BIO that refers to this object; the caller (an SSL) owns it and must not outlive this. nullptr: no memory.
  BIO* make();

  // What the next read yields. The bytes must stay until feed({}) or the next feed.
  void feed(ByteView datagram) { incoming_ = datagram; }
  std::deque<std::vector<std::uint8_t>>& outgoing() { return outgoing_; }

 private:
  static const BIO_METHOD* method();
  static DatagramBio& self(BIO* bio);
  static int write(BIO* bio, const char* data, int size);
  static int read(BIO* bio, char* out, int capacity);
  static long control(BIO* bio, int command, long number, void* pointer);

  TimerListener& listener_;
  ByteView incoming_;
  std::deque<std::vector<std::uint8_t>> outgoing_;
};

}  // namespace parley::dtls
