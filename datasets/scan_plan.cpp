// Which steps a stratum takes, drawn from the seed, in the order in which paper, light, optics, sensor and coding act.
// The ranges: "degraded" is what a careless office scanner gives, "poor" what a fax or a phone gives, the others
// isolate one trouble on an otherwise clean page.

#include <cmath>

#include "datasets/degrade.hpp"

namespace sohoa::datasets {
namespace {

class Scan {
 public:
  Scan(Raster page, const Raster& back, TruePage& truth, ScanRandom& random)
      : page_(std::move(page)), back_(back), truth_(truth), setting_(random.document), random_(random.page) {}

  Raster finish() { return std::move(page_); }

  void paper(double worst) {
    if (setting_.chance(0.5 * worst)) {
      const double strength = setting_.uniform(0.2, 0.4 + 0.6 * worst);
      replace("yellowed", {{"strength", strength}}, yellowed(page_, strength, Random(setting_.next())));
    }
    if (setting_.chance(0.6 * worst)) {
      const double strength = setting_.uniform(0.04, 0.06 + 0.14 * worst);
      replace("bleed_through", {{"strength", strength}}, bled_through(page_, back_, strength));
    }
    if (setting_.chance(0.35 * worst)) replace("punch_holes", {}, punched(page_, truth_.dpi, Random(setting_.next())));
    if (setting_.chance(0.35 * worst)) replace("staple", {}, stapled(page_, truth_.dpi, Random(setting_.next())));
  }

  void skew(double most) {
    const double degrees = random_.uniform(-most, most);
    const int fill = random_.chance(0.15) ? random_.between(10, 60) : random_.between(235, 250);
    truth_.skew_degrees = degrees;
    move_by("skew", {{"degrees", degrees}, {"fill", fill}}, skewed(page_, degrees, fill));
  }

  void cut_edge() {
    // At most 4 mm: text stands at least 15 mm from every edge, page numbers and stamps at least 5.
    const int most = static_cast<int>(4 * truth_.dpi / 25.4);
    const int left = random_.between(-most, most);
    const int top = random_.between(-most, most / 2);
    move_by("cut_edge", {{"left", left}, {"top", top}}, cut(page_, left, top));
  }

  void light(double most) {
    const double strength = random_.uniform(0.12, most);
    replace("shadow", {{"strength", strength}}, shaded(page_, strength, noise()));
  }

  void resolution(double dpi) {
    if (dpi >= truth_.dpi) return;
    auto moved = resampled(page_, dpi / truth_.dpi);
    truth_.dpi = dpi;
    move_by("low_dpi", {{"dpi", dpi}}, std::move(moved));
  }

  void blur(double least, double most) {
    const double sigma = random_.uniform(least, most) * truth_.dpi / 300;  // the same width on paper at any resolution
    if (sigma > 0.2) replace("blur", {{"sigma", sigma}}, blurred(page_, sigma));
  }

  void sensor(double least, double most) {
    const double sigma = random_.uniform(least, most);
    replace("gaussian_noise", {{"sigma", sigma}}, noisy(page_, sigma, noise()));
  }

  void dust(int most) {
    const int count = random_.between(0, most);
    const double radius = 1.6 * truth_.dpi / 300;
    replace("salt_noise", {{"count", count}, {"radius", radius}}, specked(page_, count, radius, noise()));
  }

  void jpeg(int least, int most) {
    const int quality = setting_.between(least, most);
    replace("jpeg", {{"quality", quality}}, through_jpeg(page_, quality));
  }

  void to_grey() { replace("grey", {}, grey(page_)); }

  void threshold() {
    const int threshold = random_.between(120, 185);
    replace("bilevel", {{"threshold", threshold}}, bilevel(page_, threshold));
  }

  void turn(int degrees) {
    truth_.turned_degrees = degrees;
    move_by("turn", {{"degrees", degrees}}, turned(page_, degrees));
  }

 private:
  using Parameters = std::vector<std::pair<std::string, double>>;

  Random noise() { return Random(random_.next()); }

  void replace(const char* name, Parameters parameters, Raster pixels) {
    page_ = std::move(pixels);
    truth_.steps.push_back({name, std::move(parameters)});
  }
  void move_by(const char* name, Parameters parameters, Moved moved) {
    move(truth_, moved.matrix, moved.pixels.width(), moved.pixels.height());
    replace(name, std::move(parameters), std::move(moved.pixels));
  }

  Raster page_;
  const Raster& back_;
  TruePage& truth_;
  Random& setting_;
  Random& random_;
};

void office_scanner(Scan& scan, Random& setting) {
  scan.paper(0.5);
  scan.skew(1.5);
  if (setting.chance(0.3)) scan.cut_edge();
  if (setting.chance(0.5)) scan.light(0.3);
  if (setting.chance(0.4)) scan.resolution(200);
  scan.blur(0.3, 0.9);
  scan.sensor(2, 7);
  if (setting.chance(0.4)) scan.dust(150);
  if (setting.chance(0.25)) scan.to_grey();
  scan.jpeg(50, 90);
}

void fax_or_phone(Scan& scan, Random& setting) {
  scan.paper(1.0);
  scan.skew(3);
  if (setting.chance(0.4)) scan.cut_edge();
  scan.light(0.5);
  scan.resolution(setting.pick({100.0, 120.0, 150.0, 150.0, 200.0}));
  scan.blur(0.8, 1.8);
  scan.sensor(5, 13);
  scan.dust(400);
  if (setting.chance(0.35)) scan.to_grey();
  scan.jpeg(30, 65);
}

}  // namespace

std::string_view name_of(Stratum stratum) {
  static constexpr std::string_view names[] = {"clean", "degraded", "poor", "seal", "turned", "bilevel"};
  return names[static_cast<std::size_t>(stratum)];
}

std::optional<Stratum> stratum_of(std::string_view name) {
  for (const auto stratum :
       {Stratum::clean, Stratum::degraded, Stratum::poor, Stratum::seal, Stratum::turned, Stratum::bilevel}) {
    if (name_of(stratum) == name) return stratum;
  }
  return std::nullopt;
}

Raster degrade(Raster page, const Raster& back, Stratum stratum, TruePage& truth, ScanRandom random) {
  Scan scan(std::move(page), back, truth, random);
  switch (stratum) {
    case Stratum::clean:
    case Stratum::seal: break;
    case Stratum::degraded: office_scanner(scan, random.document); break;
    case Stratum::poor: fax_or_phone(scan, random.document); break;
    case Stratum::turned:
      scan.skew(1);
      scan.sensor(1, 4);
      scan.turn(random.page.pick({90, 180, 270}));
      break;
    case Stratum::bilevel:
      scan.skew(1.2);
      scan.blur(0.5, 1.0);
      scan.sensor(6, 22);
      if (random.document.chance(0.5)) scan.dust(200);
      scan.threshold();
      break;
  }
  return scan.finish();
}

}  // namespace sohoa::datasets
