// THE ORDER of issuing: code -> marks on page 1 -> the person's signature -> the agency's -> validation data ->
// timestamp -> check -> archive. The archived PDF stays as it is; all this is revisions at its end.

#include "pipeline/flow/issuer.hpp"

#include <algorithm>
#include <set>

#include "pipeline/issue/json_pages.hpp"
#include "pipeline/issue/plan_marks.hpp"
#include "pipeline/issue/signed_file.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::flow {
namespace {

std::string place_of(const DocumentId& id) {
  return "document " + id.value;
}

/// "47/QĐ-UBND" -> "47-QD-UBND": codes are parted by dots, and end up in file names.
std::string in_code(const std::string& value) {
  auto text = text::without_marks(value);
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '/' || c == '.' || c == ' ' || c == '|'; }, '-');
  return text;
}

void replace(std::string& text, std::string_view what, const std::string& with) {
  if (const auto at = text.find(what); at != std::string::npos) text.replace(at, what.size(), with);
}

/// The file's name without its folders.
std::string name_of_file(const IssuedDocument& document) {
  auto path = document.title;
  const auto part = document.part ? '/' + std::to_string(document.part->number) : std::string();
  if (!part.empty() && path.ends_with(part)) path.resize(path.size() - part.size());
  return path.substr(path.rfind('/') + 1) + part;
}

std::string value_of(const std::vector<Field>& fields, FieldName name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.name == name && !field.needs_review(); });
  return found == fields.end() ? std::string() : found->value;
}

/// Where the paper is signed, as its fields say; nothing where they don't.
Result<std::optional<issue::SignaturePlace>> signature_place_in(const issue::JsonPages& pages,
                                                                const issue::pdf::RevisedFile& file) {
  std::optional<issue::SignaturePlace> place;
  const auto find = [&](FieldName name) {
    return std::find_if(pages.fields().begin(), pages.fields().end(),
                        [&](const Field& one) { return one.name == name; });
  };
  const auto title = find(FieldName::signer_title), name = find(FieldName::signer_name);
  if (title == pages.fields().end() || name == pages.fields().end() || name->page.value == 0) return place;
  SOHOA_TRY(const auto page, pages.page(name->page));
  const auto* read = std::get_if<RecognizedPage>(&page);
  if (read == nullptr) return place;
  SOHOA_TRY(const auto extent, issue::page_extent(file, name->page.value));
  return issue::signature_place(*title, *name, *read, extent);
}

/// Who was asked is away, or answered with nonsense.
bool may_be_otherwise_later(const Error& error) {
  return error.code == ErrorCode::unavailable || error.code == ErrorCode::data_loss ||
         error.code == ErrorCode::resource_exhausted;
}

bool is_same_order(const Issuance& issued, const IssueOrder& order, std::uint32_t version) {
  return issued.kind == order.kind && issued.form == order.form && issued.version == version;
}

}  // namespace

/// A file on its way.
struct Issuer::Draft {
  UniqueFd base;
  issue::SignedFile file;
  Issuance issuance;
};

/// What a document in no dossier is called. A part that is not known stays empty [law].
Result<PaperCode> Issuer::code_for(const IssueOrder& order, const std::vector<Field>& fields) {
  if (!order.code.value.empty()) return order.code;
  auto pattern = options_.code_pattern;
  replace(pattern, "{kind}", in_code(value_of(fields, FieldName::document_type)));
  replace(pattern, "{number}", in_code(value_of(fields, FieldName::number_symbol)));
  return parts_.issuances.give_code(order.document, pattern, order.by);
}

Result<IssuanceRecord> Issuer::issue(const IssueOrder& order) {
  SOHOA_TRY(const auto record, parts_.archive.document(order.document));
  SOHOA_TRY(const auto before, parts_.issuances.issuances(order.document));
  for (const auto& one : before) {
    if (is_same_order(one.issuance, order, record.document.version())) return one;
  }
  auto issuance = made(order, record);
  if (!issuance) return issuance.error().within(place_of(order.document));
  return parts_.issuances.record_issuance(*issuance);
}

