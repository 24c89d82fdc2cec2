#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

#include "api/http/message.hpp"
#include "tests/functional/http/client.hpp"

namespace sohoa::http {

using Json = nlohmann::json;

/// api/openapi.json, and as much of JSON Schema 2020-12 as it uses; an unknown keyword is a failure, so none is passed
/// over.
class Description {
 public:
  Description() : root_(Json::parse(std::ifstream(SOHOA_SOURCE_DIR "/api/openapi.json"))) {}
  [[nodiscard]] const Json& root() const { return root_; }

  [[nodiscard]] const Json& resolved(const Json& node) const {
    if (!node.contains("$ref")) return node;
    return resolved(root_.at(Json::json_pointer(node.at("$ref").get<std::string>().substr(1))));
  }

  /// What is wrong with `value`, "" where nothing is.
  [[nodiscard]] std::string fault(const Json& schema_or_ref, const Json& value, const std::string& at) const {
    const auto& schema = resolved(schema_or_ref);
    for (const auto& [keyword, rule] : schema.items()) {
      const auto found = fault_of(keyword, rule, schema, value, at);
      if (!found.empty()) return found;
    }
    return "";
  }

 private:
  static bool has_type(const std::string& type, const Json& value) {
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return type == value.type_name();
  }

  [[nodiscard]] std::string fault_of(const std::string& keyword, const Json& rule, const Json& schema,
                                     const Json& value, const std::string& at) const {
    static const std::set<std::string> notes{"description", "format", "default", "properties", "additionalProperties"};
    if (notes.contains(keyword)) return "";
    bool good = false;
    if (keyword == "type") {
      good = has_type(rule, value);
    } else if (keyword == "enum") {
      good = std::find(rule.begin(), rule.end(), value) != rule.end();
    } else if (keyword == "pattern") {
      good = !value.is_string() || std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()));
    } else if (keyword == "minimum") {
      good = value >= rule;
    } else if (keyword == "maximum") {
      good = value <= rule;
    } else if (keyword == "maxProperties") {
      good = value.size() <= rule.get<std::size_t>();
    } else if (keyword == "anyOf") {
      good = std::any_of(rule.begin(), rule.end(), [&](const Json& one) { return fault(one, value, at).empty(); });
    } else if (keyword == "required") {
      return fault_of_members(rule, schema.at("properties"), value, at);
    } else if (keyword == "items") {
      for (std::size_t i = 0; i < value.size(); ++i)
        if (const auto found = fault(rule, value[i], at + "/" + std::to_string(i)); !found.empty()) return found;
      good = true;
    }
    return good ? "" : at + ": " + keyword + " " + rule.dump() + " does not hold for " + value.dump();
  }

  /// Every required member is there, every member is described and fits.
  [[nodiscard]] std::string fault_of_members(const Json& required, const Json& properties, const Json& value,
                                             const std::string& at) const {
    if (!value.is_object()) return at + ": not an object";
    for (const auto& name : required)
      if (!value.contains(name.get<std::string>())) return at + "/" + name.get<std::string>() + ": is missing";
    for (const auto& [name, member] : value.items()) {
      if (!properties.contains(name)) return at + "/" + name + ": is not described";
      if (const auto found = fault(properties.at(name), member, at + "/" + name); !found.empty()) return found;
    }
    return "";
  }

  Json root_;
};

/// The header fields that are always there are there.
inline void expect_headers(const Description& description, const Json& headers, const Reply& reply) {
  for (const auto& [name, header] : headers.items())
    if (description.resolved(header).value("required", false)) {
      EXPECT_NE(reply.header(lower_case(name)), "") << name;
    }
}

/// Holds the answer to `method` against the description of `pattern`.
inline void expect_described(const Description& description, const std::string& method, const std::string& pattern,
                             const Reply& reply) {
  const auto operation = method == "HEAD" ? "get" : lower_case(method);
  const auto& responses = description.root()["paths"][pattern][operation]["responses"];
  ASSERT_TRUE(responses.contains(std::to_string(reply.status))) << "status " << reply.status << " is not described";
  const auto& described = description.resolved(responses[std::to_string(reply.status)]);
  EXPECT_FALSE(described.value("description", "").empty());
  if (described.contains("headers")) expect_headers(description, described["headers"], reply);
  if (!described.contains("content")) {
    EXPECT_EQ(reply.body, "");
    return;
  }
  auto type = reply.header("content-type");
  type = type.substr(0, type.find(';'));
  ASSERT_TRUE(described["content"].contains(type)) << type << " is not described";
  if (!type.ends_with("json") || pattern.ends_with("json") || method == "HEAD") return;
  EXPECT_EQ(description.fault(described["content"][type]["schema"], Json::parse(reply.body), ""), "");
}

}  // namespace sohoa::http
