// Makes up what a document says. The issuer comes first (people's committee of a province or commune, department,
// people's council), for head, symbol, signer and recipients depend on it; then the body by the type's own pattern:
// decisions and resolutions with bases and articles, invitations and minutes with their fixed points, the others with
// numbered sections. Each pattern takes its sentences from the corpus; what only the form asks for is written here.

#include "datasets/compose.hpp"

#include <algorithm>

#include "datasets/owners.hpp"
#include "pipeline/text/unicode.hpp"

namespace sohoa::datasets {
namespace {

struct Issuer {
  std::vector<std::string> parent;
  std::vector<std::string> lines;
  std::string symbol;      ///< "UBND"
  std::string spoken;      ///< in running text: "Ủy ban nhân dân tỉnh Nam Sơn"
  std::string collective;  ///< "ỦY BAN NHÂN DÂN" where it signs as a body, else ""
  std::string head;        ///< "CHỦ TỊCH"
  std::string place;
  std::string area;  ///< "tỉnh Nam Sơn"
};

/// "tỉnh Nam Sơn" -> "Nam Sơn"
std::string bare(const std::string& place) {
  for (const std::string_view kind : {"tỉnh ", "thành phố ", "xã ", "phường "}) {
    if (place.starts_with(kind)) return place.substr(kind.size());
  }
  return place;
}

/// "Sở Giáo dục và Đào tạo" -> "SGDĐT"
std::string initials(const std::string& department) {
  std::string result;
  std::size_t start = 0;
  while (start < department.size()) {
    const auto end = std::min(department.find(' ', start), department.size());
    const auto word = capitals(department.substr(start, end - start));
    if (word.starts_with("Đ")) {
      result += "Đ";
    } else if (word != "VÀ") {
      result += text::without_marks(word).front();
    }
    start = end + 1;
  }
  return result;
}

Issuer committee(const std::string& area, const std::string& place) {
  return {
      {},  {"ỦY BAN NHÂN DÂN", capitals(area)}, "UBND", "Ủy ban nhân dân " + area, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", place,
      area};
}

Issuer draw_issuer(DocumentType type, const Corpus& corpus, Random& random) {
  const auto province = random.pick(corpus.provinces);
  if (type == DocumentType::resolution)
    return {{},
            {"HỘI ĐỒNG NHÂN DÂN", capitals(province)},
            "HĐND",
            "Hội đồng nhân dân " + province,
            "HỘI ĐỒNG NHÂN DÂN",
            "CHỦ TỊCH",
            bare(province),
            province};
  const double kind = random.uniform(0, 1);
  if (kind < 0.45) return committee(province, bare(province));
  if (kind < 0.65) {
    const auto commune = random.pick(corpus.communes);
    return committee(commune, bare(commune));
  }
  const auto department = random.pick(corpus.departments);
  return {{"ỦY BAN NHÂN DÂN", capitals(province)},
          {capitals(department)},
          initials(department),
          department + " " + province,
          "",
          "GIÁM ĐỐC",
          bare(province),
          province};
}

class Composer {
 public:
  Composer(DocumentType type, const Corpus& corpus, std::size_t body_size, Random& random)
      : corpus_(corpus), body_size_(body_size), random_(random), issuer_(draw_issuer(type, corpus, random)) {
    document_.type = type;
    sentence_ = random.next() % corpus.paragraphs.size();
  }

  DocumentText compose() {
    head();
    signer();
    body();
    recipients();
    extras();
    return std::move(document_);
  }

