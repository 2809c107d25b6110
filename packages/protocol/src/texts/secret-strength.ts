/** Instruction for making a secret that is accepted. */
export const SECRET_REMEDY =
  'make one with `openssl rand -base64 48`, or `node -p "crypto.randomBytes(48).toString(\'base64\')"`';

/** Smallest length (characters) of a secret. */
const LEAST_LENGTH = 32;
/** Smallest strength (bits) of a secret. A random text of 32 hexadecimal digits has 128. */
const LEAST_BITS = 80;
/** Examined length (characters) of a secret. A longer one is strong already, or repeats itself. */
const LONGEST_LOOK = 1_000;
/** Shortest piece (characters) that counts as a repetition or a sequence. */
const SHORTEST_PIECE = 3;
/** Strength (bits) of a known word, a repetition or a sequence. */
const PIECE_BITS = 5;
/** Strength (bits) of a separator between words that has occurred before. */
const SEPARATOR_BITS = 1;

/** Texts of examples that users forget to replace. Only the letters of a secret are searched for them. */
const PLACEHOLDERS =
  /change(me|this|it)|replace(me|this|it)|placeholder|(my|your|super|top)secret|secretsecret|password|letmein/;

/** Common words in weak secrets, longest first. */
const WORDS = (
  'development production authentication taskwire insecure unsecure security default example testing private signing ' +
  'welcome session company please change replace secret random string strong should server public really master value ' +
  'token admin hello world login local super never guess words phrase cookie value this that with your long very must ' +
  'jwt key test auth hash salt user root dev foo bar baz qux the and for not use abc xyz my me is it to be in of an'
)
  .split(' ')
  .sort((one, other) => other.length - one.length);

/** Rows of keyboards, in both directions: people type along them. */
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop', '1234567890'].flatMap(
  (row) => [row, Array.from(row).reverse().join('')],
);

/** Classes of characters, and the size of each. */
const CLASSES: readonly (readonly [RegExp, number])[] = [
  [/[0-9]/, 10],
  [/[a-f]/, 6],
  [/[g-z]/, 20],
  [/[A-F]/, 6],
  [/[G-Z]/, 20],
  [/[^0-9a-zA-Z]/, 8],
];

/** Characters that people write in place of letters. */
const MASKS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};

/**
 * Reason why a secret is too easy to guess; undefined if it is strong. The text is the end of a sentence about the secret.
 * A random secret of the length in `SECRET_REMEDY` always passes; a test tries thousands.
 */
export function weaknessOf(secret: string): string | undefined {
  if (secret.length < LEAST_LENGTH) return `is shorter than ${LEAST_LENGTH} characters`;
  if (PLACEHOLDERS.test(unmasked(secret.toLowerCase()).replace(/[^a-z]/g, '')))
    return 'holds a phrase that stands in many examples';
  if (strengthOf(secret) < LEAST_BITS)
    return 'is easy to guess, as it repeats itself, counts, or is made of known words';
  return undefined;
}

/** The estimated strength (bits). Known pieces of the text count little. */
function strengthOf(secret: string): number {
  const text = secret.slice(0, LONGEST_LOOK).toLowerCase();
  const letters = unmasked(text);
  const perCharacter = Math.log2(alphabetOf(secret));
  let bits = 0;
  for (let at = 0; at < text.length;) {
    const length = Math.max(repetitionAt(text, at), sequenceAt(text, at), rowAt(text, at), wordAt(letters, at));
    const own = isKnownSeparator(text, at) ? SEPARATOR_BITS : perCharacter;
    bits += length > 1 ? Math.min(PIECE_BITS, length * perCharacter) : own;
    at += Math.max(1, length);
  }
  return bits;
}

/** The length of a piece; 0 if it is too short to count. */
function counted(length: number): number {
  return length >= SHORTEST_PIECE ? length : 0;
}

/** Whether the character is a separator that has occurred before. */
function isKnownSeparator(text: string, at: number): boolean {
  return /[^\p{L}\p{N}+/=]/u.test(text.charAt(at)) && text.indexOf(text.charAt(at)) < at;
}

/** The length of a piece that has occurred before. */
function repetitionAt(text: string, at: number): number {
  let longest = 0;
  for (let from = 0; from < at; from += 1) {
    let length = 0;
    while (at + length < text.length && text.charAt(from + length) === text.charAt(at + length)) length += 1;
    longest = Math.max(longest, length);
  }
  return counted(longest);
}

/** The length of a sequence: equal characters, or characters that count up or down: `aaaa`, `1234`, `zyxw`. */
function sequenceAt(text: string, at: number): number {
  const step = text.charCodeAt(at + 1) - text.charCodeAt(at);
  if (!(Math.abs(step) <= 1)) return 0;
  let length = 2;
  while (text.charCodeAt(at + length) - text.charCodeAt(at + length - 1) === step) length += 1;
  return counted(length);
}

/** The length of a piece typed along a row of a keyboard. */
function rowAt(text: string, at: number): number {
  return counted(Math.max(...ROWS.map((row) => commonLength(row, text, at))));
}

/** The length that the text and a row share, from the text's first character in the row on. */
function commonLength(row: string, text: string, at: number): number {
  const from = row.indexOf(text.charAt(at));
  if (from < 0) return 0;
  let length = 0;
  while (from + length < row.length && row.charAt(from + length) === text.charAt(at + length)) length += 1;
  return length;
}

function wordAt(letters: string, at: number): number {
  return WORDS.find((word) => letters.startsWith(word, at))?.length ?? 0;
}

/** The estimated size of the alphabet of a secret. */
function alphabetOf(secret: string): number {
  const seen = CLASSES.reduce((sum, [characters, size]) => (characters.test(secret) ? sum + size : sum), 0);
  return Math.min(seen, 2 * new Set(secret).size);
}

/** The text with letters in place of their masks: `p4$$w0rd` becomes `password`. */
function unmasked(text: string): string {
  return text.replace(/[013457@$]/g, (sign) => MASKS[sign] ?? sign);
}
