#include "pipeline/pdf/find_signatures.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <new>
#include <set>

#include "pipeline/base/digest.hpp"
#include "pipeline/base/hasher.hpp"
#include "pipeline/pdf/byte_range.hpp"
#include "pipeline/pdf/changes.hpp"
#include "pipeline/pdf/coverage.hpp"
#include "pipeline/pdf/file.hpp"
#include "pipeline/pdf/second_reader.hpp"
#include "pipeline/pdf/structure.hpp"
#include "pipeline/pdf/text_string.hpp"

namespace sohoa::pdf {
namespace {

constexpr std::size_t most_signatures = 200;               // of one file: each is hashed over the whole of it
constexpr std::size_t most_validation = 64 * 1024 * 1024;  // bytes of certificates and revocation data
constexpr std::size_t most_findings = 200;
constexpr std::size_t most_later_revisions = 500;  // each is compared with the one before it

/// DER states its own length; what a signer reserved beyond it is zeros.
struct Contents {
  Bytes der;
  bool has_more = false;  ///< something else than zeros behind it
};

Contents contents_of(const std::string& string) {
  const auto bytes = as_bytes(string);
  if (std::all_of(bytes.begin(), bytes.end(), [](auto byte) { return byte == 0; })) return {};
  Contents contents{Bytes(bytes.begin(), bytes.end())};
  if (bytes.size() < 2 || bytes[0] != 0x30 || bytes[1] == 0x80) return contents;  // no DER: left to who reads it
  std::size_t header = 2, length = bytes[1];
  if (length > 0x80) {
    const std::size_t digits = length - 0x80;
    if (digits > 4 || bytes.size() < 2 + digits) return contents;
    length = 0;
    for (std::size_t i = 0; i < digits; ++i) length = length << 8 | bytes[2 + i];
    header += digits;
  }
  if (length > bytes.size() - header) return contents;
  const auto rest = bytes.subspan(header + length);
  contents.has_more = std::any_of(rest.begin(), rest.end(), [](auto byte) { return byte != 0; });
  contents.der.resize(header + length);
  return contents;
}

/// P of the DocMDP transform, 2 where it states none (ISO 32000-1, 12.8.2.2).
std::uint8_t certification_of(const View& view, const Object& signature) {
  for (const auto& item : view.get(signature, "Reference").elements()) {
    const Object& reference = view.resolved(item);
    if (!view.get(reference, "TransformMethod").is_name("DocMDP")) continue;
    const Object& p = view.get(view.get(reference, "TransformParams"), "P");
    return p.is_integer() && p.integer >= 1 && p.integer <= 3 ? static_cast<std::uint8_t>(p.integer) : std::uint8_t{2};
  }
  return 0;
}

void hash(ByteView file, PdfSignature& signature) {
  const auto& range = signature.byte_range;
  const auto over = [&](HashAlgorithm algorithm) {
    return Hasher(algorithm).update(file.subspan(range[0], range[1])).update(file.subspan(range[2], range[3])).finish();
  };
  signature.sha1 = over(HashAlgorithm::sha1);
  signature.sha256 = over(HashAlgorithm::sha256);
  signature.sha384 = over(HashAlgorithm::sha384);
  signature.sha512 = over(HashAlgorithm::sha512);
}

/// Pages by the widgets that they show.
std::map<const Object*, std::uint32_t> widget_pages(const View& view) {
  constexpr std::int64_t hidden = 1 << 1, no_view = 1 << 5;  // flags of an annotation (12.5.3)
  std::map<const Object*, std::uint32_t> places;
  std::uint32_t number = 0;
  for (const auto& page : pages_of(view).pages) {
    ++number;
    for (const auto& annotation : annotations_of(view, page)) {
      const Object& dictionary = *annotation.dictionary;
      const auto rect = view.get(dictionary, "Rect").elements();
      const auto edge = [&](std::size_t i) { return view.resolved(rect[i]).real; };
      const bool empty = rect.size() != 4 || edge(0) == edge(2) || edge(1) == edge(3);
      if (!empty && (view.get(dictionary, "F").integer & (hidden | no_view)) == 0) places.emplace(&dictionary, number);
    }
  }
  return places;
}

class Finder {
 public:
  explicit Finder(File& file) : file_(file), view_(file, file.revisions().size() - 1) {}

  Result<PdfSignatures> find() {
    found_.revisions = static_cast<std::uint32_t>(file_.revisions().size());
    SOHOA_DO(read_fields());
    note_unreachable();
    SOHOA_DO(read_validation());
    SOHOA_DO(read_changes());
    for (auto& finding : findings_of_coverage(file_)) note(std::move(finding));
    for (auto& finding : disagreements_with_qpdf(file_)) note(std::move(finding));
    for (const auto& flaw : file_.flaws()) note(flaw.what);  // with those that came up on the way
    std::stable_sort(found_.signatures.begin(), found_.signatures.end(),
                     [](const auto& a, const auto& b) { return a.revision < b.revision; });
    return std::move(found_);
  }

 private:
  void note(std::string finding) {
    if (found_.findings.size() < most_findings) found_.findings.push_back(std::move(finding));
  }

  Result<void> read_fields() {
    const auto fields = fields_of(view_);
    const auto pages = widget_pages(view_);
    if (!fields.is_whole) note("the form's fields run in a circle, or are too many");
    for (const auto& field : fields.fields) {
      if (field.type != "Sig" || field.value->is_null()) continue;
      if (!reached_.insert(field.value).second) {
        note("the signature of field " + field.name + " is another field's, too");
        continue;
      }
      if (found_.signatures.size() >= most_signatures) {
        return Error{ErrorCode::resource_exhausted, "more than " + std::to_string(most_signatures) + " signatures"};
      }
      found_.signatures.push_back(read(field, pages));
    }
    return {};
  }

