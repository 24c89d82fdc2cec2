#include "ocr/lstm/model.hpp"

#include "ocr/lstm/traineddata.hpp"

namespace sohoa::ocr::lstm {

Result<Model> Model::load(const std::filesystem::path& file) {
  SOHOA_TRY(const auto data, TrainedData::load(file));
  const auto network = data.component(Component::network);
  const auto unicharset = data.component(Component::unicharset);
  const auto recoder = data.component(Component::recoder);
  if (!network || !unicharset || !recoder) {
    return Error{ErrorCode::unsupported, file.filename().string() + " has no line recogniser"};
  }
  Model model;
  SOHOA_TRY(model.network, Network::parse(*network));
  SOHOA_TRY(model.unicharset, Unicharset::parse(*unicharset));
  SOHOA_TRY(model.recoder, Recoder::parse(*recoder, model.unicharset.size(), model.network.null_code));
  if (model.recoder.code_range() > model.network.output.outputs) {
    return Error{ErrorCode::invalid_input, file.filename().string() + " has codes that its network does not give"};
  }
  SOHOA_TRY(model.dictionary,
            Dictionary::create(model.unicharset, data.component(Component::punctuation_dawg),
                               data.component(Component::word_dawg), data.component(Component::number_dawg)));
  return model;
}

}  // namespace sohoa::ocr::lstm