 private:
  void head() {
    document_.parent_agency = issuer_.parent;
    document_.agency = issuer_.lines;
    document_.place = issuer_.place;
    document_.day = random_.between(1, 28);
    document_.month = random_.between(1, 12);
    document_.year = random_.between(2021, 2025);
    const int number = random_.chance(0.5) ? random_.between(1, 99) : random_.between(100, 2999);
    document_.number = (number < 10 ? "0" : "") + std::to_string(number);
    const auto& info = info_of(document_.type);
    subject_ = random_.pick(corpus_.subjects);
    if (document_.type == DocumentType::letter) {
      document_.symbol = "/" + issuer_.symbol + "-" + random_.pick({"VX", "TTHC", "KTTH", "NC", "TH", "VP", "KSTT"});
      document_.abstract = "V/v " + subject_;
    } else {
      document_.symbol = "/" + std::string(info.abbreviation) + "-" + issuer_.symbol;
      document_.abstract = "Về việc " + subject_;
    }
    if (document_.type > DocumentType::resolution) document_.symbol = "/" + issuer_.symbol + "-TP";
    if (document_.type == DocumentType::authorization || document_.type > DocumentType::resolution)
      document_.abstract.clear();
  }

  void signer() {
    auto& authority = document_.signer.authority;
    const bool deputy = random_.chance(0.5);
    const bool as_body =
        !issuer_.collective.empty() && (document_.type == DocumentType::resolution || random_.chance(0.6));
    if (as_body) authority.push_back("TM. " + issuer_.collective);
    if (deputy) authority.push_back("KT. " + issuer_.head);
    authority.push_back(deputy ? "PHÓ " + issuer_.head : issuer_.head);
    document_.signer.name = corpus_.person(random_);
    if (document_.type == DocumentType::minutes) {
      document_.signer.authority = {"CHỦ TRÌ"};
      document_.second_signer = Signer{{"THƯ KÝ"}, corpus_.person(random_)};
    }
  }

  void body() {
    switch (document_.type) {
      case DocumentType::decision:
      case DocumentType::resolution: return articles();
      case DocumentType::invitation: return invitation();
      case DocumentType::minutes: return minutes();
      case DocumentType::authorization: return authorization();
      case DocumentType::marital_status: return marital_status();
      case DocumentType::business_registration: return business_registration();
      case DocumentType::identity_card: return identity_copy(true);
      case DocumentType::passport: return identity_copy(false);
      default: return sections();
    }
  }

  void articles() {
    const bool resolution = document_.type == DocumentType::resolution;
    const auto decider =
        resolution || random_.chance(0.4) ? issuer_.spoken : capitalised(lower_title()) + " " + issuer_.spoken;
    add(ParagraphKind::centered, capitals(decider));
    const auto kind = random_.chance(0.6) ? ParagraphKind::basis : ParagraphKind::plain;
    const auto bases = static_cast<std::size_t>(random_.between(2, 5));
    const std::size_t first = random_.next() % corpus_.bases.size();
    for (std::size_t i = 0; i < bases; ++i) add(kind, corpus_.bases[(first + i) % corpus_.bases.size()]);
    add(kind, "Theo đề nghị của " +
                  random_.pick({std::string("Chánh Văn phòng"), "Giám đốc " + random_.pick(corpus_.departments)}) +
                  " tại Tờ trình số " + std::to_string(random_.between(10, 400)) + "/TTr-VP.");
    add(ParagraphKind::centered, resolution ? "QUYẾT NGHỊ:" : "QUYẾT ĐỊNH:");
    int article = 1;
    for (; article <= 2 || written_ < body_size_; ++article) {
      add(ParagraphKind::plain, sentence(), "Điều " + std::to_string(article) + ".");
      if (article > 1 && random_.chance(0.4)) items(random_.between(2, 4));
    }
    add(ParagraphKind::plain,
        resolution
            ? "Nghị quyết này có hiệu lực kể từ ngày ký./."
            : "Chánh Văn phòng, thủ trưởng các cơ quan, đơn vị và cá nhân có liên quan chịu trách nhiệm thi hành Quyết "
              "định này kể từ ngày ký./.",
        "Điều " + std::to_string(article) + ".");
    if (resolution) document_.validity = document_.iso_date() + "/..";
  }

