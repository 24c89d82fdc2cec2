// AVX-512 with VNNI: one instruction multiplies 4 inputs for 16 outputs. It wants one side unsigned, so activations are
// stored biased by 128, which the packed bias takes back.

#include "ocr/lstm/kernels.hpp"

#if defined(__AVX512VNNI__) && defined(__AVX512VL__) && defined(__AVX512DQ__)

#include <immintrin.h>

#include "ocr/lstm/kernel_template.hpp"

namespace sohoa::ocr::lstm {
namespace {

struct Avx512 {
  using Int = __m512i;
  using Float = __m512;
  static constexpr std::string_view name = "avx512-vnni";
  static constexpr int lanes = 16;
  static constexpr int value_bytes = 1;
  static constexpr int weight_bytes = 1;
  static constexpr int lstm_lines = 6;  // 24 sums, 4 weights and an input of 32 registers

  static Int load(const void* from) { return _mm512_load_si512(from); }
  static Int broadcast(const void* from) {
    std::int32_t four;
    __builtin_memcpy(&four, from, sizeof four);
    return _mm512_set1_epi32(four);
  }
  static Int dot(Int sum, Int values, Int weights) { return _mm512_dpbusd_epi32(sum, values, weights); }
  static Int max_int(Int a, Int b) { return _mm512_max_epi32(a, b); }

  static Float set(float x) { return _mm512_set1_ps(x); }
  static Float load_float(const float* from) { return _mm512_load_ps(from); }
  static void store_float(float* to, Float x) { _mm512_store_ps(to, x); }
  static Float to_float(Int x) { return _mm512_cvtepi32_ps(x); }
  static Int truncated(Float x) { return _mm512_cvttps_epi32(x); }
  static Float add(Float a, Float b) { return _mm512_add_ps(a, b); }
  static Float sub(Float a, Float b) { return _mm512_sub_ps(a, b); }
  static Float mul(Float a, Float b) { return _mm512_mul_ps(a, b); }
  static Float multiply_add(Float a, Float b, Float c) { return _mm512_fmadd_ps(a, b, c); }
  static Float min(Float a, Float b) { return _mm512_min_ps(a, b); }
  static Float max(Float a, Float b) { return _mm512_max_ps(a, b); }
  static Float abs(Float x) { return _mm512_abs_ps(x); }
  static Float with_sign_of(Float x, Float sign) { return _mm512_or_ps(x, _mm512_and_ps(sign, set(-0.0F))); }
  static Float where_negative(Float x, Float negative, Float positive) {
    return _mm512_mask_blend_ps(_mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_LT_OQ), positive, negative);
  }
  static Float where_at_least(Float x, Float limit, Float then, Float otherwise) {
    return _mm512_mask_blend_ps(_mm512_cmp_ps_mask(x, limit, _CMP_GE_OQ), otherwise, then);
  }
  static void gather(const float* entries, Int index, Float& value, Float& step) {
    value = _mm512_i32gather_ps(index, entries, 8);
    step = _mm512_i32gather_ps(index, entries + 1, 8);
  }
  static float largest_of(Float x) { return _mm512_reduce_max_ps(x); }
  static float sum_of(Float x) { return _mm512_reduce_add_ps(x); }

  static Float within_exponents(Float x) { return x; }  // the scaling below saturates
  static Float nearest_whole(Float x) { return _mm512_roundscale_ps(x, 0); }
  static Float times_power_of_two(Float y, Float whole) { return _mm512_scalef_ps(y, whole); }
  /// 14 bits of the instruction, doubled by a step of Newton's. Of finite numbers.
  static Float reciprocal(Float x) {
    const auto y = _mm512_rcp14_ps(x);
    return _mm512_mul_ps(y, _mm512_fnmadd_ps(x, y, set(2)));
  }

  static void store_values(Int x, void* to) {
    _mm_store_si128(static_cast<__m128i*>(to), _mm512_cvtepi32_epi8(_mm512_add_epi32(x, _mm512_set1_epi32(128))));
  }
  static void store(const std::int8_t* values, std::int32_t count, void* to) {
    auto* const out = static_cast<std::uint8_t*>(to);
    for (std::int32_t i = 0; i < count; ++i) out[i] = static_cast<std::uint8_t>(values[i] + 128);
  }
};

}  // namespace

const Kernels* avx512_kernels(Activation activation) {
  static const bool here = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
                           __builtin_cpu_supports("avx512vnni");
  return here ? &kernels_of<Avx512>(activation) : nullptr;
}

}  // namespace sohoa::ocr::lstm

#else

namespace sohoa::ocr::lstm {
const Kernels* avx512_kernels(Activation) {
  return nullptr;
}
}  // namespace sohoa::ocr::lstm

#endif
