// The few string and hash helpers that the runtime's sources ask for.
#pragma once
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <functional>
#include <string>

namespace tvm {
namespace support {

inline bool StartsWith(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

inline bool EndsWith(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && std::equal(end.rbegin(), end.rend(), text.rbegin());
}

inline bool IsNumber(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return std::isdigit(c) != 0; });
}

// Any mixing will do: the runtime only needs equal inputs to give equal hashes.
template <typename T>
inline size_t HashCombine(size_t seed, const T& value) {
  return (seed * 31) ^ std::hash<T>()(value);
}

}  // namespace support
}  // namespace tvm
