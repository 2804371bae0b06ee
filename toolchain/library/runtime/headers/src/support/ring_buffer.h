// A queue of bytes: written at the end, read from the front.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <vector>

namespace tvm {
namespace support {

class RingBuffer {
 public:
  size_t bytes_available() const { return bytes_.size() - read_; }

  void Reserve(size_t bytes) { bytes_.reserve(read_ + bytes); }

  void Write(const void* from, size_t bytes) {
    const char* start = static_cast<const char*>(from);
    bytes_.insert(bytes_.end(), start, start + bytes);
  }

  void Read(void* to, size_t bytes) {
    std::memcpy(to, bytes_.data() + read_, bytes);
    Consume(bytes);
  }

  // `send(pointer, bytes)` says how many bytes it took.
  template <typename Send>
  size_t ReadWithCallback(Send send, size_t most) {
    size_t taken = send(bytes_.data() + read_, std::min(most, bytes_available()));
    Consume(taken);
    return taken;
  }

  // `receive(pointer, bytes)` says how many bytes it put there.
  template <typename Receive>
  size_t WriteWithCallback(Receive receive, size_t most) {
    size_t end = bytes_.size();
    bytes_.resize(end + most);
    size_t put = receive(bytes_.data() + end, most);
    bytes_.resize(end + put);
    return put;
  }

 private:
  void Consume(size_t bytes) {
    read_ += bytes;
    if (read_ < bytes_.size()) return;
    bytes_.clear();
    read_ = 0;
  }

  std::vector<char> bytes_;
  size_t read_ = 0;
};

}  // namespace support
}  // namespace tvm
