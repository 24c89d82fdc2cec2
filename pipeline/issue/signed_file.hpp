#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/digest.hpp"
#include "pipeline/issue/page_marks.hpp"
#include "pipeline/model/document.hpp"
#include "pipeline/ports/object_store.hpp"
#include "pipeline/ports/signer.hpp"

namespace sohoa::issue {

/// How a signature stands in the file.
struct SignatureField {
  std::string name;  ///< of the field, ASCII, unique in the file
  std::string reason;
  std::string location;
  WallTime at{};                       ///< the time that the signer claims
  PointRect place;                     ///< on the page; without extent where it is not shown
  std::optional<pdf::Ref> appearance;  ///< what is shown there
  std::uint32_t page = 1;              ///< on which
};

/// A PDF of ours that is marked and signed by revisions at its end (PAdES, ETSI EN 319 142-1): each signature covers
/// all that is there when it is made, and stays valid when others follow. Memory holds what is added. One thread.
class SignedFile {
 public:
  /// `fd` stays the caller's and outlives this. Reads the file once. Errors: data_loss (no PDF of ours), unavailable.
  static Result<SignedFile> open(int fd);

  [[nodiscard]] pdf::RevisedFile& pdf() { return file_; }

  /// Signs. Returns why the signature bears no timestamp, where one was wanted. Errors: those of the signer; the file
  /// must then be given up.
  Result<std::optional<Error>> sign(const SignatureField& field, Signer& signer, bool timestamp);
  /// Puts what the check of all signatures needs into the file (DSS), so that they become B-LT.
  Result<void> add_validation(ValidationSource& source);
  /// A document timestamp over everything (B-LTA; for signatures without a timestamp of their own it is theirs).
  Result<void> add_timestamp(const std::string& field, TimestampAuthority& authority);
  /// The whole file, durable.
  Result<StoredObject> store(ObjectStore& objects);

 private:
  explicit SignedFile(int fd, pdf::RevisedFile file) : fd_(fd), file_(std::move(file)) {}

  struct Hole {
    std::uint64_t range = 0;     ///< offset of the ByteRange's array
    std::uint64_t contents = 0;  ///< of '<'
    std::uint64_t size = 0;      ///< with '<' and '>'
  };
  Result<Hole> add_field(const SignatureField& field, const std::string& entries, std::size_t room);
  Digest close_range(const Hole& hole);
  Result<void> fill(const Hole& hole, ByteView der);

  int fd_;
  pdf::RevisedFile file_;
  Sha256 base_hash_;           ///< of the base
  std::vector<Bytes> signed_;  ///< the signatures' CMS, timestamps of documents among them
};

}  // namespace sohoa::issue
