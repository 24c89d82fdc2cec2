#pragma once

#include <map>

#include "indexer/follower.hpp"
#include "pipeline/base/guarded.hpp"
#include "pipeline/model/catalogue.hpp"
#include "pipeline/ports/statistics_index.hpp"

namespace sohoa::indexer {

/// Counters of dossiers, kept ready for every unit with its sub-units, every month, quarter and year, and within them
/// for every procedure and officer, so that no question needs a scan; and beside them the dossiers, by unit and month,
/// for drill-down.
///
///   d unit 0 month code   a dossier: what of it counts ("000000": received on no known day, counted nowhere)
///   f code                its key among those
///   c unit 0 period 0 dimension   Tally; unit "": all; dimension "", "p" + procedure, "o" + officer
///   w officer 0 month     Work;   h officer 0 hour   the officer filed a paper in that clock hour
///   g                     the catalogue in force, for its tree of units
///
/// When the tree of units changes, all tallies are made anew from the dossiers.
class Statistics final : public Follower, public StatisticsIndex {
 public:
  static Result<std::unique_ptr<Statistics>> open(const std::filesystem::path& folder, OpenMode mode);

  [[nodiscard]] Result<std::vector<StatisticsLine>> tallies(const StatisticsScope& scope, Breakdown by) const override;
  [[nodiscard]] Result<Formalities> formalities(const StatisticsScope& scope) const override;
  [[nodiscard]] Result<DossierPage> dossiers(const StatisticsScope& scope, const DossierFilter& filter,
                                             const std::string& after, std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<OfficerWork>> work(const StatisticsScope& scope) const override;

 private:
  struct Facts;
  Statistics(const std::filesystem::path& folder, std::unique_ptr<Database> database);
  Result<void> apply(const JournalEntry& entry, IndexRows& rows) override;
  Result<void> before_flush(IndexRows& rows) override;
  Result<void> remember() override;

  Result<void> set_catalogue(const std::string& text, IndexRows& rows);
  Result<void> receive(const Reception& reception, IndexRows& rows);
  Result<void> change_dossier(const DossierChange& change, WallTime time, IndexRows& rows);
  void count(const Facts& facts, const Tally& difference);
  Result<void> count_anew(IndexRows& rows);
  Result<void> add_work(const std::string& officer, const Work& work, WallTime time, IndexRows& rows) const;
  const std::vector<UnitCode>& chain_of(const std::string& unit);

  [[nodiscard]] Result<Tally> tally(const UnitCode& unit, const StatisticsScope& scope,
                                    const std::string& dimension) const;
  [[nodiscard]] Result<std::vector<StatisticsLine>> by_dimension(const StatisticsScope& scope, char dimension) const;
  [[nodiscard]] Result<std::shared_ptr<const Catalogue>> stored_catalogue() const;

  /// The catalogue that was asked for last: questions come many, catalogues change seldom.
  struct ReadCatalogue {
    std::string text;
    std::shared_ptr<const Catalogue> catalogue;
  };
  mutable Guarded<ReadCatalogue> read_;

  // Of the following thread only.
  Catalogue catalogue_;
  std::map<std::string, std::vector<UnitCode>> chains_;  ///< by unit: itself and all above it, "" last
  std::unordered_map<std::string, Tally> pending_;       ///< differences by key, not yet in rows
};

}  // namespace sohoa::indexer
