#pragma once

#include <memory>
#include <variant>

#include "api/http/context.hpp"
#include "api/http/message.hpp"

namespace sohoa::http {

/// A receiver that streams multipart/form-data (fields file, dossier, languages, priority) or one raw file
/// (application/pdf, image/*, application/zip, application/octet-stream; named by Content-Disposition or ?name=) into
/// the service's writers, and submits them when the body is complete: then, and only then, is there a submission. The
/// terms may also stand in the query. Refused at once: 400 (bad terms or boundary), 415, 429 (as many uploads as
/// allowed), 503 (busy), 507.
[[nodiscard]] std::variant<Response, std::unique_ptr<BodyReceiver>> receive_submission(const Context& context,
                                                                                       const Request& request);

}  // namespace sohoa::http
