#pragma once

#include "pipeline/pdf/judge.hpp"
#include "pipeline/pdf/structure.hpp"

namespace sohoa::pdf {

/// The catalogue and what hangs on it: permissions, actions, optional content, embedded files (ISO
/// 19005-2, 6.1.12, 6.5, 6.8 to 6.11).
void check_catalogue(Judge& judge);
/// The form and its signatures (6.4).
void check_form(Judge& judge);
/// A page apart from what it shows: boxes, actions, annotations (6.1.13, 6.3, 6.5, 6.10).
void check_page(Judge& judge, const Page& page, const std::string& where);
/// An action and those that follow it (6.5.1).
void check_action(Judge& judge, const Object& action, const std::string& where);

}  // namespace sohoa::pdf
