// `sohoa get`, `status`, `check`: what the archive holds. They read, and work while another process digitizes.
#include <fmt/format.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "api/cli/commands.hpp"
#include "api/cli/console.hpp"
#include "api/office.hpp"
#include "api/service/local_service.hpp"
#include "api/wiring.hpp"
#include "archive/check.hpp"
#include "pipeline/base/file.hpp"

namespace sohoa::api::cli {
namespace {

constexpr const char* issued = "issued";

/// Where what is wanted lies; nothing for the representation: the issued file.
Result<StoredObject> wanted_object(const ArchiveFaces& faces, const GetArguments& arguments,
                                   std::optional<Representation> representation) {
  const DocumentId id{arguments.document};
  if (representation) {
    SOHOA_TRY(const auto record, faces.archive->document(id, arguments.version));
    return object_of(record.document, *representation);
  }
  SOHOA_TRY(const auto all, faces.issuances->issuances(id));
  SOHOA_TRY(const auto found, issuance_in(all, id, arguments.version));
  return found.issuance.pdf;
}

Result<void> get_document(const Config& config, const GetArguments& arguments,
                          std::optional<Representation> representation) {
  SOHOA_TRY(const auto faces, open_faces(config, Access::read_only));
  SOHOA_TRY(const auto object, wanted_object(faces, arguments, representation));
  SOHOA_TRY(const auto file, faces.archive->objects().open(object.digest));
  if (arguments.out.empty()) return copy_bytes(file.get(), object.size, STDOUT_FILENO);
  SOHOA_TRY(const auto out, open_anew(arguments.out));
  if (const auto done = copy_bytes(file.get(), object.size, out.get()); !done) {
    return done.error().within(arguments.out.string());
  }
  return {};
}

/// Where the data folder has indexes.
Result<std::vector<IndexState>> index_states(const Config& config) {
  if (!std::filesystem::exists(config.data / "index")) return std::vector<IndexState>();
  SOHOA_TRY(const auto office, Office::open(config, Access::read_only));
  return office->index_states();
}

Result<std::vector<IndexFinding>> index_findings(const Config& config) {
  if (!std::filesystem::exists(config.data / "index")) return std::vector<IndexFinding>();
  SOHOA_TRY(const auto office, Office::open(config, Access::read_only));
  return office->check_indexes();
}

}  // namespace

Exit get(const Config& config, const GetArguments& arguments) {
  const auto representation = representation_of(arguments.as);
  if (!representation && arguments.as != issued) {
    complain({ErrorCode::invalid_input, "--as takes pdf, text, alto, json, original or issued"});
    return Exit::usage;
  }
  const auto done = get_document(config, arguments, representation);
  return done ? Exit::done : complain(done.error());
}

Exit status(const Config& config, bool json) {
  const auto archive = open_archive(config, Access::read_only);
  if (!archive) return complain(archive.error());
  const auto status = (*archive)->status();
  if (!status) return complain(status.error());
  const auto indexes = index_states(config);
  if (!indexes) return complain(indexes.error());
  if (json) {
    nlohmann::json line{{"documents", status->documents},       {"pages", status->pages},
                        {"submissions", status->submissions},   {"pending_items", status->pending_items},
                        {"failed_items", status->failed_items}, {"journal_entries", status->journal_entries},
                        {"tree_root", status->tree_root.hex()}, {"dossiers", status->dossiers}};
    for (const auto& [name, entries, behind] : *indexes) {
      line["indexes"][name] = {{"entries", entries}, {"behind", behind}};
    }
    fmt::print("{}\n", line.dump());
    return Exit::done;
  }
  fmt::print("{:24} {}\n{:24} {}\n{:24} {}\n{:24} {}\n{:24} {}\n{:24} {}\n{:24} {}\n", say("tài liệu", "documents"),
             status->documents, say("trang", "pages"), status->pages, say("lần nộp", "submissions"),
             status->submissions, say("tệp chưa xong", "files pending"), status->pending_items,
             say("tệp hỏng", "files failed"), status->failed_items, say("mục nhật ký", "journal entries"),
             status->journal_entries, say("gốc cây băm", "tree root"), status->tree_root.hex());
  fmt::print("{:24} {}\n", say("hồ sơ", "dossiers"), status->dossiers);
  for (const auto& [name, entries, behind] : *indexes) {
    fmt::print("{:24} {} ({} {})\n", fmt::format("{} {}", say("chỉ mục", "index"), name), entries,
               say("còn", "behind by"), behind);
  }
  return Exit::done;
}

Exit check(const Config& config, bool json) {
  StatusLine line;
  auto report = sohoa::check(config.data, [&](const CheckProgress& progress) {
    line.show(fmt::format("{}: {}", progress.stage, progress.done));
  });
  line.clear();
  if (!report) return complain(report.error());
  const auto indexes = index_findings(config);
  if (!indexes) return complain(indexes.error());
  for (const auto& [index, row, reason] : *indexes) {
    report->findings.push_back({"index " + index, row, reason});
  }
  for (const auto& finding : report->findings) {
    if (json) {
      fmt::print("{}\n", nlohmann::json{{"what", finding.what}, {"id", finding.id}, {"reason", finding.reason}}.dump());
    } else {
      fmt::print("{} {}: {}\n", finding.what, finding.id, finding.reason);
    }
  }
  const nlohmann::json summary{{"objects", report->objects},
                               {"orphans", report->orphans},
                               {"documents", report->documents},
                               {"dossiers", report->dossiers},
                               {"journal_entries", report->journal_entries},
                               {"findings", report->findings.size()}};
  if (json) {
    fmt::print("{}\n", summary.dump());
  } else {
    fmt::print("{} {}, {} {}, {} {}, {} {}\n", report->objects, say("đối tượng", "objects"), report->documents,
               say("tài liệu", "documents"), report->journal_entries, say("mục nhật ký", "journal entries"),
               report->findings.size(), say("lỗi", "findings"));
  }
  return report->findings.empty() ? Exit::done : Exit::failed;
}

}  // namespace sohoa::api::cli
