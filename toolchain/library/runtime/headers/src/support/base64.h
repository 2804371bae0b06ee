// Text dumps of tensors use base64; nothing in a browser makes or reads one, so these streams refuse.
#pragma once
#include <tvm/ffi/error.h>
#include <tvm/support/io.h>

namespace tvm {
namespace support {

class RefusingStream : public Stream {
 public:
  explicit RefusingStream(Stream*) {}
  size_t Read(void*, size_t) override { return Refuse(); }
  size_t Write(const void*, size_t) override { return Refuse(); }

 private:
  static size_t Refuse() {
    TVM_FFI_THROW(RuntimeError) << "base64 streams are not part of this build";
    return 0;
  }
};

struct Base64OutStream : RefusingStream {
  using RefusingStream::RefusingStream;
  void Finish() {}
};

struct Base64InStream : RefusingStream {
  using RefusingStream::RefusingStream;
  void InitPosition() {}
};

}  // namespace support
}  // namespace tvm
