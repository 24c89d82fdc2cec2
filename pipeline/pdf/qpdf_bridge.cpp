#include "pipeline/pdf/qpdf_bridge.hpp"

#include <memory>
#include <new>
#include <qpdf/Buffer.hh>
#include <qpdf/Pipeline.hh>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <stdexcept>

namespace sohoa::pdf::qpdf {
namespace {

struct Stopped : std::runtime_error {
  Stopped() : std::runtime_error("stopped") {}
};

class ToSink final : public Pipeline {
 public:
  explicit ToSink(const Sink& sink) : Pipeline("sink", nullptr), sink_(sink) {}
  void write(unsigned char const* data, std::size_t size) override {
    if (!sink_(data, size)) throw Stopped();
  }
  void finish() override {}

 private:
  const Sink& sink_;
};

/// qpdf does not write to its input.
unsigned char* not_const(const std::uint8_t* data) {
  return const_cast<unsigned char*>(data);
}

template <typename Work>
Outcome caught(Work&& work) {
  Outcome outcome;
  try {
    outcome.done = work();
    if (!outcome.done) outcome.problem = "damaged data";
  } catch (const Stopped&) {
    outcome.stopped = true;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& failure) {
    outcome.problem = failure.what();
  }
  return outcome;
}

}  // namespace

Outcome inflate(const std::uint8_t* data, std::size_t size, const Sink& sink) {
  return caught([&] {
    ToSink end(sink);
    Pl_Flate flate("flate", &end, Pl_Flate::a_inflate);
    flate.write(not_const(data), size);
    flate.finish();
    return true;
  });
}

Outcome unfilter(const std::uint8_t* data, std::size_t size, const std::string& dictionary, const Sink& sink) {
  return caught([&] {
    QPDF document;
    document.setSuppressWarnings(true);
    document.emptyPDF();
    auto stream = QPDFObjectHandle::newStream(&document, std::make_shared<Buffer>(not_const(data), size));
    stream.replaceDict(QPDFObjectHandle::parse(dictionary));
    ToSink end(sink);
    return stream.pipeStreamData(&end, 0, qpdf_dl_specialized, true, false);
  });
}

Table table_of(const std::uint8_t* data, std::size_t size) {
  Table table;
  const auto outcome = caught([&] {
    QPDF reader;
    reader.setSuppressWarnings(true);
    reader.setAttemptRecovery(false);
    reader.processMemoryFile("file", reinterpret_cast<const char*>(data), size);
    for (const auto& [id, theirs] : reader.getXRefTable()) {
      if (theirs.getType() == 0) continue;
      TableEntry entry;
      entry.number = id.getObj();
      entry.generation = id.getGen();
      entry.in_stream = theirs.getType() == 2;
      if (entry.in_stream) {
        entry.place = static_cast<std::uint64_t>(theirs.getObjStreamNumber());
        entry.index = theirs.getObjStreamIndex();
      } else {
        entry.place = static_cast<std::uint64_t>(theirs.getOffset());
      }
      table.entries.push_back(entry);
    }
    return true;
  });
  table.problem = outcome.problem;
  return table;
}

}  // namespace sohoa::pdf::qpdf
