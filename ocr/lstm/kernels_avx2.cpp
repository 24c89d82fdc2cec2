// AVX2 with FMA: activations and weights as int16, one instruction multiplies 2 inputs for 8 outputs. 8-bit products
// (vpmaddubsw) would need the signs split off, which costs as much as the wider numbers do.

#include "ocr/lstm/kernels.hpp"

#if defined(__AVX2__) && defined(__FMA__)

#include <immintrin.h>

#include "ocr/lstm/kernel_template.hpp"

namespace sohoa::ocr::lstm {
namespace {

struct Avx2 {
  using Int = __m256i;
  using Float = __m256;
  static constexpr std::string_view name = "avx2";
  static constexpr int lanes = 8;
  static constexpr int value_bytes = 2;
  static constexpr int weight_bytes = 2;
  static constexpr int lstm_lines = 2;  // 8 sums, 4 weights, an input and a product of 16 registers

  static Int load(const void* from) { return _mm256_load_si256(static_cast<const __m256i*>(from)); }
  static Int broadcast(const void* from) {
    std::int32_t two;
    __builtin_memcpy(&two, from, sizeof two);
    return _mm256_set1_epi32(two);
  }
  static Int dot(Int sum, Int values, Int weights) { return _mm256_add_epi32(sum, _mm256_madd_epi16(values, weights)); }
  static Int max_int(Int a, Int b) { return _mm256_max_epi32(a, b); }

  static Float set(float x) { return _mm256_set1_ps(x); }
  static Float load_float(const float* from) { return _mm256_load_ps(from); }
  static void store_float(float* to, Float x) { _mm256_store_ps(to, x); }
  static Float to_float(Int x) { return _mm256_cvtepi32_ps(x); }
  static Int truncated(Float x) { return _mm256_cvttps_epi32(x); }
  static Float add(Float a, Float b) { return _mm256_add_ps(a, b); }
  static Float sub(Float a, Float b) { return _mm256_sub_ps(a, b); }
  static Float mul(Float a, Float b) { return _mm256_mul_ps(a, b); }
  static Float multiply_add(Float a, Float b, Float c) { return _mm256_fmadd_ps(a, b, c); }
  static Float min(Float a, Float b) { return _mm256_min_ps(a, b); }
  static Float max(Float a, Float b) { return _mm256_max_ps(a, b); }
  static Float abs(Float x) { return _mm256_andnot_ps(set(-0.0F), x); }
  static Float with_sign_of(Float x, Float sign) { return _mm256_or_ps(x, _mm256_and_ps(sign, set(-0.0F))); }
  static Float where_negative(Float x, Float negative, Float positive) {
    return _mm256_blendv_ps(positive, negative, _mm256_cmp_ps(x, _mm256_setzero_ps(), _CMP_LT_OQ));
  }
  static Float where_at_least(Float x, Float limit, Float then, Float otherwise) {
    return _mm256_blendv_ps(otherwise, then, _mm256_cmp_ps(x, limit, _CMP_GE_OQ));
  }
  static void gather(const float* entries, Int index, Float& value, Float& step) {
    value = _mm256_i32gather_ps(entries, index, 8);
    step = _mm256_i32gather_ps(entries + 1, index, 8);
  }
  static float largest_of(Float x) {
    auto half = _mm_max_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
    half = _mm_max_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_max_ss(half, _mm_shuffle_ps(half, half, 1)));
  }
  static float sum_of(Float x) {
    auto half = _mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
    half = _mm_add_ps(half, _mm_movehl_ps(half, half));
    return _mm_cvtss_f32(_mm_add_ss(half, _mm_shuffle_ps(half, half, 1)));
  }

  static Float within_exponents(Float x) { return max(x, set(-126)); }
  static Float nearest_whole(Float x) { return _mm256_round_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
  /// y is near 1, so `whole` can be added to its exponent.
  static Float times_power_of_two(Float y, Float whole) {
    const auto exponent = _mm256_slli_epi32(_mm256_cvtps_epi32(whole), 23);
    return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(y), exponent));
  }
  static Float reciprocal(Float x) { return _mm256_div_ps(set(1), x); }

  static void store_values(Int x, void* to) {
    _mm_store_si128(static_cast<__m128i*>(to),
                    _mm_packs_epi32(_mm256_castsi256_si128(x), _mm256_extracti128_si256(x, 1)));
  }
  static void store(const std::int8_t* values, std::int32_t count, void* to) {
    auto* const out = static_cast<std::int16_t*>(to);
    for (std::int32_t i = 0; i < count; ++i) out[i] = values[i];
  }
};

}  // namespace

const Kernels* avx2_kernels(Activation activation) {
  static const bool here = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return here ? &kernels_of<Avx2>(activation) : nullptr;
}

}  // namespace sohoa::ocr::lstm

#else

namespace sohoa::ocr::lstm {
const Kernels* avx2_kernels(Activation) {
  return nullptr;
}
}  // namespace sohoa::ocr::lstm

#endif