/// The file, durable and checked.
Result<Issuance> Issuer::made(const IssueOrder& order, const DocumentRecord& record) {
  const auto at = now();
  // A key that is not wanted for this may be one that can't be had.
  const bool agency_may = order.kind != IssueKind::digitized_copy || options_.agency_signs_copies;
  const bool person_may = order.kind != IssueKind::electronic_copy;
  SOHOA_TRY(auto* const person, person_may ? parts_.keys.person() : Result<Signer*>(nullptr));
  SOHOA_TRY(auto* const agency, agency_may ? parts_.keys.agency() : Result<Signer*>(nullptr));
  const bool agency_signs = agency != nullptr, person_signs = person != nullptr;
  if (!agency_signs && !person_signs) return Error{ErrorCode::invalid_input, "no key is set up that signs this"};
  if (order.kind != IssueKind::digitized_copy && !agency_signs) {
    return Error{ErrorCode::invalid_input, "the agency's key is not set up"};
  }
  if (person_signs) SOHOA_DO(person->check(at));
  if (agency_signs) SOHOA_DO(agency->check(at));

  SOHOA_TRY(auto json, parts_.archive.objects().open(record.document.json.digest));
  SOHOA_TRY(const auto pages, issue::JsonPages::open(std::move(json)));
  SOHOA_TRY(const auto first, pages.page({1}));
  if (const auto* unread = std::get_if<Error>(&first)) return unread->within("page 1");
  SOHOA_TRY(const auto code, code_for(order, pages.fields()));

  SOHOA_TRY(auto base, parts_.archive.objects().open(record.document.pdf.digest));
  SOHOA_TRY(auto file, issue::SignedFile::open(base.get()));
  Draft draft{std::move(base), std::move(file), {}};
  auto& issuance = draft.issuance;
  issuance.document = order.document;
  issuance.version = record.document.version();
  issuance.kind = order.kind;
  issuance.form = order.form;
  issuance.code = code;
  issuance.by = order.by;
  issuance.at = at;
  issuance.by_name = order.by_name;
  if (issuance.by_name.empty()) issuance.by_name = (person_signs ? person : agency)->certificate().subject;

  issue::MarkFacts facts;
  facts.kind = order.kind;
  facts.form = order.form;
  facts.code = code.value;
  facts.dossier = order.dossier;
  facts.procedure = order.procedure;
  facts.owner = order.owner;
  facts.paper_name = order.paper_name.empty() ? name_of_file(record.document) : order.paper_name;
  facts.validity = order.validity;
  facts.system = options_.system;
  facts.by_name = issuance.by_name;
  facts.at = at;
  facts.person_signs = person_signs;
  facts.agency_signs = agency_signs;
  if (agency_signs) {
    const auto& certificate = agency->certificate();
    facts.agency = certificate.subject;
  }
  SOHOA_TRY(const auto extent, issue::page_extent(draft.file.pdf(), 1));
  if (order.kind == IssueKind::result) {
    facts.seal = options_.seal;
    facts.handwriting = options_.handwriting;
    SOHOA_TRY(facts.signature_place, signature_place_in(pages, draft.file.pdf()));
  }
  const auto marks = issue::plan_marks(facts, std::get<RecognizedPage>(first), extent);
  SOHOA_TRY(const auto looks, issue::add_marks(draft.file.pdf(), marks));

  const bool wants_time = options_.level != SignatureLevel::b_b && parts_.timestamps != nullptr;
  std::size_t shown = 0;
  const auto sign = [&](Signer& signer, MadeSignature::Role role, const char* field,
                        const char* reason) -> Result<void> {
    const auto& look = marks.appearances[shown];
    const issue::SignatureField place{field, reason, options_.location, at, look.text.place, looks[shown], look.page};
    ++shown;
    SOHOA_TRY(const auto no_time, draft.file.sign(place, signer, wants_time));
    if (no_time) issuance.timestamp_pending = true;
    issuance.signatures.push_back({role, signer.certificate(), at, wants_time && !no_time});
    return {};
  };
  using Role = MadeSignature::Role;
  const char* reason = order.kind == IssueKind::certified_copy ? "Chứng thực bản sao" : "Số hóa";
  if (person_signs) SOHOA_DO(sign(*person, Role::person, "KySo_CaNhan", reason));
  if (agency_signs) SOHOA_DO(sign(*agency, Role::agency, "KySo_CoQuan", "Phát hành"));
  SOHOA_DO(finish(draft));
  return issuance;
}

