import type { LanguageSample } from '../language-sample.ts';

export const turkish: LanguageSample = {
  language: 'tr',
  name: 'Turkish',
  title: 'Kıyıdaki kasabadan notlar',
  paragraphs: [
    {
      text: 'Irmak dağlardan hızla iner, ovaya varınca yavaşlar. İlkbaharda karlar eriyince su bulanır, söğütlerin dibine kadar yükselir ve eski değirmenin çarkı kendiliğinden dönmeye başlar.',
      word: 'söğütlerin',
      inflected: 'değirmen',
    },
    {
      text: 'İyi bir ekmek için un, su, tuz ve uzun bir gece gerekir. Fırıncı mayayı akşamdan besler, hamuru şafaktan önce yoğurur ve somunları meşe odununun korunda pişirir.',
      word: 'şafaktan',
      inflected: 'somun',
    },
    {
      text: 'Boğazda sular günde birkaç kez yön değiştirir. Üstteki akıntı güneye, alttaki kuzeye gider; balıkçılar bunu bilir, ağlarını ona göre atar ve martılar kayıkların peşinden ayrılmaz.',
      word: 'kuzeye',
      inflected: 'martı',
    },
    {
      text: 'Taş köprüyü yapan usta, harcına yumurta akı kattırmış derler. Kemerleri sel sularına dayanır, korkuluklarında kuş evleri vardır, ve gelinler hâlâ düğün günü üzerinden yürüyerek geçer.',
      word: 'korkuluklarında',
      inflected: 'kemer',
    },
    {
      text: 'Arıcı kovanlarını yazın yaylaya taşır. Kekik açınca petekleri tek tek kaldırır, ana arıyı arar, körükle biraz duman verir ve kışlık balı arılara bırakır.',
      word: 'petekleri',
      inflected: 'kovan',
    },
    {
      text: 'Fener bekçisi otuz yıl boyunca sisi ve rüzgârı yazdı. Defterlerinde yunus resimleri, çorba tarifleri ve adaya bir kez uğrayan leyleğin hikâyesi de bulunur.',
      word: 'yunus',
      inflected: 'defter',
    },
    {
      text: 'Perşembe günü pazarda nane ve kavun kokar. Bileyici çarkını çevirir, sepetçi söz arasında kamış örer, yaşlı bir kadın yumurtaları gazete kâğıdına sararak satar.',
      word: 'kamış',
      inflected: 'gazeteler',
    },
    {
      text: 'Kütüphane kitaptan başka alet ve oyuncak da ödünç verir. En uzun sıra teleskop içindir, çünkü burada geceler karanlıktır; merdiven bir keresinde bir kavanoz reçelle geri geldi.',
      word: 'teleskop',
      inflected: 'oyuncaklar',
    },
    {
      text: 'Dar hatlı tren çam ormanının içinden tırmanır. Ateşçi kömür atar, kondüktör mukavva biletleri deler, son istasyonda yolcuları semaver ve sıcak gözleme bekler.',
      word: 'mukavva',
      inflected: 'bilet',
    },
    {
      text: 'Elma ağacı uyurken budanır. Birbirine sürtünen dallar alınır, tepesi ışığa açılır, kısa meyve dalcıkları korunur; acele eden, dedem derdi, yaprak toplar.',
      word: 'ışığa',
      inflected: 'yapraklar',
    },
    {
      text: 'Saatçi arızayı sarkacın sesinden anlar. Dişlileri yeşil çuhanın üstüne dizer, fırçayla temizler, birer damla yağ damlatır ve saati üç gece dinlemeden sahibine vermez.',
      word: 'çuhanın',
      inflected: 'sarkaç',
    },
    {
      text: 'Tuzlada iş ağustosta başlar. Deniz suyu havuzdan havuza geçer, pembeleşir, koyulaşır; işçiler küreklerle beyaz tepeler yığar, flamingolar da uzaktan onları seyreder.',
      word: 'küreklerle',
      inflected: 'flamingo',
    },
  ],
};
