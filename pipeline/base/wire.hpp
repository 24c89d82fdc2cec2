#pragma once

// The byte form of model values on their way between processes and in work files.
// Little endian; integers and floats at their width, strings and vectors as u32 count + elements, optionals and
// variants as a one-byte tag. A type takes part by listing its members: `static constexpr auto fields = [](auto& self)
// { return std::tie(...); };` and an enum by naming its last value in `enum_last`. Decoding trusts nothing: every count
// is held against the bytes that are left, every enum against its range, every float must be finite.

#include <array>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "pipeline/base/bytes.hpp"
#include "pipeline/base/result.hpp"

namespace sohoa::wire {

static_assert(std::endian::native == std::endian::little, "the byte form is little endian");

/// Specialise for every enum that travels: its last valid value (values are 0..last).
template <typename E>
inline constexpr int enum_last = -1;

template <typename T>
concept HasFields = requires(T& value) { T::fields(value); };

class Writer {
 public:
  void raw(const void* data, std::size_t size) {
    const auto* first = static_cast<const std::uint8_t*>(data);
    bytes_.insert(bytes_.end(), first, first + size);
  }
  [[nodiscard]] Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

class Reader {
 public:
  explicit Reader(ByteView bytes) : rest_(bytes) {}

  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }
  void fail() { ok_ = false; }

  void raw(void* data, std::size_t size) {
    if (!ok_ || size > rest_.size()) return fail();
    if (size > 0) std::memcpy(data, rest_.data(), size);
    rest_ = rest_.subspan(size);
  }
  /// A count of elements that take at least `element_size` bytes each.
  std::uint32_t count(std::size_t element_size) {
    std::uint32_t value = 0;
    raw(&value, sizeof value);
    if (ok_ && value > rest_.size() / element_size) fail();
    return ok_ ? value : 0;
  }

 private:
  ByteView rest_;
  bool ok_ = true;
};

template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};
template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <typename T>
struct IsVariant : std::false_type {};
template <typename... T>
struct IsVariant<std::variant<T...>> : std::true_type {};
template <typename T>
struct IsByteArray : std::false_type {};
template <std::size_t n>
struct IsByteArray<std::array<std::uint8_t, n>> : std::true_type {};

template <typename T>
void encode(Writer& out, const T& value) {
  if constexpr (std::is_enum_v<T>) {
    static_assert(enum_last<T> >= 0, "name the enum's last value in wire::enum_last");
    const auto byte = static_cast<std::uint8_t>(value);
    out.raw(&byte, 1);
  } else if constexpr (std::is_arithmetic_v<T>) {
    out.raw(&value, sizeof value);
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, Bytes>) {
    encode(out, static_cast<std::uint32_t>(value.size()));
    out.raw(value.data(), value.size());
  } else if constexpr (IsByteArray<T>::value) {
    out.raw(value.data(), value.size());
  } else if constexpr (IsVector<T>::value) {
    encode(out, static_cast<std::uint32_t>(value.size()));
    for (const auto& element : value) encode(out, element);
  } else if constexpr (IsOptional<T>::value) {
    encode(out, static_cast<std::uint8_t>(value.has_value() ? 1 : 0));
    if (value) encode(out, *value);
  } else if constexpr (IsVariant<T>::value) {
    encode(out, static_cast<std::uint8_t>(value.index()));
    std::visit([&](const auto& alternative) { encode(out, alternative); }, value);
  } else {
    static_assert(HasFields<const T>, "list the members in `fields`");
    std::apply([&](const auto&... member) { (encode(out, member), ...); }, T::fields(value));
  }
}

template <typename T>
void decode(Reader& in, T& value);

template <std::size_t index, typename... T>
void decode_alternative(Reader& in, std::size_t wanted, std::variant<T...>& value) {
  if constexpr (index < sizeof...(T)) {
    if (wanted == index) return decode(in, value.template emplace<index>());
    decode_alternative<index + 1>(in, wanted, value);
  } else {
    in.fail();
  }
}

template <typename T>
void decode(Reader& in, T& value) {
  if (!in.ok()) return;
  if constexpr (std::is_enum_v<T>) {
    static_assert(enum_last<T> >= 0, "name the enum's last value in wire::enum_last");
    std::uint8_t byte = 0;
    in.raw(&byte, 1);
    if (byte > enum_last<T>) return in.fail();
    value = static_cast<T>(byte);
  } else if constexpr (std::is_same_v<T, bool>) {
    std::uint8_t byte = 0;
    in.raw(&byte, 1);
    if (byte > 1) return in.fail();
    value = byte == 1;
  } else if constexpr (std::is_arithmetic_v<T>) {
    in.raw(&value, sizeof value);
    if constexpr (std::is_floating_point_v<T>) {
      if (!std::isfinite(value)) {
        value = 0;
        in.fail();
      }
    }
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, Bytes>) {
    value.resize(in.count(1));
    in.raw(value.data(), value.size());
  } else if constexpr (IsByteArray<T>::value) {
    in.raw(value.data(), value.size());
  } else if constexpr (IsVector<T>::value) {
    const auto count = in.count(1);
    value.clear();
    for (std::uint32_t i = 0; i < count && in.ok(); ++i) decode(in, value.emplace_back());
  } else if constexpr (IsOptional<T>::value) {
    bool present = false;
    decode(in, present);
    if (in.ok() && present) decode(in, value.emplace());
  } else if constexpr (IsVariant<T>::value) {
    std::uint8_t index = 0;
    decode(in, index);
    decode_alternative<0>(in, index, value);
  } else {
    static_assert(HasFields<T>, "list the members in `fields`");
    std::apply([&](auto&... member) { (decode(in, member), ...); }, T::fields(value));
  }
}

template <typename T>
[[nodiscard]] Bytes to_bytes(const T& value) {
  Writer out;
  encode(out, value);
  return out.take();
}

/// Errors: invalid_input where the bytes are not exactly one T.
template <typename T>
[[nodiscard]] Result<T> from_bytes(ByteView bytes) {
  Reader in(bytes);
  T value{};
  decode(in, value);
  if (!in.ok()) return Error{ErrorCode::invalid_input, "message is cut off or out of range"};
  if (in.left() != 0) return Error{ErrorCode::invalid_input, "message has bytes left over"};
  return value;
}

template <>
inline constexpr int enum_last<ErrorCode> = static_cast<int>(ErrorCode::internal);

}  // namespace sohoa::wire
