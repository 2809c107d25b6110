/** A place where a line may break: after a space, or between characters of scripts without spaces. */
const BREAKABLE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}][\p{M}、。，；：！？]*|\S+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|\s|$)|\s+/gu;

/** Breaks a paragraph into lines of at most `columns` characters, where a break is possible. */
export function wrapLines(paragraph: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of paragraph.match(BREAKABLE) ?? []) {
    if (line !== '' && line.length + piece.length > columns) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += line === '' ? piece.trimStart() : piece;
  }
  return line.trim() === '' ? lines : [...lines, line.trimEnd()];
}
