// The subset of ALTO that recognition gives: Page, PrintSpace, TextBlock, TextLine with its baseline, String with its
// confidence, SP. What is not part of the document's body is told by layout tags. IDs are made of numbers ("p3_b1_l2"),
// so that the same input gives the same bytes.

#include "pipeline/issue/alto_writer.hpp"

#include <algorithm>

#include "pipeline/issue/languages.hpp"
#include "pipeline/issue/names.hpp"
#include "pipeline/issue/pdf_syntax.hpp"
#include "pipeline/issue/xml_text.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::issue {
namespace {

using pdf::number;

std::string attribute(std::string_view name, std::string_view value) {
  return ' ' + std::string(name) + "=\"" + xml_escaped(value) + '"';
}

std::string place(const PixelRect& box) {
  return attribute("HPOS", std::to_string(box.x)) + attribute("VPOS", std::to_string(box.y)) +
         attribute("WIDTH", std::to_string(box.width)) + attribute("HEIGHT", std::to_string(box.height));
}

std::string baseline(const TextLine& line) {
  const auto point = [](const Point& p) { return number(p.x, 1) + ',' + number(p.y, 1); };
  return attribute("BASELINE", point(line.baseline_start) + ' ' + point(line.baseline_end));
}

std::string space_between(const PixelRect& left, const PixelRect& right) {
  return "<SP" + attribute("WIDTH", std::to_string(std::max(0, right.x - left.right()))) +
         attribute("HPOS", std::to_string(left.right())) + attribute("VPOS", std::to_string(left.y)) + "/>";
}

std::string text_line(const TextLine& line, const std::string& id) {
  std::string xml = "<TextLine" + attribute("ID", id) + place(line.box) + baseline(line) + ">\n";
  for (std::size_t i = 0; i < line.words.size(); ++i) {
    const Word& word = line.words[i];
    if (i > 0) xml += space_between(line.words[i - 1].box, word.box);
    xml += "<String" + attribute("CONTENT", word.text) + place(word.box) +
           attribute("WC", number(word.confidence / 100, 3)) + "/>\n";
  }
  return xml + "</TextLine>\n";
}

std::string text_block(const Block& block, const std::string& id, const std::string& language) {
  std::string xml = "<TextBlock" + attribute("ID", id) + place(block.box);
  if (block.role != BlockRole::body) xml += attribute("TAGREFS", name_of(block.role));
  if (!language.empty()) xml += attribute("LANG", language);
  xml += ">\n";
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    xml += text_line(block.lines[i], id + "_l" + std::to_string(i + 1));
  }
  return xml + "</TextBlock>\n";
}

std::string element(const std::string& name, std::string_view content) {
  return '<' + name + '>' + xml_escaped(content) + "</" + name + ">\n";
}

std::string description(const DigitizedDocument& document) {
  return "<Description>\n<MeasurementUnit>pixel</MeasurementUnit>\n<sourceImageInformation>\n" +
         element("fileName", text::nfc(document.source.name)) +
         element("fileIdentifier", "sha256:" + document.source.digest.hex()) +
         element("documentIdentifier", document.id.value) +
         "</sourceImageInformation>\n<OCRProcessing ID=\"ocr\">\n<ocrProcessingStep>\n" +
         element("processingDateTime", iso8601(document.digitized_at)) +
         element("processingStepSettings", "languages: " + document.options.languages) + "<processingSoftware>\n" +
         element("softwareName", "Sohoa") + element("softwareVersion", SOHOA_VERSION) +
         "</processingSoftware>\n</ocrProcessingStep>\n</OCRProcessing>\n</Description>\n";
}

std::string tags() {
  const auto tag = [](BlockRole role, std::string_view label) {
    return "<LayoutTag" + attribute("ID", name_of(role)) + attribute("LABEL", label) + "/>\n";
  };
  return "<Tags>\n" + tag(BlockRole::page_number, "page number") + tag(BlockRole::stamp, "stamp") +
         tag(BlockRole::e_signature, "visible text of an electronic signature") + "</Tags>\n";
}

}  // namespace

Result<void> AltoWriter::begin(const DigitizedDocument& document) {
  language_ = bcp47_of_single(document.options.languages);
  return sink_.write(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\""
      " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
      " xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v4#"
      " http://www.loc.gov/standards/alto/v4/alto-4-4.xsd\" SCHEMAVERSION=\"4.4\">\n" +
      description(document) + tags() + "<Layout>\n");
}

Result<void> AltoWriter::add_page(const RecognizedPage& page) {
  const std::string id = 'p' + std::to_string(page.number.value);
  const PixelRect whole{0, 0, std::max(0, page.width), std::max(0, page.height)};
  std::string xml = "<Page" + attribute("ID", id) + attribute("PHYSICAL_IMG_NR", std::to_string(page.number.value)) +
                    attribute("WIDTH", std::to_string(whole.width)) +
                    attribute("HEIGHT", std::to_string(whole.height)) + ">\n<PrintSpace" + place(whole) + ">\n";
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    xml += text_block(page.blocks[i], id + "_b" + std::to_string(i + 1), language_);
  }
  return sink_.write(xml + "</PrintSpace>\n</Page>\n");
}

Result<void> AltoWriter::add_unread_page(PageNumber number) {
  const std::string value = std::to_string(number.value);
  return sink_.write("<Page" + attribute("ID", 'p' + value) + attribute("PHYSICAL_IMG_NR", value) +
                     attribute("PAGECLASS", "unread") + "/>\n");
}

Result<void> AltoWriter::finish() {
  SOHOA_DO(sink_.write("</Layout>\n</alto>\n"));
  return sink_.flush();
}

}  // namespace sohoa::issue
