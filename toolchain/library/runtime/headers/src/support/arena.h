// Memory for short-lived, trivially destructible objects, given back all at once.
#pragma once
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace tvm {
namespace support {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() { RecycleAll(); }

  template <typename T>
  T* allocate_(int count = 1) {
    static_assert(alignof(T) <= alignof(std::max_align_t), "over-aligned types are not supported");
    void* block = ::operator new(sizeof(T) * static_cast<size_t>(count));
    blocks_.push_back(block);
    return static_cast<T*>(block);
  }

  template <typename T, typename... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible<T>::value, "the arena runs no destructors");
    return new (allocate_<T>()) T(std::forward<Args>(args)...);
  }

  void RecycleAll() {
    for (void* block : blocks_) ::operator delete(block);
    blocks_.clear();
  }

 private:
  std::vector<void*> blocks_;
};

}  // namespace support
}  // namespace tvm