  void sections() {
    if (document_.type == DocumentType::letter || document_.type == DocumentType::submission ||
        (document_.type == DocumentType::report && random_.chance(0.6)))
      addressees();
    add(ParagraphKind::plain, "Thực hiện Công văn số " + std::to_string(random_.between(100, 6000)) +
                                  "/VPCP-KSTT ngày " + std::to_string(random_.between(10, 28)) + "/" +
                                  std::to_string(random_.between(3, 12)) + "/" + std::to_string(document_.year - 1) +
                                  " của Văn phòng Chính phủ, " + issuer_.spoken + " " + verb() + " như sau:");
    const bool roman = document_.type == DocumentType::report || document_.type == DocumentType::plan;
    int section = 1;
    while (written_ < body_size_) {
      if (roman) {
        heading(section);
      } else {
        add(ParagraphKind::plain, sentence(), std::to_string(section) + ".");
      }
      const int sentences = random_.between(1, 3);
      for (int i = 0; i < sentences; ++i) add(ParagraphKind::plain, sentence());
      if (random_.chance(0.45)) items(random_.between(2, 4));
      if (roman && section == 1 && random_.chance(0.25)) table();
      ++section;
    }
    add(ParagraphKind::plain, "Trên đây là nội dung " + random_.pick({std::string("văn bản"), std::string("báo cáo")}) +
                                  " của " + issuer_.spoken + "; đề nghị các cơ quan, đơn vị phối hợp thực hiện./.");
  }

  void invitation() {
    addressees();
    add(ParagraphKind::plain,
        issuer_.spoken + " trân trọng kính mời đại biểu dự cuộc họp về việc " + subject_ + ", cụ thể như sau:");
    add(ParagraphKind::plain,
        std::to_string(random_.between(7, 9)) + " giờ 30 phút, ngày " + document_.printed_day() + "/" +
            std::to_string(document_.month) + "/" + std::to_string(document_.year) + ".",
        "1. Thời gian:");
    add(ParagraphKind::plain,
        "Phòng họp số " + std::to_string(random_.between(1, 5)) + ", trụ sở " + issuer_.spoken + ".", "2. Địa điểm:");
    add(ParagraphKind::plain, "Đồng chí " + corpus_.person(random_) + ", " + capitalised(lower_title()) + ".",
        "3. Chủ trì:");
    add(ParagraphKind::plain, "", "4. Nội dung:");
    items(random_.between(2, 4));
    add(ParagraphKind::plain, sentence());
    add(ParagraphKind::plain, "Đề nghị đại biểu sắp xếp thời gian, tham dự đầy đủ, đúng thành phần./.");
  }

  void minutes() {
    add(ParagraphKind::plain,
        "8 giờ 00 phút, ngày " + document_.printed_day() + "/" + std::to_string(document_.month) + "/" +
            std::to_string(document_.year),
        "Thời gian bắt đầu:");
    add(ParagraphKind::plain, "Hội trường " + issuer_.spoken, "Địa điểm:");
    add(ParagraphKind::plain,
        std::to_string(random_.between(8, 60)) + " đại biểu; vắng mặt: " + std::to_string(random_.between(0, 3)),
        "Thành phần tham dự:");
    add(ParagraphKind::plain, "Ông " + document_.signer.name, "Chủ trì (chủ tọa):");
    add(ParagraphKind::plain, "Bà " + document_.second_signer->name, "Thư ký (người ghi biên bản):");
    add(ParagraphKind::plain, "", "Nội dung (theo diễn biến cuộc họp):");
    while (written_ < body_size_) add(ParagraphKind::plain, sentence());
    add(ParagraphKind::plain, "Cuộc họp kết thúc vào " + std::to_string(random_.between(10, 11)) + " giờ " +
                                  std::to_string(random_.between(10, 55)) +
                                  " phút cùng ngày, nội dung biên bản đã được các thành viên "
                                  "thông qua./.");
  }

