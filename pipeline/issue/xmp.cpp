#include "pipeline/issue/xmp.hpp"

#include "pipeline/issue/xml_text.hpp"

namespace sohoa::issue {
namespace {

std::string element(const std::string& name, const std::string& content) {
  return '<' + name + '>' + content + "</" + name + ">\n";
}

/// To the second, as the Info dictionary's dates are: both must state the same time.
std::string xmp_date(WallTime time) {
  return iso8601(time).substr(0, 19) + "+07:00";
}

/// Our 32 hexadecimal digits in the shape of a UUID.
std::string uuid(const DocumentId& id) {
  std::string text = id.value;
  for (const std::size_t place : {20u, 16u, 12u, 8u}) {
    if (place < text.size()) text.insert(place, "-");
  }
  return "uuid:" + xml_escaped(text);
}

}  // namespace

std::string xmp_packet(const PdfMetadata& metadata) {
  const std::string date = xmp_date(metadata.created);
  return "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
         "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
         "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
         " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
         " xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n" +
         element("pdfaid:part", "2") + element("pdfaid:conformance", "B") + element("dc:format", "application/pdf") +
         element("dc:title",
                 "<rdf:Alt><rdf:li xml:lang=\"x-default\">" + xml_escaped(metadata.title) + "</rdf:li></rdf:Alt>") +
         element("dc:language", "<rdf:Bag><rdf:li>" + xml_escaped(metadata.language) + "</rdf:li></rdf:Bag>") +
         element("xmp:CreatorTool", pdf_creator) + element("xmp:CreateDate", date) + element("xmp:ModifyDate", date) +
         element("xmp:MetadataDate", date) + element("pdf:Producer", pdf_producer) +
         element("xmpMM:DocumentID", uuid(metadata.id)) +
         "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

}  // namespace sohoa::issue
