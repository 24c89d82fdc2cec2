#include "pipeline/model/sheet.hpp"

#include <algorithm>

namespace sohoa {
namespace {

constexpr std::string_view separator_payload = "SOHOA1|S";
constexpr std::string_view cover_start = "SOHOA1|D|";

}  // namespace

std::string_view name_of(BarcodeFormat format) {
  switch (format) {
    case BarcodeFormat::qr: return "qr";
    case BarcodeFormat::data_matrix: return "data_matrix";
    case BarcodeFormat::pdf417: return "pdf417";
    case BarcodeFormat::code_128: return "code_128";
    case BarcodeFormat::code_39: return "code_39";
    case BarcodeFormat::patch_t: return "patch_t";
  }
  return "qr";
}

bool is_sheet_code(std::string_view code) {
  return code.size() <= max_sheet_code_bytes && std::none_of(code.begin(), code.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte < 0x20 || byte == 0x7F || c == '|';
         });
}

std::string payload_of(const Sheet& sheet) {
  if (sheet.kind == Sheet::Kind::separator) return std::string(separator_payload);
  return std::string(cover_start) + sheet.dossier + '|' + sheet.component;
}

std::optional<Sheet> sheet_of(std::string_view payload) {
  if (payload == separator_payload) return Sheet{};
  if (!payload.starts_with(cover_start)) return std::nullopt;
  const auto codes = payload.substr(cover_start.size());
  const auto bar = codes.find('|');
  if (bar == std::string_view::npos || bar == 0) return std::nullopt;
  const auto dossier = codes.substr(0, bar);
  const auto component = codes.substr(bar + 1);
  if (!is_sheet_code(dossier) || !is_sheet_code(component)) return std::nullopt;
  return Sheet{Sheet::Kind::cover, std::string(dossier), std::string(component)};
}

std::optional<Sheet> sheet_on(const std::vector<Barcode>& barcodes) {
  std::optional<Sheet> found;
  for (const auto& barcode : barcodes) {
    if (barcode.format != BarcodeFormat::qr) continue;
    auto sheet = sheet_of(barcode.text);
    if (sheet && (!found || sheet->kind > found->kind)) found = std::move(sheet);
  }
  return found;
}

}  // namespace sohoa
