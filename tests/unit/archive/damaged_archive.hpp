#pragma once

#include <functional>
#include <string>

#include "archive/rocks_archive.hpp"
#include "tests/unit/archive/findings_in.hpp"

namespace sohoa::test {

/// A data directory whose rows are changed behind the archive's back.
class DamagedArchive : public ::testing::Test {
 protected:
  [[nodiscard]] std::vector<std::string> findings() const { return findings_in(folder_.path()); }

  void change(const std::function<void(const Database&, Batch&)>& fill) const {
    const auto database = must(Database::open(folder_.path() / "db", OpenMode::read_write));
    Batch batch;
    fill(*database, batch);
    must(database->commit(batch));
  }
  void put_row(const std::string& key, const std::string& value) const {
    change([&](const Database&, Batch& batch) { batch.put(key, value); });
  }
  void remove_row(const std::string& key) const {
    change([&](const Database&, Batch& batch) { batch.remove(key); });
  }

  TemporaryFolder folder_{"damaged"};
};

}  // namespace sohoa::test
