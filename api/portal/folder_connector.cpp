#include "api/portal/connector.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa::api::portal {
namespace {

namespace fs = std::filesystem;

class FolderConnector final : public Connector {
 public:
  FolderConnector(fs::path folder, Archive& archive) : folder_(std::move(folder)), archive_(archive) {}

  Result<void> send(const Message& message) override {
    std::error_code failed;
    fs::create_directories(folder_, failed);
    if (failed) return Error{ErrorCode::unavailable, folder_.string() + ": " + failed.message()};
    for (const auto& id : message.documents) SOHOA_DO(copy(id));
    // The payload last: where it is, everything it names is too.
    return write(message.dossier.value + ".json", [&](int out) { return write_all(out, as_bytes(message.json)); });
  }

 private:
  Result<void> copy(const DocumentId& id) {
    SOHOA_TRY(const auto record, archive_.document(id));
    SOHOA_TRY(const auto in, archive_.objects().open(record.document.pdf.digest));
    return write(id.value + ".pdf", [&](int out) { return copy_bytes(in.get(), record.document.pdf.size, out); });
  }

  /// Whole or not at all.
  template <typename Fill>
  Result<void> write(const std::string& name, Fill&& fill) {
    const auto temporary = folder_ / (name + ".part");
    {
      SOHOA_TRY(const auto out, open_anew(temporary));
      if (const auto filled = fill(out.get()); !filled) return filled.error().within(temporary.string());
    }
    std::error_code failed;
    fs::rename(temporary, folder_ / name, failed);
    if (failed) return Error{ErrorCode::unavailable, name + ": " + failed.message()};
    return {};
  }

  const fs::path folder_;
  Archive& archive_;
};

}  // namespace

std::unique_ptr<Connector> folder_connector(fs::path folder, Archive& archive) {
  return std::make_unique<FolderConnector>(std::move(folder), archive);
}

}  // namespace sohoa::api::portal
