#include "datasets/phrases.hpp"

namespace sohoa::datasets::phrases {

const std::vector<std::string_view> paragraphs = {
    "Thủ trưởng các cơ quan, đơn vị có trách nhiệm phổ biến, quán triệt nội dung văn bản này đến toàn thể cán bộ, công "
    "chức, viên chức thuộc phạm vi quản lý và tổ chức thực hiện nghiêm túc.",
    "Rà soát, thống kê đầy đủ hồ sơ, tài liệu giấy còn lưu tại bộ phận chuyên môn; phân loại theo lĩnh vực và lập danh "
    "mục ưu tiên số hóa trước ngày 30 tháng 6 hằng năm.",
    "Bảo đảm kết quả số hóa đầy đủ, chính xác, rõ nét so với bản giấy; mỗi loại giấy tờ được lưu thành một tệp tin "
    "riêng "
    "và gắn mã số theo quy định.",
    "Trường hợp thông tin trong hồ sơ điện tử không thống nhất với hồ sơ giấy, cán bộ tiếp nhận lập biên bản, báo cáo "
    "người có thẩm quyền xem xét, quyết định.",
    "Kinh phí thực hiện được bố trí từ nguồn ngân sách nhà nước theo phân cấp hiện hành và các nguồn kinh phí hợp pháp "
    "khác (nếu có).",
    "Đối với các hồ sơ quá hạn giải quyết, đơn vị chủ trì phải có văn bản xin lỗi tổ chức, cá nhân, nêu rõ lý do và "
    "thời gian hẹn trả kết quả lần sau.",
    "Công tác tuyên truyền được triển khai thường xuyên với nhiều hình thức phong phú, tạo sự đồng thuận cao trong "
    "Nhân "
    "dân; tỷ lệ hồ sơ nộp trực tuyến đạt 87,5%, tăng 12,3% so với cùng kỳ năm trước.",
    "Bên cạnh những kết quả đạt được, vẫn còn một số tồn tại, hạn chế: việc cập nhật dữ liệu ở một vài địa phương còn "
    "chậm, trang thiết bị chưa đồng bộ, kỹ năng sử dụng phần mềm của một bộ phận công chức chưa đáp ứng yêu cầu.",
    "Tăng cường kiểm tra, giám sát việc chấp hành kỷ luật, kỷ cương hành chính; kịp thời biểu dương tập thể, cá nhân "
    "làm "
    "tốt và xử lý nghiêm các trường hợp gây phiền hà, sách nhiễu.",
    "Văn phòng theo dõi, đôn đốc, tổng hợp tình hình thực hiện, định kỳ ngày 15 tháng cuối quý báo cáo cấp có thẩm "
    "quyền theo quy định.",
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị kịp thời phản ánh bằng văn bản để được hướng "
    "dẫn, "
    "giải quyết.",
    "Phối hợp chặt chẽ với các cơ quan liên quan trong việc chia sẻ, khai thác dữ liệu dùng chung; không yêu cầu người "
    "dân cung cấp lại giấy tờ đã có trong kho quản lý dữ liệu điện tử.",
    "Hoàn thành việc chuẩn hóa quy trình nội bộ, quy trình điện tử đối với 100% thủ tục hành chính thuộc thẩm quyền "
    "tiếp "
    "nhận, giải quyết.",
    "Tổ chức tập huấn nghiệp vụ văn thư, lưu trữ cho ít nhất 120 lượt cán bộ; nội dung tập trung vào kỹ thuật quét, "
    "trích xuất dữ liệu, ký số và kiểm tra chất lượng ảnh.",
    "Các tuyến đường xuống cấp phải được duy tu, sửa chữa trước mùa mưa lũ; chú trọng khơi thông cống rãnh, bảo đảm "
    "thoát "
    "nước tại khu vực trũng thấp.",
    "Hướng dẫn hộ gia đình đăng ký biến động đất đai, cấp đổi giấy chứng nhận quyền sử dụng đất đúng trình tự, thủ "
    "tục, "
    "thời hạn quy định.",
    "Đẩy nhanh tiến độ giải ngân vốn đầu tư công, phấn đấu đến hết quý III đạt trên 75% kế hoạch vốn được giao.",
    "Chủ động xây dựng phương án phòng cháy, chữa cháy và cứu nạn, cứu hộ; bố trí lực lượng trực 24/24 giờ trong các "
    "dịp "
    "lễ, tết và sự kiện lớn của địa phương.",
    "Việc mua sắm máy quét, thiết bị lưu trữ thực hiện theo đúng quy định của pháp luật về đấu thầu, bảo đảm tiết "
    "kiệm, "
    "hiệu quả, tránh lãng phí.",
    "Duy trì sĩ số học sinh đến lớp đạt từ 98% trở lên; quan tâm hỗ trợ học sinh có hoàn cảnh khó khăn, học sinh "
    "khuyết "
    "tật học hòa nhập.",
    "Tiếp tục triển khai chiến dịch tiêm chủng mở rộng cho trẻ em dưới 05 tuổi; theo dõi sát diễn biến dịch bệnh, "
    "không "
    "để bùng phát trên diện rộng.",
    "Kiểm kê tài sản công theo nguyên tắc mỗi tài sản chỉ kiểm kê một lần, phản ánh đúng số lượng, giá trị và hiện "
    "trạng "
    "sử dụng tại thời điểm 0 giờ ngày 01 tháng 01.",
    "Những nội dung không quy định tại văn bản này được thực hiện theo quy định của pháp luật hiện hành.",
    "Giao bộ phận Một cửa niêm yết công khai danh mục thủ tục hành chính, mức phí, lệ phí và số điện thoại tiếp nhận "
    "phản "
    "ánh, kiến nghị tại trụ sở và trên trang thông tin điện tử.",
    "Qua thẩm tra, hồ sơ đề nghị cơ bản đầy đủ thành phần, đúng mẫu biểu; số liệu quyết toán khớp đúng với chứng từ "
    "gốc.",
    "Đề nghị các hội, đoàn thể vận động đoàn viên, hội viên tích cực tham gia ngày hội chuyển đổi số, sử dụng dịch vụ "
    "công trực tuyến và thanh toán không dùng tiền mặt.",
    "Thường xuyên sao lưu dữ liệu, bảo đảm an toàn thông tin mạng theo cấp độ; nghiêm cấm truy cập, sao chép, tiết lộ "
    "trái phép dữ liệu cá nhân.",
    "Nghiên cứu, đề xuất giải pháp nâng cao chất lượng rừng phòng hộ, phát triển kinh tế dưới tán rừng gắn với giảm "
    "nghèo "
    "bền vững ở vùng đồng bào dân tộc thiểu số.",
    "Mức hỗ trợ là 1.500.000 đồng/hộ đối với hộ nghèo và 1.200.000 đồng/hộ đối với hộ cận nghèo; thời gian chi trả "
    "hoàn "
    "thành trước ngày 20 tháng 12.",
    "Quỹ được quản lý công khai, minh bạch, sử dụng đúng mục đích; cuối năm phải quyết toán và thông báo kết quả cho "
    "các "
    "tổ chức, cá nhân đóng góp.",
    "Xử lý dứt điểm các điểm tập kết rác tự phát, lắp đặt biển cấm và bố trí thêm 35 thùng rác tại khu dân cư, chợ, "
    "trường học.",
    "Người đứng đầu chịu trách nhiệm trực tiếp về kết quả thực hiện nhiệm vụ được giao; kết quả thực hiện là một trong "
    "những tiêu chí đánh giá, xếp loại hằng năm."};

const std::vector<std::string_view> bases = {
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Luật Lưu trữ ngày 21 tháng 6 năm 2024;",
    "Căn cứ Luật Giao dịch điện tử ngày 22 tháng 6 năm 2023;",
    "Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;",
    "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 19 tháng 02 năm 2025;",
    "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;",
    "Căn cứ Nghị định số 118/2025/NĐ-CP của Chính phủ về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa "
    "liên "
    "thông tại Bộ phận Một cửa và Cổng Dịch vụ công quốc gia;",
    "Căn cứ Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ về thực hiện thủ tục hành chính trên môi "
    "trường điện tử;",
    "Căn cứ Thông tư số 01/2023/TT-VPCP của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ quy định một số nội dung và biện "
    "pháp thi hành trong số hóa hồ sơ;",
    "Căn cứ Quyết định số 766/QĐ-TTg của Thủ tướng Chính phủ phê duyệt Bộ chỉ số chỉ đạo, điều hành và đánh giá chất "
    "lượng "
    "phục vụ người dân, doanh nghiệp;",
    "Căn cứ Nghị quyết số 17/NQ-HĐND về dự toán thu, chi ngân sách địa phương;",
    "Xét Tờ trình và hồ sơ kèm theo của cơ quan chuyên môn;"};

const std::vector<std::string_view> subjects = {
    "số hóa hồ sơ, kết quả giải quyết thủ tục hành chính còn hiệu lực",
    "phê duyệt quy trình nội bộ, quy trình điện tử giải quyết thủ tục hành chính",
    "tăng cường công tác quản lý văn bản, hồ sơ, tài liệu lưu trữ",
    "thành lập Tổ công tác chuyển đổi số cộng đồng",
    "giao dự toán kinh phí sự nghiệp năm 2025",
    "điều chỉnh kế hoạch sử dụng đất năm đầu của kỳ quy hoạch",
    "công nhận xã đạt chuẩn nông thôn mới nâng cao",
    "hỗ trợ các gia đình bị thiệt hại do bão, lũ",
    "tổ chức kỷ niệm ngày thành lập ngành Lưu trữ Việt Nam",
    "cử công chức tham gia lớp bồi dưỡng nghiệp vụ văn thư",
    "phòng, chống dịch bệnh trên đàn vật nuôi vụ đông xuân",
    "kiểm tra công tác cải cách hành chính tại các đơn vị trực thuộc",
    "ban hành Quy chế quản lý, vận hành kho dữ liệu điện tử",
    "nghỉ lễ, tết và phân công trực cơ quan",
    "bảo đảm trật tự an toàn giao thông trước và sau kỳ nghỉ",
    "rà soát, cập nhật dữ liệu hộ tịch vào cơ sở dữ liệu dùng chung",
    "bổ sung vốn đầu tư xây dựng trường học, trạm y tế",
    "thu hồi, hủy tài liệu hết giá trị",
    "triển khai chữ ký số cá nhân cho cán bộ, công chức",
    "tiếp nhận, xử lý phản ánh, kiến nghị của người dân và doanh nghiệp"};

const std::vector<std::string_view> provinces = {"tỉnh Nam Sơn",    "tỉnh Đông Giang", "tỉnh Bình Hải",
                                                 "tỉnh Thượng Lâm", "tỉnh Phú Ngạn",   "tỉnh Quỳnh Châu"};
const std::vector<std::string_view> communes = {"xã Hòa Lâm",    "xã Tịnh Điền",     "phường Bến Nghĩa",
                                                "xã Đức Thuận",  "xã Mỹ Khê Thượng", "xã Vĩnh Quý",
                                                "phường Cầu Đá", "xã Nghĩa Đồng"};
const std::vector<std::string_view> departments = {"Sở Tài chính",
                                                   "Sở Nội vụ",
                                                   "Sở Tư pháp",
                                                   "Sở Xây dựng",
                                                   "Sở Y tế",
                                                   "Sở Nông nghiệp và Môi trường",
                                                   "Sở Khoa học và Công nghệ",
                                                   "Sở Giáo dục và Đào tạo",
                                                   "Sở Văn hóa, Thể thao và Du lịch",
                                                   "Sở Công Thương"};

const std::vector<std::string_view> families = {"Nguyễn", "Trần", "Lê",  "Phạm",  "Huỳnh", "Võ",    "Đặng",
                                                "Bùi",    "Đỗ",   "Ngô", "Dương", "Lý",    "Trịnh", "Hồ"};
const std::vector<std::string_view> middles = {"Văn",   "Thị",  "Minh", "Đức",   "Hữu",   "Quốc",
                                               "Thanh", "Ngọc", "Xuân", "Hoàng", "Phước", "Mỹ"};
const std::vector<std::string_view> givens = {"An",  "Bình",  "Châu",   "Dũng",  "Hạnh", "Hằng", "Khánh", "Lộc",  "Lữ",
                                              "Mẫn", "Nghĩa", "Phượng", "Quyền", "Sỹ",   "Thủy", "Tuấn",  "Uyên", "Vỹ"};

}  // namespace sohoa::datasets::phrases
