// The time that usrsctp sees. Inside src/sctp only.
//
// usrsctp counts its timers by what Stack::handle_timers passes on, but judges by gettimeofday() whether a packet has
// been out for long enough to be repeated, whether a message has outlived its lifetime and how long a round trip took.
// With two clocks that disagree it does not repeat anything: in virtual time always, in real time after the wall clock
// was set back. So both are made one: this folder defines gettimeofday() for the process, which answers usrsctp's own
// count to a thread that is inside usrsctp and passes every other call on to the C library.
//
// It takes effect where the program itself links this folder and libusrsctp.so; elsewhere usrsctp keeps the wall clock.
#pragma once

#include "base/time.h"

namespace parley::sctp {

class StackClock {
 public:
  // While one lives on a thread, gettimeofday() answers the stack's time there.
  class Scope {
   public:
    Scope();
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
  };

  // Any thread. It only goes forward.
  static void advance(Duration by);
};

}  // namespace parley::sctp
