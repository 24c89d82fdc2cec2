#pragma once

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "pipeline/base/error.hpp"

namespace sohoa {

/// A value or the Error that kept it from being made; std::expected's member names (C++20 has none).
template <typename T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] T& value() & { return *get(); }
  [[nodiscard]] const T& value() const& { return *get(); }
  [[nodiscard]] T&& value() && { return std::move(*get()); }
  T& operator*() & { return *get(); }
  const T& operator*() const& { return *get(); }
  T&& operator*() && { return std::move(*get()); }
  T* operator->() { return get(); }
  const T* operator->() const { return get(); }

  [[nodiscard]] const Error& error() const& {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }
  [[nodiscard]] Error&& error() && {
    assert(!has_value());
    return std::move(*std::get_if<1>(&state_));
  }

  [[nodiscard]] T value_or(T fallback) && { return has_value() ? std::move(*get()) : std::move(fallback); }

 private:
  T* get() {
    assert(has_value());
    return std::get_if<0>(&state_);
  }
  const T* get() const {
    assert(has_value());
    return std::get_if<0>(&state_);
  }

  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const { return !error_.has_value(); }
  explicit operator bool() const { return has_value(); }

  [[nodiscard]] const Error& error() const& {
    assert(!has_value());
    return *error_;
  }
  [[nodiscard]] Error&& error() && {
    assert(!has_value());
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace sohoa

#define SOHOA_CONCAT_(a, b) a##b
#define SOHOA_CONCAT(a, b) SOHOA_CONCAT_(a, b)
#define SOHOA_TRY_(temporary, declaration, ...)        \
  auto temporary = (__VA_ARGS__);                      \
  if (!temporary) return std::move(temporary).error(); \
  declaration = *std::move(temporary)

/// SOHOA_TRY(auto page, decode_page(...)): binds the value, or returns the Error from the enclosing function.
#define SOHOA_TRY(declaration, ...) SOHOA_TRY_(SOHOA_CONCAT(sohoa_result_, __LINE__), declaration, __VA_ARGS__)

/// SOHOA_DO(write(...)): goes on, or returns the Error; for Result<void>, or where the value is not wanted.
#define SOHOA_DO(...)                                                                       \
  do {                                                                                      \
    if (auto sohoa_done = (__VA_ARGS__); !sohoa_done) return std::move(sohoa_done).error(); \
  } while (false)