  void authorization() {
    add(ParagraphKind::basis, random_.pick(corpus_.bases));
    add(ParagraphKind::plain, "Nay " + issuer_.spoken + " ủy quyền cho ông (bà) " + corpus_.person(random_) +
                                  ", chức vụ: Trưởng phòng, được thay mặt cơ quan thực hiện các nội dung sau đây:");
    items(random_.between(3, 5));
    add(ParagraphKind::plain, sentence());
    const auto months = std::to_string(random_.between(1, 12));
    document_.validity = "P" + months + "M";
    add(ParagraphKind::plain,
        "Giấy ủy quyền này có giá trị trong thời hạn " + months +
            " tháng kể từ ngày ký; người được ủy quyền không được ủy quyền lại cho người khác./.");
  }

  static std::string slashed(int day, int month, int year) {
    const auto two = [](int value) { return (value < 10 ? "0" : "") + std::to_string(value); };
    return two(day) + "/" + two(month) + "/" + std::to_string(year);
  }

  /// Name, birth and sex, as certificates put them.
  void describe(const Owner& owner) {
    document_.owner_names.push_back(owner.name);
    add(ParagraphKind::plain, capitals(owner.name), "Họ, chữ đệm, tên:");
    add(ParagraphKind::plain, slashed(owner.day, owner.month, owner.year), "Ngày, tháng, năm sinh:");
    add(ParagraphKind::plain, owner.male ? "Nam" : "Nữ", "Giới tính:");
    add(ParagraphKind::plain, "Việt Nam", "Quốc tịch:");
  }

  void marital_status() {
    const auto owner = make_owner(corpus_.person(random_), random_);
    add(ParagraphKind::centered, "XÁC NHẬN:");
    describe(owner);
    const bool old_card = random_.chance(0.3);
    document_.personal_identifiers = {owner.personal_identifier};
    add(ParagraphKind::plain, owner.personal_identifier + ".", "Số định danh cá nhân:");
    if (old_card) {
      document_.old_identity_numbers = {owner.old_number};
      add(ParagraphKind::plain,
          "CMND số " + owner.old_number + ", Công an " + issuer_.area + " cấp ngày " + slashed(owner.day, 9, 2009) +
              ".",
          "Giấy tờ tùy thân cũ:");
    }
    add(ParagraphKind::plain, capitalised(random_.pick(corpus_.communes)) + ", " + issuer_.area + ".", "Nơi cư trú:");
    add(ParagraphKind::plain, "Hiện tại chưa đăng ký kết hôn với ai.", "Tình trạng hôn nhân:");
    add(ParagraphKind::plain,
        "Giấy này có giá trị sử dụng trong thời hạn 6 tháng, kể từ ngày cấp; được sử dụng để đăng "
        "ký kết hôn hoặc làm các thủ tục khác theo quy định của pháp luật./.");
    document_.validity = "P6M";
  }

  void business_registration() {
    const auto company = make_owner(corpus_.person(random_), random_);
    document_.tax_codes = {company.tax_code};
    add(ParagraphKind::plain, company.tax_code, "Mã số doanh nghiệp:");
    add(ParagraphKind::plain,
        "CÔNG TY TNHH " + capitals(random_.pick(corpus_.givens) + " " + random_.pick(corpus_.givens)),
        "1. Tên công ty:");
    add(ParagraphKind::plain, capitalised(random_.pick(corpus_.communes)) + ", " + issuer_.area + ".",
        "2. Địa chỉ trụ sở chính:");
    if (random_.chance(0.5)) {
      const auto branch = company.tax_code + "-00" + std::to_string(random_.between(1, 9));
      document_.tax_codes.push_back(branch);
      add(ParagraphKind::plain, "mã số thuế " + branch + ".", "3. Chi nhánh:");
    }
    add(ParagraphKind::heading, "4. Người đại diện theo pháp luật của công ty");
    describe(company);
    document_.personal_identifiers = {company.personal_identifier};
    add(ParagraphKind::plain,
        "Căn cước công dân số " + company.personal_identifier + ", ngày cấp: " + slashed(company.day, 3, 2021) + ".",
        "Giấy tờ pháp lý của cá nhân:");
    add(ParagraphKind::plain, sentence());
  }

