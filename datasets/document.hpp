#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sohoa::datasets {

/// Types of Decree 30/2020, annex III; after them papers that bear their owner's identifiers.
enum class DocumentType : std::uint8_t {
  decision,
  notice,
  submission,
  report,
  letter,
  directive,
  plan,
  guidance,
  invitation,
  minutes,
  authorization,
  resolution,
  marital_status,
  business_registration,
  identity_card,
  passport,
};

struct TypeInfo {
  DocumentType type;
  std::string_view key;           ///< as the command line names it: "quyet-dinh"
  std::string_view heading;       ///< "QUYẾT ĐỊNH"; a letter has none on paper
  std::string_view abbreviation;  ///< "QĐ"; "" for a letter
};
/// All types in the order of the enum.
[[nodiscard]] const std::vector<TypeInfo>& all_types();
/// Those of Decree 30/2020: what sets are drawn from where no types are asked for.
[[nodiscard]] std::vector<TypeInfo> administrative_types();
[[nodiscard]] const TypeInfo& info_of(DocumentType type);
[[nodiscard]] std::optional<DocumentType> type_of(std::string_view key);

enum class ParagraphKind : std::uint8_t {
  plain,     ///< justified, first line indented
  basis,     ///< the same in italics
  heading,   ///< bold, at the indent
  centered,  ///< bold capitals, a block of its own
  zone,      ///< a line of a machine-readable zone, monospaced
};

struct Paragraph {
  ParagraphKind kind = ParagraphKind::plain;
  std::string lead;  ///< bold start: "Điều 1."
  std::string text;
};

/// Ruled, one line a row; the first row is its head. Widths are shares of the text's width.
struct Table {
  std::vector<double> widths;
  std::vector<std::vector<std::string>> rows;
};

struct Signer {
  std::vector<std::string> authority;  ///< "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH": one line each, the last the title
  std::string name;
};

struct IncomingStamp {
  std::string agency;  ///< printed over the box
  std::string number;
  std::string date;
};

/// What a document says, without where it stands. Unicode NFC.
struct DocumentText {
  DocumentType type = DocumentType::decision;
  std::vector<std::string> parent_agency;  ///< lines above the issuer, not bold
  std::vector<std::string> agency;         ///< the issuer's lines, bold
  std::string number;                      ///< "07"
  std::string symbol;                      ///< "/CT-UBND"
  std::string place;
  int day = 1;
  int month = 1;
  int year = 2025;
  std::string abstract;  ///< "Về việc ..."; of a letter "V/v ..."
  std::vector<std::string> addressees;
  std::vector<Paragraph> paragraphs;
  std::optional<Table> table;  ///< after `table_after` paragraphs
  std::size_t table_after = 0;
  std::vector<std::string> recipients;  ///< without dashes; empty: the document has no such list
  Signer signer;
  std::optional<Signer> second_signer;  ///< minutes: at the left, without a seal
  std::optional<IncomingStamp> incoming;
  std::string urgency;   ///< "HỎA TỐC" or ""
  std::string validity;  ///< ISO 8601: "P6M", "2025-02-05/.."; "" where the text says nothing of it
  std::vector<std::string> personal_identifiers;
  std::vector<std::string> old_identity_numbers;
  std::vector<std::string> tax_codes;
  std::vector<std::string> travel_document_numbers;
  std::vector<std::string> owner_names;  ///< of a personal paper: "Nguyễn Văn An"
  std::string card_code;                 ///< what the QR code of a copied card says, or ""
  std::vector<std::string> e_signature;  ///< lines of the electronic signature's text at the top right

  [[nodiscard]] std::string agency_name() const;    ///< the issuer's lines as one
  [[nodiscard]] std::string iso_date() const;       ///< "2025-02-05"
  [[nodiscard]] std::string printed_day() const;    ///< "05"
  [[nodiscard]] std::string printed_month() const;  ///< "02", "3": months 1 and 2 take a zero (Decree 30/2020)
};

}  // namespace sohoa::datasets
