#pragma once

#include <string>

#include "api/http/http_metrics.hpp"
#include "api/http/options.hpp"
#include "api/service/office_services.hpp"
#include "api/service/service.hpp"

namespace sohoa::http {

/// What handlers work with. Outlives them all.
struct Context {
  api::Service& service;
  api::OfficeServices office;
  const HttpOptions& options;
  HttpMetrics& metrics;
  std::string epoch;  ///< names this run of the server; progress sequences begin anew with each
};

}  // namespace sohoa::http
