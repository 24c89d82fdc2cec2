#include "api/http/upload.hpp"

#include "api/http/header_value.hpp"

namespace sohoa::http {

std::string sent_file_name(const Request& request, std::string fallback) {
  std::string name;
  if (const auto disposition = request.headers.find("Content-Disposition")) {
    const auto parsed = parse_header_value(*disposition);
    if (parsed) name = clean_file_name(stated_file_name(*parsed).value_or(""));
  }
  if (name.empty()) name = clean_file_name(request.query_value("name").value_or(""));
  return name.empty() ? std::move(fallback) : name;
}

}  // namespace sohoa::http
