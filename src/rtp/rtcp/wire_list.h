// Lists of fixed-size records, read straight from the packet: decoding happens as one iterates, so a report with 31
// blocks costs no memory of its own.
#pragma once

#include <cstddef>
#include <iterator>

#include "base/bytes.h"
#include "base/ids.h"

namespace parley::rtp::rtcp {

// How a record stands on the wire: kSize in bytes, load() from kSize bytes, store() of exactly kSize bytes. Specialised
// beside each record type.
template <class T>
struct Wire;

template <>
struct Wire<Ssrc> {
  static constexpr std::size_t kSize = 4;
  static Ssrc load(const std::uint8_t* p) { return Ssrc{load_be<std::uint32_t>(p)}; }
  static void store(ByteWriter& out, Ssrc ssrc) { out.u32(ssrc.value); }
};

// Borrows the packet's bytes. Trailing bytes that make no whole record are not part of the list.
template <class T>
class WireList {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using pointer = const T*;
    using reference = T;

    Iterator() = default;
    explicit Iterator(const std::uint8_t* at) : at_(at) {}
    T operator*() const { return Wire<T>::load(at_); }
    Iterator& operator++() {
      at_ += Wire<T>::kSize;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(Iterator, Iterator) = default;

   private:
    const std::uint8_t* at_ = nullptr;
  };

  WireList() = default;
  explicit WireList(ByteView bytes) : bytes_(bytes.first(bytes.size() - bytes.size() % Wire<T>::kSize)) {}

  [[nodiscard]] std::size_t size() const { return bytes_.size() / Wire<T>::kSize; }
  [[nodiscard]] bool empty() const { return bytes_.empty(); }
  // index < size().
  [[nodiscard]] T operator[](std::size_t index) const {
    return Wire<T>::load(bytes_.subspan(index * Wire<T>::kSize, Wire<T>::kSize).data());
  }
  [[nodiscard]] Iterator begin() const { return Iterator(bytes_.data()); }
  [[nodiscard]] Iterator end() const { return Iterator(bytes_.data() + bytes_.size()); }

 private:
  ByteView bytes_;
};

}  // namespace parley::rtp::rtcp
