import { createReadStream } from 'node:fs';

/** The lines of a UTF-8 file, without their `\n`. At most one piece of the file and one line are held at a time. */
export async function* fileLines(path: string): AsyncGenerator<string, void> {
  const pieces: AsyncIterable<string> = createReadStream(path, { encoding: 'utf8' });
  let open: string[] = [];
  for await (const piece of pieces) {
    const [end = '', ...lines] = piece.split('\n');
    open.push(end);
    for (const line of lines) {
      yield open.join('');
      open = [line];
    }
  }
  const last = open.join('');
  if (last !== '') yield last;
}
