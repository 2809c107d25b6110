import type { LanguageSample } from '../language-sample.ts';

export const vietnamese: LanguageSample = {
  language: 'vi',
  name: 'Vietnamese',
  title: 'Ghi chép từ thị trấn bên sông',
  paragraphs: [
    {
      text: 'Con sông chảy vội từ núi xuống rồi chậm lại giữa đồng bằng. Mùa lũ nó mang theo sỏi và cành khô, tràn qua bãi cỏ trước cối xay cũ, và khi nước rút thì để lại lớp phù sa đen.',
      word: 'sỏi',
    },
    {
      text: 'Một ổ bánh mì ngon chỉ cần bột, nước, muối và cả một đêm dài. Người thợ nuôi men từ chiều, nhào bột trước bình minh rồi chờ lò đủ nóng mới cho mẻ đầu tiên vào.',
      word: 'nhào',
    },
    {
      text: 'Mỗi ngày hai lần biển lùi xa, để lộ bãi bùn lấp lánh. Trẻ con lật đá tìm cua, ngư dân ngồi vá lưới, còn hải âu đứng thành hàng nhìn từng chiếc giỏ đi qua.',
      word: 'lưới',
    },
    {
      text: 'Cây cầu sắt được dựng trong hai mùa đông. Đinh tán nung đỏ trong lò nhỏ, chuyền tay bằng kìm, và sáng đầu tiên người đưa thư đạp xe qua mà không dám nhìn xuống.',
      word: 'kìm',
    },
    {
      text: 'Người nuôi ong mở thùng vào buổi trưa lặng gió. Bà phun một ít khói, nhấc cầu ong lên tìm ong chúa, rồi đậy nắp thật khẽ, để lại đủ mật cho cả đàn qua mùa lạnh.',
      word: 'khói',
    },
    {
      text: 'Người gác hải đăng ghi lại thời tiết suốt ba mươi năm. Giữa những trang sương mù và bão tố có hình vẽ cá heo, cách nấu canh cá, và chuyện một con cò nghỉ trên lan can.',
      word: 'sương',
    },
    {
      text: 'Thứ năm chợ thơm mùi bạc hà và da thuộc. Ông thợ mài dao làm bắn tia lửa, bà hàng gia vị cân nghệ tây bằng chiếc cân đồng, quá trưa chỉ còn lá bắp cải rơi.',
      word: 'nghệ',
    },
    {
      text: 'Thư viện cho mượn sách, dụng cụ và máy khâu. Lâu nhất là chờ kính thiên văn, vì đêm ở đây rất tối; có lần chiếc thang được trả về kèm một lọ mứt.',
      word: 'kính',
    },
    {
      text: 'Đoàn tàu đường ray hẹp leo dốc giữa rừng thông. Người đốt lò xúc than, nhân viên bấm lỗ từng tấm vé bìa, và ở ga cuối luôn có ấm trà nóng đợi hành khách.',
      word: 'than',
    },
    {
      text: 'Cây táo nên được tỉa khi nó còn ngủ. Bỏ những nhánh cọ vào nhau, mở tán cho ánh nắng lọt vào, giữ lại các chồi ngắn vì quả sẽ mọc ở đó.',
      word: 'chồi',
    },
    {
      text: 'Thợ đồng hồ chỉ nghe tiếng quả lắc là biết hỏng ở đâu. Ông bày bánh răng lên tấm dạ xanh, quét bụi bằng bút lông, nhỏ một giọt dầu rồi nghe thêm ba tối.',
      word: 'bụi',
    },
    {
      text: 'Việc trên ruộng muối bắt đầu khi gió khô thổi tới. Nước mặn chảy từ ô này sang ô khác, chuyển thành màu hồng, rồi người ta dùng cào gỗ vun lên những gò trắng.',
      word: 'hồng',
    },
  ],
};
