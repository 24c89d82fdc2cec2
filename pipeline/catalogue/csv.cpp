#include "pipeline/catalogue/csv.hpp"

namespace sohoa::catalogue {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

  Result<std::vector<CsvRow>> rows() {
    std::vector<CsvRow> rows;
    while (at_ < text_.size()) {
      SOHOA_TRY(auto row, this->row());
      if (row.fields.size() > 1 || !row.fields.front().empty()) rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  Result<CsvRow> row() {
    CsvRow row{line_, {}};
    for (;;) {
      SOHOA_TRY(auto field, at_ < text_.size() && text_[at_] == '"' ? quoted() : plain());
      row.fields.push_back(std::move(field));
      if (at_ < text_.size() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      SOHOA_DO(end_of_line());
      return row;
    }
  }

  Result<std::string> plain() {
    const auto end = std::min(text_.find_first_of(",\r\n\"", at_), text_.size());
    std::string field(text_.substr(at_, end - at_));
    at_ = end;
    if (at_ < text_.size() && text_[at_] == '"') return wrong("quote within a field that does not begin with one");
    return field;
  }

  Result<std::string> quoted() {
    const auto begin = line_;
    std::string field;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '\n') ++line_;
      if (text_[at_] != '"') {
        field.push_back(text_[at_]);
      } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        field.push_back(text_[++at_]);
      } else {
        ++at_;
        return field;
      }
    }
    line_ = begin;
    return wrong("quote is never closed");
  }

  Result<void> end_of_line() {
    if (at_ == text_.size()) return {};
    if (text_[at_] == '\r') ++at_;
    if (at_ == text_.size() || text_[at_] != '\n')
      return wrong("text after a closing quote, or a bare carriage return");
    ++at_;
    ++line_;
    return {};
  }

  Error wrong(const char* reason) const {
    return {ErrorCode::invalid_input, "line " + std::to_string(line_) + ": " + reason};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace

Result<std::vector<CsvRow>> read_csv(std::string_view text) {
  return Reader(text).rows();
}

}  // namespace sohoa::catalogue
