// An event stream is [events missed since Last-Event-ID], snapshot, events as they happen, submission_settled. The
// watcher subscribes before the state is read, so nothing falls between the two; what is in the state already may come
// once more, which does no harm as each event carries absolute figures. Where the feed dropped events because the
// client was slow, a new snapshot takes their place. The stream's last event has the id "end": a browser that connects
// again with it is told 204, which makes it stop. Ids are "<run>-<sequence>", because sequences begin anew when the
// server does: one from another run gives a snapshot.

#include <charconv>
#include <optional>

#include "api/http/handlers.hpp"
#include "api/http/problem.hpp"
#include "api/http/views.hpp"

namespace sohoa::http {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;  ///< of one take(): a socket buffer's worth
constexpr std::string_view last_id = "end";

void append_event(std::string& out, std::string_view id, std::string_view name, std::string_view data) {
  if (!id.empty()) out.append("id: ").append(id).append("\n");
  out.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
}

class SubmissionEvents final : public EventSource {
 public:
  /// `after`: the last event that the client knows, of this run; nothing where it knows none.
  SubmissionEvents(const Context& context, SubmissionId id, std::optional<std::uint64_t> after)
      : context_(context), id_(std::move(id)), after_(after) {}

  void start(std::function<void()> wake) override {
    subscription_ = context_.service.progress().subscribe(id_, after_.value_or(0), std::move(wake));
  }

  Piece take() override {
    Piece piece;
    if (!started_) begin(piece);
    while (!piece.last && piece.text.size() < piece_bytes) {
      if (subscription_->missed()) {
        skip_queued();
        snapshot(piece);
        continue;
      }
      const auto event = subscription_->next();
      if (!event) break;
      append(piece, *event);
    }
    return piece;
  }

 private:
  void begin(Piece& piece) {
    started_ = true;
    const bool gap = subscription_->missed();
    if (!after_ || gap) {
      skip_queued();  // what has happened so far is in the snapshot
    } else {
      while (!piece.last) {
        const auto event = subscription_->next();
        if (!event) break;
        append(piece, *event);
      }
    }
    if (!piece.last) snapshot(piece);
  }

  void skip_queued() {
    while (const auto event = subscription_->next()) sequence_ = event->sequence;
  }

  void append(Piece& piece, const ProgressEvent& event) {
    sequence_ = event.sequence;
    piece.last = event.kind == ProgressKind::submission_settled;
    append_event(piece.text, piece.last ? std::string(last_id) : event_id(), name_of(event.kind), event_json(event));
  }

  void snapshot(Piece& piece) {
    const auto submission = context_.service.submission(id_);
    if (!submission) {
      piece.last = true;
      const auto refusal = to_response(problem_of(submission.error()), "");
      append_event(piece.text, "", "problem", std::get<std::string>(refusal.body));
      return;
    }
    append_event(piece.text, sequence_ == 0 ? "" : event_id(), "snapshot", submission_json(*submission));
    if (!submission->settled()) return;
    piece.last = true;
    ProgressEvent settled;
    settled.kind = ProgressKind::submission_settled;
    settled.item.submission = id_;
    if (!submission->items.empty()) settled.state = submission->items.back().state;
    append_event(piece.text, last_id, name_of(settled.kind), event_json(settled));
  }

  [[nodiscard]] std::string event_id() const { return context_.epoch + "-" + std::to_string(sequence_); }

  const Context& context_;
  SubmissionId id_;
  std::optional<std::uint64_t> after_;
  std::unique_ptr<ProgressSubscription> subscription_;
  bool started_ = false;
  std::uint64_t sequence_ = 0;
};

/// The sequence in an id of this run; nothing where there is none.
std::optional<std::uint64_t> sequence_in(std::string_view id, std::string_view epoch) {
  if (!id.starts_with(epoch) || id.substr(epoch.size(), 1) != "-") return std::nullopt;
  id.remove_prefix(epoch.size() + 1);
  std::uint64_t value = 0;
  const auto [end, failure] = std::from_chars(id.data(), id.data() + id.size(), value);
  if (failure != std::errc() || end != id.data() + id.size()) return std::nullopt;
  return value;
}

}  // namespace

Response get_submission_events(const Context& context, const Request& request) {
  const auto& id = request.parameters.front();
  if (!is_id(id)) return refuse(request, {ErrorCode::not_found, "no submission " + id.substr(0, 64)});
  const auto submission = context.service.submission({id});
  if (!submission) return refuse(request, submission.error());
  Response response;
  response.headers.set("Cache-Control", "no-store");
  const auto last = trimmed(request.headers.get("Last-Event-ID"));
  if (last == last_id && submission->settled()) {
    response.status = 204;
    return response;
  }
  response.headers.set("Content-Type", "text/event-stream");
  response.headers.set("X-Accel-Buffering", "no");  // proxies that know it pass each event on at once
  response.body = std::make_unique<SubmissionEvents>(context, SubmissionId{id}, sequence_in(last, context.epoch));
  return response;
}

}  // namespace sohoa::http