  /// A certified copy of a card or passport with its machine-readable zone.
  void identity_copy(bool card) {
    const auto owner = make_owner(corpus_.person(random_), random_);
    describe(owner);
    document_.personal_identifiers = {owner.personal_identifier};
    add(ParagraphKind::plain, owner.personal_identifier, "Số định danh cá nhân:");
    if (card) {
      document_.travel_document_numbers = {owner.personal_identifier.substr(3)};
      document_.old_identity_numbers = {owner.old_number};  // the code alone says it
      document_.card_code = card_code(owner, capitalised(random_.pick(corpus_.communes)) + ", " + issuer_.area);
    } else {
      document_.travel_document_numbers = {owner.passport};
      add(ParagraphKind::plain, owner.passport, "Số hộ chiếu:");
    }
    add(ParagraphKind::plain, "Bản chụp được đối chiếu với bản chính.");
    for (const auto& line : card ? card_zone(owner) : passport_zone(owner)) add(ParagraphKind::zone, line);
    add(ParagraphKind::plain, sentence());
  }

  void addressees() {
    if (random_.chance(0.4)) {
      document_.addressees = {capitalised(random_.pick({issuer_.spoken, std::string("Văn phòng Chính phủ"),
                                                        random_.pick(corpus_.departments) + " " + issuer_.area}))};
      return;
    }
    const int count = random_.between(2, 3);
    for (int i = 0; i < count; ++i) {
      auto name = random_.pick(corpus_.departments);
      if (std::find(document_.addressees.begin(), document_.addressees.end(), name) == document_.addressees.end())
        document_.addressees.push_back(std::move(name));
    }
    if (random_.chance(0.5)) document_.addressees.push_back("Ủy ban nhân dân các xã, phường");
  }

  void items(int count) {
    const bool letters = random_.chance(0.5);
    for (int i = 0; i < count; ++i)
      add(ParagraphKind::plain,
          (letters ? std::string(1, static_cast<char>('a' + i)) + ") " : std::string("- ")) + sentence());
  }

  void heading(int section) {
    static const std::vector<std::string> roman = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"};
    static const std::vector<std::string> titles = {"TÌNH HÌNH CHUNG",    "MỤC ĐÍCH, YÊU CẦU",  "KẾT QUẢ THỰC HIỆN",
                                                    "TỒN TẠI, HẠN CHẾ",   "NHIỆM VỤ TRỌNG TÂM", "GIẢI PHÁP CHỦ YẾU",
                                                    "KINH PHÍ THỰC HIỆN", "TỔ CHỨC THỰC HIỆN",  "KIẾN NGHỊ, ĐỀ XUẤT"};
    const auto at = static_cast<std::size_t>(section - 1);
    add(ParagraphKind::heading, roman[at % roman.size()] + ". " + titles[at % titles.size()]);
  }

  void table() {
    Table table{{0.09, 0.43, 0.24, 0.24}, {{"STT", "Cơ quan, đơn vị", "Hồ sơ tiếp nhận", "Hồ sơ số hóa"}}};
    const int rows = random_.between(3, 6);
    const std::size_t first = random_.next() % corpus_.communes.size();
    for (int i = 1; i <= rows; ++i) {
      const int received = random_.between(120, 980);
      table.rows.push_back(
          {std::to_string(i),
           capitalised(corpus_.communes[(first + static_cast<std::size_t>(i)) % corpus_.communes.size()]),
           std::to_string(received), std::to_string(received * random_.between(60, 100) / 100)});
    }
    document_.table = std::move(table);
    document_.table_after = document_.paragraphs.size();
  }

