#include "archive/rows.hpp"

#include "archive/stored_values.hpp"

namespace sohoa::rows {
namespace {

std::string_view name_of_priority(Priority priority) {
  return priority == Priority::interactive ? "interactive" : "bulk";
}

DocumentId read_id(JsonReader in, const char* key) {
  DocumentId id{in.text(key)};
  if (!is_id(id.value)) in.fail(key, "is not an id");
  return id;
}

}  // namespace

std::string encode(const Counters& row) {
  return to_text({{"documents", row.documents},
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
                    in.number("journal_entries"), in.digest("tree_root")};
  });
}

std::string encode(const SubmissionRow& row) {
  return to_text({{"dossier", text_value(row.terms.dossier)},
                  {"items", row.items},
                  {"languages", text_value(row.terms.options.languages)},
                  {"priority", std::string(name_of_priority(row.terms.priority))},
                  {"received_at", iso8601(row.received_at)}});
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
  return to_text({{"entry", row.entry}, {"entry_hash", row.entry_hash.hex()}});
}

Result<DocumentRow> document(std::string_view value) {
  return from_text(value, [](JsonReader in) { return DocumentRow{in.number("entry"), in.digest("entry_hash")}; });
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
