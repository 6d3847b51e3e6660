// Sine, cosine and tangent of large arguments, for which the C library's may lose bits near their zeros.
#include "CKernels.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/// Where the C library's functions are still taken.
static const double library_limit = 0x1p20;

/// The bits of 2/π after the point, 64 a word.
static const uint64_t two_over_pi[] = {
  0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
  0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
  0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
  0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b,
  0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d,
};

/// 64 bits of 2/π, from the bit of weight 2⁻ᵏ⁻¹ on; zeros for k < 0.
static uint64_t bits_from(int k) {
  if (k <= -64) return 0;
  if (k < 0) return two_over_pi[0] >> -k;
  int word = k / 64, shift = k % 64;
  if (shift == 0) return two_over_pi[word];
  return two_over_pi[word] << shift | two_over_pi[word + 1] >> (64 - shift);
}

/// x = (quarters + 4n) π/2 + high + low, |high| ≤ π/4 (Payne and Hanek 1983): x = m 2ᵉ, and of the product m (2/π) only
/// the bits that neither make whole turns nor are too small to count are computed, 192 after the point.
static int reduce_quarters(double x, double *high, double *low) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  int exponent = (int)(bits >> 52 & 0x7ff) - 1075;
  uint64_t m = (bits & 0xfffffffffffffull) | 0x10000000000000ull;
  // m 2ᵉ (2/π) modulo 4, as four words: two bits before the point and 254 after it.
  uint64_t product[4] = {0};
  unsigned __int128 carry = 0;
  for (int word = 3; word >= 0; word--) {
    carry += (unsigned __int128)m * bits_from(exponent - 2 + 64 * word);
    product[word] = (uint64_t)carry;
    carry >>= 64;
  }
  int quarters = (int)(product[0] >> 62);
  // The fraction as a signed number of 254 bits; its upper half is taken as negative.
  for (int word = 0; word < 4; word++)
    product[word] = product[word] << 2 | (word < 3 ? product[word + 1] >> 62 : 0);
  int negative = (int)(product[0] >> 63);
  if (negative) {
    quarters++;
    for (int word = 0; word < 4; word++) product[word] = ~product[word];
  }
  // The leading words as two doubles of 53 bits or fewer, each exact.
  int zeros = product[0] ? __builtin_clzll(product[0]) : 64 + __builtin_clzll(product[1] | 1);
  uint64_t lead[2];
  for (int i = 0; i < 2; i++) {
    int first = (zeros + 64 * i) / 64, shift = (zeros + 64 * i) % 64;
    uint64_t next = first + 1 < 4 ? product[first + 1] : 0;
    lead[i] = shift ? product[first] << shift | next >> (64 - shift) : product[first];
  }
  double upper = ldexp((double)(lead[0] >> 11), -53 - zeros);
  double lower = ldexp((double)(lead[0] << 53 >> 11 | lead[1] >> 22), -106 - zeros);
  // Times π/2, in two doubles.
  const double half_pi = 0x1.921fb54442d18p0, half_pi_low = 0x1.1a62633145c07p-54;
  double main = upper * half_pi;
  double rest = fma(upper, half_pi, -main) + (upper * half_pi_low + lower * half_pi);
  if ((negative != 0) != (x < 0)) {
    main = -main;
    rest = -rest;
  }
  *high = main;
  *low = rest;
  return x < 0 ? -quarters : quarters;
}

/// sin(quarters π/2 + high + low)
static double sine_of(int quarters, double high, double low) {
  double y = quarters & 1 ? cos(high) - low * sin(high) : sin(high) + low * cos(high);
  return quarters & 2 ? -y : y;
}

double diffeo_sin(double x) {
  if (!(fabs(x) > library_limit) || isinf(x)) return sin(x);
  double high, low;
  int quarters = reduce_quarters(x, &high, &low);
  return sine_of(quarters, high, low);
}

double diffeo_cos(double x) {
  if (!(fabs(x) > library_limit) || isinf(x)) return cos(x);
  double high, low;
  int quarters = reduce_quarters(x, &high, &low);
  return sine_of(quarters + 1, high, low);
}

double diffeo_tan(double x) {
  if (!(fabs(x) > library_limit) || isinf(x)) return tan(x);
  double high, low;
  int quarters = reduce_quarters(x, &high, &low);
  double y = tan(high);
  y += low * (1 + y * y);
  return quarters & 1 ? -1 / y : y;
}
