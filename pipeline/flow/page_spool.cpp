#include "pipeline/flow/page_spool.hpp"

#include <cstdio>
#include <system_error>

#include "pipeline/base/digest.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa::flow {
namespace {

constexpr std::uint64_t largest_page_file = 1ULL << 30;

template <typename T>
Result<void> save_checked(const std::filesystem::path& path, const T& value) {
  const auto body = wire::to_bytes(value);
  const auto digest = sha256(body);
  Bytes bytes(digest.bytes.begin(), digest.bytes.end());
  bytes.insert(bytes.end(), body.begin(), body.end());
  auto half = path;
  half += ".half";
  SOHOA_DO(write_file(half, bytes));
  std::error_code failed;
  std::filesystem::rename(half, path, failed);
  if (failed) return Error{ErrorCode::unavailable, path.string() + ": " + failed.message()};
  return {};
}

template <typename T>
Result<T> load_checked(const std::filesystem::path& path) {
  SOHOA_TRY(const auto bytes, read_file(path, largest_page_file));
  const ByteView view(bytes);
  if (view.size() < 32) return Error{ErrorCode::data_loss, path.string() + ": cut off"};
  SOHOA_TRY(const auto digest, Digest::from_bytes(view.first(32)));
  if (sha256(view.subspan(32)) != digest) return Error{ErrorCode::data_loss, path.string() + ": torn"};
  return wire::from_bytes<T>(view.subspan(32));
}

}  // namespace

PageSpool::PageSpool(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::error_code exists;  // failing to make it shows at the first save
  std::filesystem::create_directories(folder_, exists);
  if (auto inspection = load_checked<SourceInspection>(folder_ / "inspection")) inspection_ = *std::move(inspection);
}

std::filesystem::path PageSpool::path_of(PageNumber number) const {
  char name[32];
  std::snprintf(name, sizeof name, "page-%06u", number.value);
  return folder_ / name;
}

bool PageSpool::holds(PageNumber number) const {
  return load_checked<PageReply>(path_of(number)).has_value();
}

Result<void> PageSpool::save(PageNumber number, const PageReply& reply) const {
  return save_checked(path_of(number), reply);
}

Result<void> PageSpool::save_inspection(const SourceInspection& inspection) {
  SOHOA_DO(save_checked(folder_ / "inspection", inspection));
  inspection_ = inspection;
  return {};
}

Result<ReadPage> PageSpool::page(PageNumber number) {
  SOHOA_TRY(auto reply, load_checked<PageReply>(path_of(number)));
  if (auto* page = std::get_if<ReadPage>(&reply)) return std::move(*page);
  if (auto* error = std::get_if<Error>(&reply)) return std::move(*error);
  return Error{ErrorCode::data_loss, "spooled page is of another kind"};
}

void PageSpool::remove() const {
  std::error_code ignored;  // what stays is found and used, or removed, by the next run
  std::filesystem::remove_all(folder_, ignored);
}

}  // namespace sohoa::flow