  void recipients() {
    if (document_.type == DocumentType::minutes) return;
    auto& list = document_.recipients;
    list.push_back(document_.addressees.empty() ? "Như Điều " + std::to_string(random_.between(2, 4)) + ";"
                                                : "Như trên;");
    const std::vector<std::string> usual = {
        "Thường trực Tỉnh ủy (b/cáo);", "Thường trực HĐND tỉnh;", "CT, PCT UBND tỉnh;", "Các sở, ban, ngành tỉnh;",
        "UBND các xã, phường;",         "VPUB: CVP, PCVP;",       "Cổng TTĐT tỉnh;",    "Báo và Đài PTTH tỉnh;",
        "Ủy ban MTTQ Việt Nam tỉnh;",   "Trung tâm Phục vụ HCC;", "Công an tỉnh;",      "Kho bạc Nhà nước khu vực;"};
    for (const auto& name : usual) {
      if (random_.chance(0.4)) list.push_back(name);
    }
    list.push_back("Lưu: VT, " +
                   random_.pick({std::string("TH"), std::string("NC"), std::string("KSTT"), std::string("KTN")}) +
                   std::to_string(random_.between(10, 350)) + ".");
  }

  void extras() {
    if (random_.chance(0.25)) {
      document_.incoming =
          IncomingStamp{capitals(random_.pick({std::string("Văn phòng đăng ký"), std::string("Bộ phận văn thư"),
                                               random_.pick(corpus_.departments)})),
                        std::to_string(random_.between(100, 9999)),
                        std::to_string(std::min(28, document_.day + random_.between(0, 3))) + "/" +
                            std::to_string(document_.month) + "/" + std::to_string(document_.year)};
    }
    if (document_.type != DocumentType::resolution && random_.chance(0.08))
      document_.urgency = random_.pick({"HỎA TỐC", "KHẨN", "THƯỢNG KHẨN"});
    if (random_.chance(0.2))
      document_.e_signature = {
          "Ký bởi: " + issuer_.spoken,
          "Thời gian ký: " + document_.printed_day() + "/" + std::to_string(document_.month) + "/" +
              std::to_string(document_.year) + " " + std::to_string(random_.between(10, 17)) + ":" +
              std::to_string(random_.between(10, 59)) + ":" + std::to_string(random_.between(10, 59))};
  }

  [[nodiscard]] std::string verb() const {
    switch (document_.type) {
      case DocumentType::report: return "báo cáo kết quả thực hiện";
      case DocumentType::submission: return "kính trình xem xét, quyết định";
      case DocumentType::plan: return "xây dựng kế hoạch thực hiện";
      case DocumentType::directive: return "yêu cầu thủ trưởng các cơ quan, đơn vị thực hiện";
      default: return "thông báo, đề nghị thực hiện một số nội dung";
    }
  }

  [[nodiscard]] std::string lower_title() const { return issuer_.head == "GIÁM ĐỐC" ? "giám đốc" : "chủ tịch"; }

  std::string sentence() {
    if (random_.chance(0.2)) sentence_ = random_.next() % corpus_.paragraphs.size();
    return corpus_.paragraphs[sentence_++ % corpus_.paragraphs.size()];
  }

  void add(ParagraphKind kind, std::string text, std::string lead = {}) {
    written_ += text.size() + lead.size();
    document_.paragraphs.push_back({kind, std::move(lead), std::move(text)});
  }

  const Corpus& corpus_;
  std::size_t body_size_;
  Random& random_;
  Issuer issuer_;
  DocumentText document_;
  std::string subject_;
  std::size_t sentence_ = 0;
  std::size_t written_ = 0;
};

}  // namespace

DocumentText compose(DocumentType type, const Corpus& corpus, std::size_t body_size, Random& random) {
  return Composer(type, corpus, body_size, random).compose();
}

}  // namespace sohoa::datasets