  PdfSignature read(const Field& field, const std::map<const Object*, std::uint32_t>& pages) {
    const Object& dictionary = *field.value;
    PdfSignature signature;
    signature.field = field.name;
    signature.sub_filter = view_.get(dictionary, "SubFilter").text;
    signature.name = text_of(view_.get(dictionary, "Name"));
    signature.reason = text_of(view_.get(dictionary, "Reason"));
    signature.location = text_of(view_.get(dictionary, "Location"));
    signature.claimed_time = iso_date_of(view_.get(dictionary, "M"));
    auto contents = contents_of(view_.get(dictionary, "Contents").text);
    signature.contents = std::move(contents.der);
    if (contents.has_more) note("field " + field.name + ": Contents has more than one signature in it");
    const auto range = byte_range_of(view_, dictionary);
    signature.byte_range.assign(range.range.begin(), range.range.end());
    signature.byte_range_fault = range.fault;
    signature.revision = range.revision;
    signature.covers_file = range.covers_file;
    if (dictionary.twice_keyed) signature.byte_range_fault = "its dictionary has a key twice";
    if (signature.contents.empty()) signature.byte_range_fault = "its Contents is empty";
    // In an object stream Contents would have no place in the file.
    if (field.value_object == 0 || !stands_in_file(field.value_object)) {
      signature.byte_range_fault = "its dictionary is not an object of its own in the file";
    }
    signature.certification = certification_of(view_, dictionary);
    for (const auto& widget : field.widgets) {
      if (const auto page = pages.find(widget.dictionary); page != pages.end()) signature.page = page->second;
    }
    if (signature.byte_range_fault.empty()) hash(file_.bytes(), signature);
    return signature;
  }

  bool stands_in_file(std::uint32_t number) const {
    return file_.stated(number, view_.revision()).entry.kind == Entry::Kind::in_file;
  }

  /// A signature that no field shows is one that readers may or may not find.
  void note_unreachable() {
    for (const auto number : file_.numbers()) {
      const Object& object = view_.object(number, file_.stated(number, view_.revision()).generation());
      const bool is_signature = object.has("ByteRange") && object.has("Contents");
      if (is_signature && !reached_.contains(&object)) {
        note("object " + std::to_string(number) + " is a signature that no field of the form refers to");
      }
    }
  }

  /// Every change of a revision is one for all signatures before it.
  Result<void> read_changes() {
    const auto& revisions = file_.revisions();
    auto earliest = static_cast<std::uint32_t>(revisions.size());
    for (const auto& signature : found_.signatures) {
      if (signature.revision != 0) earliest = std::min(earliest, signature.revision);
    }
    if (revisions.size() - earliest > most_later_revisions) {
      return Error{ErrorCode::resource_exhausted, "too many revisions after a signature"};
    }
    std::vector<PdfChange> changes;
    for (std::size_t index = earliest; index < revisions.size(); ++index) {
      for (auto& change : changes_by(file_, index)) changes.push_back(std::move(change));
    }
    if (const auto end = revisions.back().end; end < file_.bytes().size()) {
      const auto count = std::to_string(file_.bytes().size() - end) + " bytes behind the end of the last revision";
      changes.push_back({PdfChange::Kind::other, static_cast<std::uint32_t>(revisions.size() + 1), 0, count});
    }
    for (auto& signature : found_.signatures) {
      if (signature.revision == 0) continue;
      std::copy_if(changes.begin(), changes.end(), std::back_inserter(signature.changes),
                   [&](const PdfChange& change) { return change.revision > signature.revision; });
    }
    return {};
  }

  Result<void> read_validation() {
    const Object& store = view_.get(view_.root(), "DSS");
    SOHOA_DO(read_streams(view_.get(store, "Certs"), found_.validation.certificates));
    SOHOA_DO(read_streams(view_.get(store, "OCSPs"), found_.validation.ocsp_responses));
    SOHOA_DO(read_streams(view_.get(store, "CRLs"), found_.validation.crls));
    Result<void> result;
    each_entry(view_.get(store, "VRI"), [&](const std::string&, const Object& item) {
      const Object& of_one = view_.resolved(item);
      for (const auto& [key, list] :
           {std::pair("Cert", &found_.validation.certificates), std::pair("OCSP", &found_.validation.ocsp_responses),
            std::pair("CRL", &found_.validation.crls)}) {
        if (result) result = read_streams(view_.get(of_one, key), *list);
      }
    });
    return result;
  }

  Result<void> read_streams(const Object& array, std::vector<Bytes>& list) {
    for (const auto& item : array.elements()) {
      const Object& stream = view_.resolved(item);
      if (!stream.is_stream() || !validation_.insert(&stream).second) continue;
      auto bytes = view_.unpacked(stream, most_validation - validation_bytes_);
      if (!bytes && bytes.error().code == ErrorCode::resource_exhausted) return bytes.error();
      if (!bytes) {
        note("validation data: " + bytes.error().message);
        continue;
      }
      validation_bytes_ += bytes->size();
      if (different_.emplace(&list, sha256(*bytes)).second) list.push_back(*std::move(bytes));
    }
    return {};
  }

  File& file_;
  const View view_;
  PdfSignatures found_;
  std::set<const Object*> reached_, validation_;
  std::set<std::pair<const void*, Digest>> different_;  ///< of each list, each once
  std::size_t validation_bytes_ = 0;
};

}  // namespace

Result<PdfSignatures> find_signatures(ByteView bytes) {
  SOHOA_TRY(auto file, File::open(bytes));
  if (file.is_encrypted()) return Error{ErrorCode::unsupported, "the PDF is encrypted"};
  return Finder(file).find();
}

}  // namespace sohoa::pdf
