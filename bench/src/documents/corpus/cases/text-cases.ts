import { encodeText } from '../encoded-documents.ts';
import type { DocumentCase } from '../corpus-document.ts';

const CYRILLIC = 'Мост через реку открыли весной, и первым его перешёл почтальон с тяжёлой сумкой писем.';
const TRADITIONAL = '燈塔的看守人記錄了三十年的天氣。在濃霧和風暴之間，他畫過海豚，抄過一份魚湯的做法。';
const UNBROKEN = '本条例适用于河流两岸的环境保护工作，各镇应当按照规定登记水位。'.repeat(90);

/** Plain texts of one peculiarity each. */
export const TEXT_CASES: readonly DocumentCase[] = [
  {
    name: 'curly-quotes.txt',
    make: () => '“Tidewater” – the ‘ferrymen’ called it so… l’écluse, «rivage», towpath—everywhere.',
    text: 'Tidewater ferrymen écluse rivage towpath everywhere',
  },
  { name: 'chinese-without-line-ends.txt', make: () => UNBROKEN, text: UNBROKEN },
  {
    name: 'decomposed-accents.txt',
    make: () => 'Crème brûlée à la façon du café'.normalize('NFD'),
    text: 'Crème brûlée',
  },
  {
    name: 'presentation-forms.txt',
    make: () => 'ﺳﻼم ﻋﻠﻴﻜﻢ — ﬁne ﬂowers — Ｆｕｌｌ ｗｉｄｔｈ',
    text: 'سلام عليكم fine flowers Full width',
  },
  {
    name: 'terminal-colours.log',
    make: () => '\u001b[32mgreen lantern\u001b[0m went \u001b[1;31mout\u001b[0m\u0007 at dusk\n',
    text: 'green lantern went out at dusk',
    absent: ['32m', '0m', '31m'],
  },
  {
    name: 'one-bad-byte.log',
    make: () =>
      Buffer.concat([Buffer.from('Grüße vom Deich\n'.repeat(200)), Buffer.from([0xff]), Buffer.from('Ende\n')]),
    text: 'Grüße vom Deich\n'.repeat(200) + 'Ende',
  },
  { name: 'koi8.txt', make: () => encodeText(CYRILLIC, 'koi8-r'), text: CYRILLIC },
  { name: 'big5.txt', make: () => encodeText(TRADITIONAL, 'big5'), text: TRADITIONAL },
  { name: 'form-feeds.txt', make: () => 'first sheet\fsecond sheet\fthird sheet', text: 'first second third sheet' },
  {
    name: 'identifiers.txt',
    make: () =>
      'Set max_worker_processes in /etc/postgresql/postgresql.conf, then mail ops@example.org about C++ 1.2.3.',
    text: 'max worker processes etc postgresql conf ops example org 1 2 3',
  },
  { name: 'random-bytes.txt', make: () => randomBytes(4_096), text: '', expected: 'UNSUPPORTED_MEDIA_TYPE' },
];

/** Bytes without meaning, the same at each run (a linear congruential generator). */
function randomBytes(count: number): Uint8Array {
  let state = 12_345;
  return Uint8Array.from({ length: count }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state >>> 16) & 0xff;
  });
}
