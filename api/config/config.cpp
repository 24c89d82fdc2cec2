#include "api/config/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <sstream>
#include <string_view>
#include <variant>

namespace sohoa::api {
namespace {

using Place = std::variant<std::filesystem::path*, std::string*, std::optional<Date>*, bool*, SignatureLevel*,
                           std::uint16_t*, std::uint32_t*, std::uint64_t*>;
struct Key {
  std::string_view table;  ///< "" for the file's top level
  std::string_view name;
  Place place;
};

auto keys_of(Config& c) {
  return std::array{
      Key{"", "data", &c.data},
      Key{"workers", "count", &c.workers.count},
      Key{"workers", "memory_bytes", &c.workers.memory_bytes},
      Key{"workers", "replace_above_bytes", &c.workers.replace_above_bytes},
      Key{"workers", "address_space_bytes", &c.workers.address_space_bytes},
      Key{"reading", "languages", &c.reading.languages},
      Key{"reading", "tessdata", &c.reading.tessdata},
      Key{"http", "host", &c.http.host},
      Key{"http", "port", &c.http.port},
      Key{"http", "threads", &c.http.threads},
      Key{"http", "body_bytes", &c.http.body_bytes},
      Key{"http", "open_uploads", &c.http.open_uploads},
      Key{"http", "log", &c.http.log},
      Key{"rules", "decree_107_from", &c.rules.decree_107_from},
      Key{"person_key", "pkcs12", &c.person_key.pkcs12},
      Key{"person_key", "pkcs11_module", &c.person_key.pkcs11_module},
      Key{"person_key", "token", &c.person_key.token},
      Key{"person_key", "label", &c.person_key.label},
      Key{"person_key", "secret_file", &c.person_key.secret_file},
      Key{"agency_key", "pkcs12", &c.agency_key.pkcs12},
      Key{"agency_key", "pkcs11_module", &c.agency_key.pkcs11_module},
      Key{"agency_key", "token", &c.agency_key.token},
      Key{"agency_key", "label", &c.agency_key.label},
      Key{"agency_key", "secret_file", &c.agency_key.secret_file},
      Key{"issuing", "level", &c.issuing.level},
      Key{"issuing", "anchors", &c.issuing.anchors},
      Key{"issuing", "issuers", &c.issuing.issuers},
      Key{"issuing", "timestamp_url", &c.issuing.timestamp_url},
      Key{"issuing", "revocation", &c.issuing.revocation},
      Key{"issuing", "seconds", &c.issuing.seconds},
      Key{"issuing", "system", &c.issuing.system},
      Key{"issuing", "location", &c.issuing.location},
      Key{"issuing", "seal_image", &c.issuing.seal_image},
      Key{"issuing", "signature_image", &c.issuing.signature_image},
      Key{"issuing", "code_pattern", &c.issuing.code_pattern},
      Key{"issuing", "agency_signs_copies", &c.issuing.agency_signs_copies},
      Key{"limits", "file_bytes", &c.limits.file_bytes},
      Key{"limits", "pages", &c.limits.pages},
      Key{"limits", "page_pixels", &c.limits.page_pixels},
      Key{"limits", "archive_depth", &c.limits.archive_depth},
      Key{"limits", "archive_entries", &c.limits.archive_entries},
      Key{"limits", "unpacked_bytes", &c.limits.unpacked_bytes},
      Key{"limits", "page_seconds", &c.limits.page_seconds},
  };
}

bool assign(const Place& place, const toml::node& node) {
  return std::visit(
      [&](auto* target) {
        using T = std::remove_pointer_t<decltype(target)>;
        if constexpr (std::is_same_v<T, bool>) {
          const auto value = node.value_exact<bool>();
          if (value) *target = *value;
          return value.has_value();
        } else if constexpr (std::is_same_v<T, SignatureLevel>) {
          const auto value = node.value_exact<std::string>();
          const auto level = value ? signature_level_of(*value) : std::nullopt;
          if (level) *target = *level;
          return level.has_value();
        } else if constexpr (std::is_integral_v<T>) {
          const auto value = node.value_exact<std::int64_t>();
          if (!value || *value < 0 || static_cast<std::uint64_t>(*value) > std::numeric_limits<T>::max()) return false;
          *target = static_cast<T>(*value);
        } else if constexpr (std::is_same_v<T, std::optional<Date>>) {
          const auto value = node.value_exact<std::string>();
          *target = value ? date_of(std::string_view(*value)) : std::nullopt;
          return target->has_value();
        } else {
          const auto value = node.value_exact<std::string>();
          if (!value) return false;
          *target = *value;
        }
        return true;
      },
      place);
}

Error bad_value(std::string_view table, std::string_view name, const toml::node& node, std::string_view what) {
  const auto key = table.empty() ? std::string(name) : std::string(table) + "." + std::string(name);
  return {ErrorCode::invalid_input,
          "line " + std::to_string(node.source().begin.line) + ": " + key + ": " + std::string(what)};
}

template <typename Keys>
Result<void> assign_all(const toml::table& values, std::string_view table, const Keys& keys) {
  for (const auto& [name, node] : values) {
    if (table.empty() && node.is_table()) {
      SOHOA_DO(assign_all(*node.as_table(), name.str(), keys));
      continue;
    }
    const auto known = std::find_if(keys.begin(), keys.end(),
                                    [&](const Key& key) { return key.table == table && key.name == name.str(); });
    if (known == keys.end()) return bad_value(table, name.str(), node, "no such setting");
    if (!assign(known->place, node)) return bad_value(table, name.str(), node, "wrong type or out of range");
  }
  return {};
}

}  // namespace

Result<Config> load_config(const std::optional<std::filesystem::path>& file) {
  Config config;
  if (file) {
    if (!std::filesystem::exists(*file)) return Error{ErrorCode::not_found, file->string() + ": no such file"};
    try {
      const auto values = toml::parse_file(file->string());
      if (const auto done = assign_all(values, "", keys_of(config)); !done) return done.error().within(file->string());
    } catch (const toml::parse_error& error) {
      std::ostringstream text;
      text << file->string() << ": line " << error.source().begin.line << ": " << error.description();
      return Error{ErrorCode::invalid_input, text.str()};
    }
  }
  if (const char* data = std::getenv("SOHOA_DATA")) config.data = data;
  if (const char* tessdata = std::getenv("SOHOA_TESSDATA")) config.reading.tessdata = tessdata;
  return config;
}

}  // namespace sohoa::api
