const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const dateAndTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const timeOfDay = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' });

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A count: `12,345`. */
export function formatCount(count: number): string {
  return whole.format(count);
}

/** A size in bytes, in binary units as file managers show it: `1.5 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let amount = bytes;
  let unit = 0;
  while (amount >= 1_024 && unit < units.length - 1) {
    amount /= 1_024;
    unit += 1;
  }
  return `${oneDecimal.format(amount)} ${units[unit] ?? 'B'}`;
}

/** A percentage (0–100), rounded down so that only finished work shows 100%: `99%`. */
export function formatPercent(percent: number): string {
  return `${Math.floor(percent)}%`;
}

/** A time span in milliseconds: `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 10 * SECOND) return `${oneDecimal.format(milliseconds / SECOND)} s`;
  if (milliseconds < MINUTE) return `${Math.round(milliseconds / SECOND)} s`;
  if (milliseconds < HOUR) return pair([milliseconds, MINUTE, 'min'], [SECOND, 's']);
  return pair([milliseconds, HOUR, 'h'], [MINUTE, 'min']);
}

function pair(large: [amount: number, size: number, name: string], small: [size: number, name: string]): string {
  const [amount, size, name] = large;
  const rest = Math.floor((amount % size) / small[0]);
  const first = `${whole.format(Math.floor(amount / size))} ${name}`;
  return rest === 0 ? first : `${first} ${rest} ${small[1]}`;
}

/** The age of something, or its date from one day on: `5 min ago`. Both times are milliseconds since 1970. */
export function formatWhen(at: number, now: number): string {
  const age = now - at;
  if (age < MINUTE) return 'just now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`;
  return dateAndTime.format(at);
}

/** A time of day with seconds, from milliseconds since 1970: `14:03:09`. */
export function formatTime(at: number): string {
  return timeOfDay.format(at);
}

/** A name from code as words: `fileName` → `File name`, `image_generation` → `Image generation`. */
export function formatName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return capitalize(words);
}

/** A text with a capital letter at its beginning. */
export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A message of a program as a sentence: `query: too long` → `Query: too long.` */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? capitalize(text) : `${capitalize(text)}.`;
}
