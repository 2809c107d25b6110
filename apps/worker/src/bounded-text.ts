/** The text, cut to at most `length` UTF-16 units, the last of which says that it was cut. Splits no character. */
export function boundedText(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = length - 1;
  const isPair = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return `${text.slice(0, isPair ? end - 1 : end)}…`;
}
