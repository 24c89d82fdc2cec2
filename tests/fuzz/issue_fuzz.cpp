// A page as a page worker gone bad might describe it: writing PDF, text, ALTO and JSON from it must neither crash nor
// run on, and whatever passes must be stored whole.
#include <cstdlib>

#include "pipeline/issue/issue_document.hpp"
#include "pipeline/model/page_messages.hpp"

namespace {

using namespace sohoa;

/// Takes anything and forgets it.
class Sink final : public ObjectStore {
 public:
  Result<std::unique_ptr<ObjectWriter>> create() override { return std::unique_ptr<ObjectWriter>(new Writer); }
  Result<UniqueFd> open(const Digest&) const override { return Error{ErrorCode::not_found, "forgotten"}; }
  bool contains(const Digest&) const override { return false; }

 private:
  class Writer final : public ObjectWriter {
   public:
    Result<void> write(ByteView piece) override {
      hash_.update(piece);
      size_ += piece.size();
      return {};
    }
    Result<StoredObject> commit() override { return StoredObject{hash_.finish(), size_}; }

   private:
    Sha256 hash_;
    std::uint64_t size_ = 0;
  };
};

class OnePage final : public PageSource {
 public:
  explicit OnePage(ReadPage page) : page_(std::move(page)) {}
  std::uint32_t page_count() const override { return 1; }
  Result<ReadPage> page(PageNumber) override { return page_; }

 private:
  ReadPage page_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto reply = wire::from_bytes<PageReply>(ByteView(data, size));
  if (!reply || !std::holds_alternative<ReadPage>(*reply)) return 0;
  OnePage pages(std::get<ReadPage>(std::move(*reply)));
  DigitizedDocument document;
  document.source.name = "scan.pdf";
  document.inspection.pages = 1;
  document.pages = &pages;
  Sink sink;
  const auto issued = issue_document(document, sink);
  if (!issued || issued->pdf.size == 0 || issued->alto.size == 0 || issued->json.size == 0) std::abort();
  return 0;
}
