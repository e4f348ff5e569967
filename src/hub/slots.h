// Things with a name, each at a place that stays the same and is used again after it: an index costs 4 bytes in every
// list that refers to it, and references live through growth.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace parley::hub {

using Slot = std::uint32_t;
inline constexpr Slot kNoSlot = UINT32_MAX;

// T has a member `std::string id`.
template <class T>
class NamedSlots {
 public:
  [[nodiscard]] Slot find(std::string_view id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? kNoSlot : found->second;
  }
  // The one of that name, made when there is none.
  Slot obtain(std::string_view id) {
    if (const Slot known = find(id); known != kNoSlot) return known;
    Slot slot = kNoSlot;
    if (free_.empty()) {
      slot = static_cast<Slot>(items_.size());
      items_.emplace_back();
    } else {
      slot = free_.back();
      free_.pop_back();
    }
    items_[slot].id = id;
    by_id_.emplace(id, slot);
    return slot;
  }
  void release(Slot slot) {
    by_id_.erase(items_[slot].id);
    items_[slot] = T{};
    free_.push_back(slot);
  }
  T& operator[](Slot slot) { return items_[slot]; }
  const T& operator[](Slot slot) const { return items_[slot]; }
  [[nodiscard]] std::size_t size() const { return by_id_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::deque<T> items_;
  std::vector<Slot> free_;
  std::unordered_map<std::string, Slot, Hash, std::equal_to<>> by_id_;
};

}  // namespace parley::hub
