#include "pipeline/decode/pdf_file.hpp"

#include <poppler/Annot.h>
#include <poppler/ErrorCodes.h>
#include <poppler/Form.h>
#include <poppler/Stream.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <string>

namespace sohoa::decode {
namespace {

double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

Error why_closed(int code) {
  switch (code) {
    case errEncrypted: return {ErrorCode::unsupported, "encrypted: a password is needed"};
    case errBadCatalog: return {ErrorCode::invalid_input, "damaged PDF: no page catalog"};
    case errDamaged: return {ErrorCode::invalid_input, "damaged PDF that cannot be repaired"};
    default: return {ErrorCode::invalid_input, "not a PDF that can be opened (" + std::to_string(code) + ")"};
  }
}

/// Colours come out as sRGB here. Poppler would make them the output intent's, and work out that profile anew each time
/// that it runs over a page: 10 ms.
void leave_output_intent_out(PDFDoc& document) {
  XRef& xref = *document.getXRef();
  Object catalog = xref.getCatalog();
  if (!catalog.isDict() || catalog.dictLookupNF("OutputIntents").isNull()) return;
  catalog.dictRemove("OutputIntents");
  xref.setModifiedObject(&catalog, {xref.getRootNum(), xref.getRootGen()});
}

/// Whether a profile says what its plain colour space says.
bool is_plain(GfxICCBasedColorSpace& space) {
  constexpr int steps = 4;  // of each component
  constexpr int same = 2 * gfxColorComp1 / 255;
  if (space.getNComps() != 3) return false;
  for (int i = 0; i < steps * steps * steps; ++i) {
    GfxColor colour{};
    int rest = i;
    for (int c = 0; c < 3; ++c, rest /= steps) colour.c[c] = rest % steps * gfxColorComp1 / (steps - 1);
    GfxRGB by_profile{};
    GfxRGB plain{};
    space.getRGB(&colour, &by_profile);
    space.getAlt()->getRGB(&colour, &plain);
    if (std::abs(by_profile.r - plain.r) > same || std::abs(by_profile.g - plain.g) > same ||
        std::abs(by_profile.b - plain.b) > same) {
      return false;
    }
  }
  return true;
}

}  // namespace

void ColourProfiles::lend(OutputDev& device) const {
  for (const auto& known : known_) {
    device.getIccColorSpaceCache()->put(known.profile, static_cast<GfxICCBasedColorSpace*>(known.space->copy()));
  }
}

void ColourProfiles::keep(OutputDev& device, Ref profile) {
  constexpr std::size_t most = 4;  // a device keeps five
  const bool known = std::any_of(known_.begin(), known_.end(), [&](const Known& k) { return k.profile == profile; });
  auto* space = known || known_.size() >= most ? nullptr : device.getIccColorSpaceCache()->lookup(profile);
  if (space == nullptr) return;
  known_.push_back({profile, std::unique_ptr<GfxICCBasedColorSpace>(static_cast<GfxICCBasedColorSpace*>(space->copy())),
                    is_plain(*space)});
}

GfxColorSpace* ColourProfiles::plain(GfxColorSpace& space) const {
  if (space.getMode() != csICCBased) return nullptr;
  auto& by_profile = static_cast<GfxICCBasedColorSpace&>(space);
  const auto found = std::find_if(known_.begin(), known_.end(),
                                  [&](const Known& known) { return known.profile == by_profile.getRef(); });
  return found != known_.end() && found->plain ? by_profile.getAlt() : nullptr;
}

Deadline::Deadline(double seconds) : end_(cpu_seconds() + seconds) {}

bool Deadline::passed() const {
  return cpu_seconds() > end_;
}

Result<std::unique_ptr<PdfFile>> PdfFile::open(SourceBytes bytes, const Limits& limits) {
  std::unique_ptr<PdfFile> file(new PdfFile);
  file->bytes_ = std::move(bytes);
  const auto view = file->bytes_.view();
  // The document owns the stream; the stream does not own the bytes.
  file->document_ = std::make_unique<PDFDoc>(
      new MemStream(reinterpret_cast<const char*>(view.data()), 0, static_cast<Goffset>(view.size()), Object(objNull)));
  if (!file->document_->isOk()) return why_closed(file->document_->getErrorCode());
  leave_output_intent_out(*file->document_);
  const int pages = file->document_->getNumPages();
  if (pages <= 0) return Error{ErrorCode::invalid_input, "the PDF has no pages"};
  file->pages_ = static_cast<std::uint32_t>(pages);
  if (file->pages_ > limits.pages) {
    return Error{ErrorCode::resource_exhausted,
                 std::to_string(pages) + " pages, over the limit of " + std::to_string(limits.pages)};
  }
  return file;
}

Result<::Page*> PdfFile::page(PageNumber number) {
  if (number.value < 1 || number.value > pages_) {
    return Error{ErrorCode::not_found, "the file has " + std::to_string(pages_) + " pages"};
  }
  ::Page* page = document_->getPage(static_cast<int>(number.value));
  if (page == nullptr || !page->isOk()) return Error{ErrorCode::invalid_input, "the PDF's page tree has no such page"};
  const auto size = shown_size(*page);
  if (!std::isfinite(size.width) || !std::isfinite(size.height) || size.width < 1 || size.height < 1 ||
      size.width > 1e6 || size.height > 1e6) {
    return Error{ErrorCode::invalid_input, "the page has no size that can be shown"};
  }
  return page;
}

bool PdfFile::carries_signature() {
  for (FormFieldSignature* field : document_->getSignatureFields()) {
    if (field != nullptr && field->getByteRange() != nullptr && field->getByteRange()->isArray()) return true;
  }
  return false;
}

PageSize shown_size(::Page& page) {
  const double width = page.getCropWidth();
  const double height = page.getCropHeight();
  const bool across = page.getRotate() == 90 || page.getRotate() == 270;
  return across ? PageSize{height, width} : PageSize{width, height};
}

std::set<const Annot*> signature_widgets(::Page& page) {
  std::set<const Annot*> widgets;
  const auto all = page.getFormWidgets();
  for (int i = 0; all && i < all->getNumWidgets(); ++i) {
    FormWidget* widget = all->getWidget(i);
    if (widget != nullptr && widget->getType() == formSignature && widget->getWidgetAnnotation() != nullptr) {
      widgets.insert(widget->getWidgetAnnotation());
    }
  }
  return widgets;
}

}  // namespace sohoa::decode
