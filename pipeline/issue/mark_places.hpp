#pragma once

#include <optional>
#include <vector>

#include "pipeline/issue/page_marks.hpp"
#include "pipeline/model/recognized_page.hpp"

namespace sohoa::issue {

/// What of a page is taken: lines, seals, bar codes, other ink, and marks that were put there.
class PageRoom {
 public:
  PageRoom(const RecognizedPage& page, PageExtent extent);

  enum class Corner { top_left, top_right };
  /// Takes the free place nearest to the corner, above `lowest`, a share of the page's height from its top. Nothing
  /// where there is none.
  std::optional<PointRect> take(Corner corner, double width, double height, double lowest);
  /// A place in the page's upper part, where need be over the least of what is there.
  PointRect take_anyway(Corner corner, double width, double height);

 private:
  void take_ink(const InkMap& ink);
  [[nodiscard]] double covered(const PointRect& place) const;
  [[nodiscard]] bool is_free(const PointRect& place) const;
  std::optional<PointRect> best(Corner corner, double width, double height, double lowest, bool may_cover) const;

  PageExtent extent_;
  std::vector<PointRect> taken_;
};

}  // namespace sohoa::issue
