#include "pipeline/ports/object_store.hpp"

namespace sohoa {

Result<StoredObject> put(ObjectStore& store, ByteView bytes) {
  SOHOA_TRY(auto writer, store.create());
  SOHOA_DO(writer->write(bytes));
  return writer->commit();
}

}  // namespace sohoa
