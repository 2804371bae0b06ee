// IEEE 754 binary16 to and from binary32, under the names that the runtime calls (only with
// binary16 and binary32 as the template's types). Rounds to nearest, ties to even.
#pragma once
#include <cstdint>
#include <cstring>

template <typename Src, typename SrcBits, int, typename Dst, typename DstBits, int>
inline Dst __extendXfYf2__(Src half) {
  uint32_t sign = (static_cast<uint32_t>(half) & 0x8000u) << 16;
  uint32_t exponent = (half >> 10) & 0x1fu;
  uint32_t fraction = half & 0x3ffu;
  uint32_t bits;
  if (exponent == 0x1f) {
    bits = sign | 0x7f800000u | (fraction << 13);  // infinity, or not a number
  } else if (exponent != 0) {
    bits = sign | ((exponent + 112) << 23) | (fraction << 13);
  } else if (fraction == 0) {
    bits = sign;
  } else {
    // A subnormal half is a normal float: shift until the leading one is implicit.
    exponent = 113;
    while ((fraction & 0x400u) == 0) {
      fraction <<= 1;
      exponent -= 1;
    }
    bits = sign | (exponent << 23) | ((fraction & 0x3ffu) << 13);
  }
  Dst result;
  std::memcpy(&result, &bits, sizeof result);
  return result;
}

template <typename Src, typename SrcBits, int, typename Dst, typename DstBits, int>
inline Dst __truncXfYf2__(Src value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  uint32_t sign = (bits >> 16) & 0x8000u;
  uint32_t magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) return static_cast<Dst>(sign | 0x7e00u);  // not a number
  if (magnitude >= 0x477ff000u) return static_cast<Dst>(sign | 0x7c00u);  // 65520 and more: infinity
  uint32_t dropped, kept;
  if (magnitude >= 0x38800000u) {
    dropped = 13;
    kept = (magnitude - 0x38000000u) >> 13;
  } else {
    // Subnormal in binary16: the place of the last kept bit is fixed at 2^-24.
    uint32_t shift = 126 - (magnitude >> 23);
    if (shift > 24) return static_cast<Dst>(sign);
    magnitude = (magnitude & 0x7fffffu) | 0x800000u;
    dropped = shift;
    kept = magnitude >> shift;
  }
  uint32_t rest = magnitude & ((1u << dropped) - 1);
  uint32_t tie = 1u << (dropped - 1);
  if (rest > tie || (rest == tie && (kept & 1u))) kept += 1;  // may carry into the exponent, rightly
  return static_cast<Dst>(sign | kept);
}
