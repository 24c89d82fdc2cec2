#include "archive/rows.hpp"

#include "archive/stored_values.hpp"

namespace sohoa::rows {
namespace {

std::string_view name_of_priority(Priority priority) {
  return priority == Priority::interactive ? "interactive" : "bulk";
}

Json sums_value(const StackSums& sums) {
  return {{"blank_pages", sums.blank_pages},
          {"document_pages", sums.document_pages},
          {"documents", sums.documents},
          {"sheets", sums.sheets}};
}

StackSums read_sums(JsonReader in) {
  return {in.number32("documents"), in.number32("document_pages"), in.number32("sheets"), in.number32("blank_pages")};
}

DocumentId read_id(JsonReader in, const char* key) {
  DocumentId id{in.text(key)};
  if (!is_id(id.value)) in.fail(key, "is not an id");
  return id;
}

}  // namespace

std::string encode(const Counters& row) {
  return to_text({{"documents", row.documents},
                  {"dossiers", row.dossiers},
                  {"failed_items", row.failed_items},
                  {"items", row.items},
                  {"journal_entries", row.journal_entries},
                  {"pages", row.pages},
                  {"pending_items", row.pending_items},
                  {"submissions", row.submissions},
                  {"tree_root", row.tree_root.hex()}});
}

Result<Counters> counters(std::string_view value) {
  return from_text(value, [](JsonReader in) {
    return Counters{in.number("documents"),       in.number("pages"),         in.number("submissions"),
                    in.number("items"),           in.number("pending_items"), in.number("failed_items"),
                    in.number("journal_entries"), in.digest("tree_root"),     in.number("dossiers")};
  });
}

std::string encode(const DossierRow& row) {
  return to_text({{"entries", row.entries}});
}

Result<DossierRow> dossier(std::string_view value) {
  return from_text(value, [](JsonReader in) {
    DossierRow row;
    for (const auto& entry : in.array("entries")) {
      if (!entry.is_number_unsigned() || (!row.entries.empty() && row.entries.back() >= entry)) {
        in.fail("entries", "is not a list of rising numbers");
        break;
      }
      row.entries.push_back(entry.get<std::uint64_t>());
    }
    if (row.entries.empty()) in.fail("entries", "is empty");
    return row;
  });
}

std::string encode(const PaperRow& row) {
  Json json{{"entry", row.entry}};
  if (const auto* document = std::get_if<DocumentId>(&row.of)) {
    json["document"] = document->value;
    return to_text(json);
  }
  const auto& place = std::get<PaperPlace>(row.of);
  json["dossier"] = place.dossier.value;
  if (place.result > 0) json["result"] = place.result;
  if (place.result == 0) json["component"] = place.component.value;
  return to_text(json);
}

Result<PaperRow> paper(std::string_view value) {
  return from_text(value, [](JsonReader in) {
    if (in.has("document")) return PaperRow{in.number("entry"), read_id(in, "document")};
    PaperPlace place{{in.text("dossier")}, {}, 0};
    if (in.has("result")) place.result = in.number32("result");
    if (!in.has("result")) place.component = {in.text("component")};
    return PaperRow{in.number("entry"), std::move(place)};
  });
}

std::string encode_entry(std::uint64_t entry) {
  return to_text({{"entry", entry}});
}

Result<std::uint64_t> entry(std::string_view value) {
  return from_text(value, [](JsonReader in) { return in.number("entry"); });
}

std::string encode(const IssuanceRow& row) {
  return to_text({{"entry", row.entry}, {"entry_hash", row.entry_hash.hex()}});
}

Result<IssuanceRow> issuance(std::string_view value) {
  return from_text(value, [](JsonReader in) { return IssuanceRow{in.number("entry"), in.digest("entry_hash")}; });
}

std::string encode(const SubmissionRow& row) {
  Json json{{"dossier", text_value(row.terms.dossier)},
            {"items", row.items},
            {"languages", text_value(row.terms.options.languages)},
            {"priority", std::string(name_of_priority(row.terms.priority))},
            {"received_at", iso8601(row.received_at)}};
  if (row.terms.split != Split{}) json["split"] = text_of(row.terms.split);
  return to_text(json);
}

Result<SubmissionRow> submission(std::string_view value) {
  return from_text(value, [](JsonReader in) {
    const auto priority = by_name(in.text("priority"), Priority::bulk, name_of_priority);
    if (!priority) in.fail("priority", "is unknown");
    SubmissionRow row;
    row.received_at = in.time("received_at");
    row.terms.dossier = in.text("dossier");
    row.terms.options.languages = in.text("languages");
    row.terms.priority = priority.value_or(Priority::bulk);
    if (in.has("split")) {
      const auto split = split_of(in.text("split"));
      if (!split) in.fail("split", "is no way to cut");
      row.terms.split = split.value_or(Split{});
    }
    row.items = in.number32("items");
    return row;
  });
}

std::string encode(const ItemRow& row) {
  const auto& item = row.item;
  Json json{{"arrival", row.arrival},
            {"depth", item.depth},
            {"name", text_value(item.name)},
            {"pages", item.pages},
            {"state", std::string(name_of(item.state))}};
  if (item.source) json["source"] = source_value(*item.source);
  if (item.part) {
    json["part"] = part_value(*item.part);
    json["part"]["stack"] = item.stack;
  }
  if (item.sums) json["sums"] = sums_value(*item.sums);
  if (item.document) json["document"] = item.document->value;
  if (item.error) json["error"] = error_value(*item.error, item.error_page);
  return to_text(json);
}

Result<ItemRow> item(const ItemKey& key, std::string_view value) {
  return from_text(value, [&](JsonReader in) {
    const auto state = by_name(in.text("state"), ItemState::failed, [](auto one) { return name_of(one); });
    if (!state) in.fail("state", "is unknown");
    ItemRow row;
    row.arrival = in.number("arrival");
    row.item.key = key;
    row.item.name = in.text("name");
    row.item.depth = in.number32("depth");
    row.item.pages = in.number32("pages");
    row.item.state = state.value_or(ItemState::failed);
    if (in.has("source")) row.item.source = read_source(in.object("source"));
    if (in.has("part")) {
      row.item.part = read_part(in.object("part"));
      row.item.stack = in.object("part").number32("stack");
    }
    if (in.has("sums")) row.item.sums = read_sums(in.object("sums"));
    if (in.has("document")) row.item.document = read_id(in, "document");
    if (in.has("error")) {
      const auto [error, page] = read_error(in.object("error"));
      row.item.error = error;
      row.item.error_page = page;
    }
    return row;
  });
}

std::string encode(const DocumentRow& row) {
  const auto value_of = [](const DocumentRow::Version& version) {
    return Json{{"entry", version.entry}, {"entry_hash", version.entry_hash.hex()}};
  };
  Json json = value_of(row.versions.front());
  for (std::size_t i = 1; i < row.versions.size(); ++i) json["revisions"].push_back(value_of(row.versions[i]));
  return to_text(json);
}

Result<DocumentRow> document(std::string_view value) {
  const auto read_version = [](JsonReader in) {
    return DocumentRow::Version{in.number("entry"), in.digest("entry_hash")};
  };
  return from_text(value, [&](JsonReader in) {
    DocumentRow row{{read_version(in)}};
    if (!in.has("revisions")) return row;
    for (const auto& one : in.array("revisions")) row.versions.push_back(read_version(in.of(one)));
    return row;
  });
}

std::string encode(const ItemKey& pending_row) {
  return to_text({{"index", pending_row.index}, {"submission", pending_row.submission.value}});
}

Result<ItemKey> pending(std::string_view value) {
  return from_text(value,
                   [](JsonReader in) { return ItemKey{{read_id(in, "submission").value}, in.number32("index")}; });
}

std::string encode(const Digest& node_row) {
  return std::string(as_text(node_row.view()));
}

Result<Digest> node(std::string_view value) {
  auto hash = Digest::from_bytes(as_bytes(value));
  if (!hash) return Error{ErrorCode::data_loss, "has not 32 bytes"};
  return hash;
}

}  // namespace sohoa::rows
