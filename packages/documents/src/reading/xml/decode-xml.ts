import { createDecoder, encodingNamed, type PieceDecoder } from '../encodings/text-decoder.ts';

/** First bytes of XML that tell its encoding: https://www.w3.org/TR/xml/#sec-guessing */
const BEGINNINGS: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0x3c, 0x00], 'utf-16le'],
  [[0x00, 0x3c], 'utf-16be'],
];

/** Decodes XML piece by piece, in the encoding that its first bytes or its declaration name, else in UTF-8. */
export class XmlDecoder {
  #decoder: PieceDecoder | undefined;

  decode(piece: Uint8Array): string {
    this.#decoder ??= createDecoder(encodingOf(piece));
    return this.#decoder.write(piece);
  }

  end(): string {
    return this.#decoder?.end() ?? '';
  }
}

function encodingOf(start: Uint8Array): string {
  const beginning = BEGINNINGS.find(([bytes]) => bytes.every((byte, index) => start[index] === byte));
  if (beginning !== undefined) return beginning[1];
  const declaration = Buffer.from(start.subarray(0, 200)).toString('latin1');
  const label = /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w:.-]+)["']/i.exec(declaration)?.[1] ?? 'utf-8';
  const encoding = encodingNamed(label) ?? 'utf-8';
  // A declaration of UTF-16 is wrong if the bytes are not UTF-16.
  return encoding.startsWith('utf-16') ? 'utf-8' : encoding;
}
