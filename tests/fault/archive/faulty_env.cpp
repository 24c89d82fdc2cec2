#include "tests/fault/archive/faulty_env.hpp"

#include <rocksdb/file_system.h>

namespace sohoa::test {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

IOStatus broken() {
  return IOStatus::IOError("planted: input/output error");
}

class FaultyFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  FaultyFile(std::unique_ptr<rocksdb::FSWritableFile> file, Faults& faults)
      : FSWritableFileOwnerWrapper(std::move(file)), faults_(faults) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* context) override {
    if (!faults_.strikes()) return FSWritableFileOwnerWrapper::Append(data, options, context);
    (void)FSWritableFileOwnerWrapper::Append(Slice(data.data(), data.size() / 2), options, context).ok();
    return broken();
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* context) override {
    return Append(data, options, context);
  }
  IOStatus Sync(const IOOptions&, IODebugContext*) override { return pass(); }
  IOStatus Fsync(const IOOptions&, IODebugContext*) override { return pass(); }
  IOStatus RangeSync(uint64_t, uint64_t, const IOOptions&, IODebugContext*) override { return pass(); }
  IOStatus Close(const IOOptions& options, IODebugContext* context) override {
    const auto closed = FSWritableFileOwnerWrapper::Close(options, context);
    return faults_.strikes() ? broken() : closed;
  }

 private:
  IOStatus pass() { return faults_.strikes() ? broken() : IOStatus::OK(); }
  Faults& faults_;
};

class FaultyFolder final : public rocksdb::FSDirectoryWrapper {
 public:
  FaultyFolder(std::unique_ptr<rocksdb::FSDirectory> folder, Faults& faults)
      : FSDirectoryWrapper(std::move(folder)), faults_(faults) {}
  IOStatus Fsync(const IOOptions&, IODebugContext*) override { return faults_.strikes() ? broken() : IOStatus::OK(); }
  IOStatus FsyncWithDirOptions(const IOOptions&, IODebugContext*, const rocksdb::DirFsyncOptions&) override {
    return faults_.strikes() ? broken() : IOStatus::OK();
  }

 private:
  Faults& faults_;
};

class FaultyFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  explicit FaultyFileSystem(Faults& faults) : FileSystemWrapper(rocksdb::FileSystem::Default()), faults_(faults) {}
  const char* Name() const override { return "FaultyFileSystem"; }

  IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file, IODebugContext* context) override {
    if (faults_.strikes()) return broken();
    const auto made = FileSystemWrapper::NewWritableFile(name, options, file, context);
    if (made.ok()) *file = std::make_unique<FaultyFile>(std::move(*file), faults_);
    return made;
  }
  IOStatus NewDirectory(const std::string& name, const IOOptions& options,
                        std::unique_ptr<rocksdb::FSDirectory>* folder, IODebugContext* context) override {
    if (faults_.strikes()) return broken();
    const auto made = FileSystemWrapper::NewDirectory(name, options, folder, context);
    if (made.ok()) *folder = std::make_unique<FaultyFolder>(std::move(*folder), faults_);
    return made;
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                      IODebugContext* context) override {
    return faults_.strikes() ? broken() : FileSystemWrapper::RenameFile(from, to, options, context);
  }
  IOStatus DeleteFile(const std::string& name, const IOOptions& options, IODebugContext* context) override {
    return faults_.strikes() ? broken() : FileSystemWrapper::DeleteFile(name, options, context);
  }

 private:
  Faults& faults_;
};

}  // namespace

std::unique_ptr<rocksdb::Env> make_faulty_env(Faults& faults) {
  return rocksdb::NewCompositeEnv(std::make_shared<FaultyFileSystem>(faults));
}

}  // namespace sohoa::test
