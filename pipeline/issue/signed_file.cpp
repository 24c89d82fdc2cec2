// One revision a signature (ISO 32000-1, 12.8): field and widget in one dictionary, the signature dictionary with a
// hole for the CMS. ByteRange covers all but the hole, so its numbers are known before anything is hashed; the base is
// hashed once, however many signatures follow.

#include "pipeline/issue/signed_file.hpp"

#include <algorithm>
#include <charconv>

#include "pipeline/base/file.hpp"

namespace sohoa::issue {
namespace {

using pdf::Dictionary;
using pdf::Ref;

constexpr std::size_t range_width = 64;    // of "[0 n n n]", padded with blanks
constexpr int print_and_locked = 4 + 128;  // annotation flags: ISO 19005-2, 6.3.2 wants Print

std::string hex_hole(std::size_t room) {
  return '<' + std::string(2 * room, '0') + '>';
}

/// PDF/A-1 wants an appearance of every field, PDF/A-2 of those that have an extent (6.9; 6.3.3).
Dictionary nothing_shown() {
  Dictionary form;
  return form.add("Type", "/XObject").add("Subtype", "/Form").add("BBox", "[0 0 1 1]").add("Resources", "<<>>");
}

std::string appended(std::optional<std::string_view> array, Ref ref) {
  const std::string before = array ? std::string(pdf::elements_of(*array)) : std::string();
  return '[' + before + (before.empty() ? "" : " ") + pdf::to_string(ref) + ']';
}

/// The catalog entry `key`, an object of its own that is a dictionary: what it holds, or a fresh one, which the catalog
/// is made to name.
struct Owned {
  Ref ref;
  pdf::WrittenDictionary dictionary;
};
Result<Owned> owned(const pdf::RevisedFile& file, pdf::Revision& revision, pdf::WrittenDictionary& catalog,
                    std::string_view key) {
  Owned it;
  if (const auto value = catalog.find(key)) {
    const auto ref = pdf::ref_of(*value);
    if (!ref) return Error{ErrorCode::data_loss, "PDF: its /" + std::string(key) + " is no object of its own"};
    it.ref = *ref;
    SOHOA_TRY(it.dictionary, file.dictionary(*ref));
    return it;
  }
  it.ref = revision.reserve();
  catalog.set(key, pdf::to_string(it.ref));
  return it;
}

Result<void> add_streams(pdf::Revision& revision, pdf::WrittenDictionary& store, std::string_view key,
                         const std::vector<Bytes>& all) {
  if (all.empty()) return {};
  std::string refs(pdf::elements_of(store.find(key).value_or("[]")));
  for (const auto& one : all) {
    const Ref ref = revision.reserve();
    SOHOA_DO(revision.compressed_stream(ref, {}, one));
    refs += (refs.empty() ? "" : " ") + pdf::to_string(ref);
  }
  store.set(key, '[' + refs + ']');
  return {};
}

void add_new(std::vector<Bytes>& all, std::vector<Bytes> more) {
  for (auto& one : more) {
    if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(std::move(one));
  }
}

/// What a hole was filled with: as much as the DER's own length says.
Bytes der_in(std::string_view hex) {
  Bytes bytes;
  for (std::size_t at = 1; at + 2 < hex.size(); at += 2) {
    unsigned value = 0;
    std::from_chars(hex.data() + at, hex.data() + at + 2, value, 16);
    bytes.push_back(static_cast<std::uint8_t>(value));
  }
  if (bytes.size() < 2) return bytes;
  std::size_t length = bytes[1], head = 2;
  if (length > 0x80) {
    head += length - 0x80;
    length = 0;
    for (std::size_t i = 2; i < std::min(head, bytes.size()); ++i) length = length << 8 | bytes[i];
  }
  bytes.resize(std::min(bytes.size(), head + length));
  return bytes;
}

/// The CMS of all signatures that are there already.
Result<std::vector<Bytes>> signatures_in(const pdf::RevisedFile& file) {
  std::vector<Bytes> all;
  SOHOA_TRY(const auto root, file.catalog());
  SOHOA_TRY(const auto catalog, file.dictionary(root));
  const auto form_ref = pdf::ref_of(catalog.find("AcroForm").value_or(""));
  if (!form_ref) return all;
  SOHOA_TRY(const auto form, file.dictionary(*form_ref));
  for (const auto& field : pdf::refs_of(form.find("Fields").value_or("[]"))) {
    SOHOA_TRY(const auto widget, file.dictionary(field));
    const auto value_ref = pdf::ref_of(widget.find("V").value_or(""));
    if (!value_ref) continue;
    SOHOA_TRY(const auto value, file.dictionary(*value_ref));
    all.push_back(der_in(value.find("Contents").value_or("<>")));
  }
  return all;
}

}  // namespace

Result<SignedFile> SignedFile::open(int fd) {
  SOHOA_TRY(auto file, pdf::RevisedFile::open(fd));
  SignedFile made(fd, std::move(file));
  SOHOA_TRY(made.signed_, signatures_in(made.file_));
  SOHOA_DO(read_pieces(fd, 0, made.file_.base_size(), [&](ByteView piece) -> Result<void> {
    made.base_hash_.update(piece);
    return {};
  }));
  return made;
}

/// Adds the revision with the field; the signature's value is still a hole.
Result<SignedFile::Hole> SignedFile::add_field(const SignatureField& field, const std::string& entries,
                                               std::size_t room) {
  SOHOA_TRY(const auto root, file_.catalog());
  SOHOA_TRY(auto catalog, file_.dictionary(root));
  SOHOA_TRY(const auto page_ref, file_.page(field.page));
  SOHOA_TRY(auto page, file_.dictionary(page_ref));
  pdf::Revision revision(file_);
  const Ref value = revision.reserve(), widget = revision.reserve();

  const std::string range_start = entries + "/ByteRange ";
  const std::string contents_start = std::string(range_width, ' ') + "/Contents ";
  const auto hole = hex_hole(room);
  SOHOA_DO(revision.object(value, "<<" + range_start + contents_start + hole + ">>"));
  Hole made;
  made.range = revision.place_of_body(value) + 2 + range_start.size();
  made.contents = made.range + contents_start.size();
  made.size = hole.size();

  const auto& place = field.place;
  Dictionary annotation;
  annotation.add("Type", "/Annot").add("Subtype", "/Widget").add("FT", "/Sig");
  annotation.add("T", pdf::text_string(field.name)).add("V", value).add("P", page_ref).add("F", print_and_locked);
  annotation.add("Rect", '[' + pdf::number(place.x) + ' ' + pdf::number(place.y) + ' ' + pdf::number(place.right()) +
                             ' ' + pdf::number(place.top()) + ']');
  const Ref look = field.appearance ? *field.appearance : revision.reserve();
  if (!field.appearance) SOHOA_DO(revision.stream(look, nothing_shown(), {}));
  annotation.add("AP", Dictionary().add("N", look).text());
  SOHOA_DO(revision.object(widget, annotation.text()));

  SOHOA_TRY(const auto annotations, file_.resolved(page.find("Annots").value_or("[]")));
  page.set("Annots", appended(annotations, widget));
  SOHOA_DO(revision.object(page_ref, page.text()));
  const bool has_form = catalog.find("AcroForm").has_value();
  SOHOA_TRY(auto form, owned(file_, revision, catalog, "AcroForm"));
  form.dictionary.set("Fields", appended(form.dictionary.find("Fields"), widget));
  form.dictionary.set("SigFlags", "3");  // there are signatures; only append
  SOHOA_DO(revision.object(form.ref, form.dictionary.text()));
  if (!has_form) SOHOA_DO(revision.object(root, catalog.text()));
  file_.add(std::move(revision));
  return made;
}

/// Fills in the ByteRange. Returns the digest of what it covers.
Digest SignedFile::close_range(const Hole& hole) {
  const auto after = hole.contents + hole.size;
  auto range = "[0 " + std::to_string(hole.contents) + ' ' + std::to_string(after) + ' ' +
               std::to_string(file_.size() - after) + ']';
  file_.overwrite(hole.range, range);
  auto hash = base_hash_.copy();
  const std::string_view added = file_.added();
  hash.update(as_bytes(added.substr(0, hole.contents - file_.base_size())));
  return hash.update(as_bytes(added.substr(after - file_.base_size()))).finish();
}

Result<void> SignedFile::fill(const Hole& hole, ByteView der) {
  const auto digits = to_hex(der);
  if (digits.size() > hole.size - 2) {
    return Error{ErrorCode::internal, "a signature of " + std::to_string(der.size()) + " bytes, " +
                                          std::to_string(hole.size / 2 - 1) + " were foreseen"};
  }
  file_.overwrite(hole.contents + 1, digits);
  signed_.emplace_back(der.begin(), der.end());
  return {};
}

Result<std::optional<Error>> SignedFile::sign(const SignatureField& field, Signer& signer, bool timestamp) {
  Dictionary entries;
  entries.add("Type", "/Sig").add("Filter", "/Adobe.PPKLite").add("SubFilter", "/ETSI.CAdES.detached");
  entries.add("Name", pdf::text_string(signer.certificate().subject)).add("M", pdf::date(field.at));
  if (!field.reason.empty()) entries.add("Reason", pdf::text_string(field.reason));
  if (!field.location.empty()) entries.add("Location", pdf::text_string(field.location));
  auto text = entries.text();
  text = text.substr(2, text.size() - 4);
  SOHOA_TRY(const auto hole, add_field(field, text, signer.room()));
  SOHOA_TRY(const auto signature, signer.sign(close_range(hole), timestamp));
  SOHOA_DO(fill(hole, signature.der));
  return signature.timestamp_error;
}

Result<void> SignedFile::add_validation(ValidationSource& source) {
  ValidationData all;
  for (const auto& cms : signed_) {
    SOHOA_TRY(auto one, source.collect(cms));
    add_new(all.certificates, std::move(one.certificates));
    add_new(all.ocsp_responses, std::move(one.ocsp_responses));
    add_new(all.crls, std::move(one.crls));
  }
  SOHOA_TRY(const auto root, file_.catalog());
  SOHOA_TRY(auto catalog, file_.dictionary(root));
  pdf::Revision revision(file_);
  SOHOA_TRY(auto store, owned(file_, revision, catalog, "DSS"));
  store.dictionary.set("Type", "/DSS");
  SOHOA_DO(add_streams(revision, store.dictionary, "Certs", all.certificates));
  SOHOA_DO(add_streams(revision, store.dictionary, "OCSPs", all.ocsp_responses));
  SOHOA_DO(add_streams(revision, store.dictionary, "CRLs", all.crls));
  catalog.set("Extensions", "<</ESIC <</BaseVersion /1.7/ExtensionLevel 1>>>>");
  SOHOA_DO(revision.object(store.ref, store.dictionary.text()));
  SOHOA_DO(revision.object(root, catalog.text()));
  file_.add(std::move(revision));
  return {};
}

Result<void> SignedFile::add_timestamp(const std::string& field, TimestampAuthority& authority) {
  const std::string entries = "/Type /DocTimeStamp/Filter /Adobe.PPKLite/SubFilter /ETSI.RFC3161";
  SignatureField place;
  place.name = field;
  SOHOA_TRY(const auto hole, add_field(place, entries, authority.room()));
  SOHOA_TRY(const auto token, authority.timestamp(close_range(hole)));
  return fill(hole, token);
}

Result<StoredObject> SignedFile::store(ObjectStore& objects) {
  SOHOA_TRY(const auto writer, objects.create());
  SOHOA_DO(read_pieces(fd_, 0, file_.base_size(), [&](ByteView piece) { return writer->write(piece); }));
  SOHOA_DO(writer->write(as_bytes(file_.added())));
  return writer->commit();
}

}  // namespace sohoa::issue