/// One step after the other from the level that is reached to the wanted one. A document timestamp over signatures
/// without a timestamp of their own proves their time; the last one stands over the validation data, which then tell of
/// its authority as well (ETSI EN 319 142-1, 6.3). What was reached stays where a step fails.
Result<void> Issuer::climb(Draft& draft) {
  auto& level = draft.issuance.level;
  const auto wanted = options_.level;
  const bool without_time = level == SignatureLevel::b_b;
  const auto stamp = [&](const char* field) -> Result<void> {
    auto before = draft.file.pdf();  // a revision whose timestamp does not come is given up
    const auto added = draft.file.add_timestamp(field, *parts_.timestamps);
    if (!added) draft.file.pdf() = std::move(before);
    return added;
  };
  if (wanted >= SignatureLevel::b_t && level < SignatureLevel::b_t) {
    SOHOA_DO(stamp("DauThoiGian"));
    level = SignatureLevel::b_t;
  }
  if (wanted >= SignatureLevel::b_lt && level < SignatureLevel::b_lt && parts_.validation != nullptr) {
    SOHOA_DO(draft.file.add_validation(*parts_.validation));
    level = SignatureLevel::b_lt;
  }
  if (wanted == SignatureLevel::b_lta && level == SignatureLevel::b_lt) {
    SOHOA_DO(stamp(without_time ? "DauThoiGian2" : "DauThoiGian"));
    level = SignatureLevel::b_lta;
  }
  return {};
}

/// As far towards the wanted level as who is asked answers; then stored and checked. What is missing follows later.
Result<void> Issuer::finish(Draft& draft) {
  auto& issuance = draft.issuance;
  issuance.level = SignatureLevel::b_b;
  if (options_.level >= SignatureLevel::b_t && !issuance.timestamp_pending) {
    issuance.level = SignatureLevel::b_t;
    const auto reached = climb(draft);
    if (!reached && !may_be_otherwise_later(reached.error())) return reached.error();
    issuance.timestamp_pending = !reached;
  }
  SOHOA_TRY(issuance.pdf, draft.file.store(parts_.archive.objects()));
  return expect_pdfa(issuance.pdf, place_of(issuance.document));
}

Result<void> Issuer::expect_pdfa(const StoredObject& object, const std::string& name) {
  SOHOA_TRY(const auto file, parts_.archive.objects().open(object.digest));
  SOHOA_TRY(const auto report, parts_.checks.pdfa(file.get(), name));
  if (report.findings.empty()) return {};
  const auto& first = report.findings.front();
  return Error{ErrorCode::internal,
               "would break PDF/A, ISO 19005-2 " + first.clause + ": " + first.what + " (" + first.where + ")"};
}

Result<std::size_t> Issuer::complete_pending() {
  constexpr std::size_t at_once = 100;
  if (parts_.timestamps == nullptr) return std::size_t{0};
  std::set<std::pair<DocumentId, std::uint32_t>> left;
  std::optional<Error> first;
  for (bool found_more = true; found_more;) {
    SOHOA_TRY(const auto pending, parts_.issuances.pending_timestamps(left.size() + at_once));
    found_more = false;
    for (const auto& one : pending) {
      if (!left.emplace(one.issuance.document, one.issuance.number).second) continue;
      const auto done = complete(one);
      found_more = true;
      if (done) {
        left.erase({one.issuance.document, one.issuance.number});
        continue;
      }
      if (!first) first = done.error().within(place_of(one.issuance.document));
      if (done.error().code == ErrorCode::unavailable) return *first;  // the others would wait as long
    }
  }
  if (first) return *first;
  return left.size();
}

Result<void> Issuer::complete(const IssuanceRecord& pending) {
  auto issuance = pending.issuance;
  SOHOA_TRY(auto base, parts_.archive.objects().open(issuance.pdf.digest));
  SOHOA_TRY(auto file, issue::SignedFile::open(base.get()));
  Draft draft{std::move(base), std::move(file), std::move(issuance)};
  auto& made = draft.issuance;
  SOHOA_DO(climb(draft));
  made.timestamp_pending = false;
  SOHOA_TRY(made.pdf, draft.file.store(parts_.archive.objects()));
  SOHOA_DO(expect_pdfa(made.pdf, place_of(made.document)));
  SOHOA_TRY(const auto recorded, parts_.issuances.record_issuance(made));
  (void)recorded;
  return {};
}

}  // namespace sohoa::flow
