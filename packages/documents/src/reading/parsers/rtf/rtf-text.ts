import { decodeAll } from '../../encodings/text-decoder.ts';
import { encodingOfCharset, encodingOfCodePage } from './rtf-charsets.ts';

/** Character set of fonts whose characters are pictures. */
const SYMBOL_CHARSET = 2;

/** Decodes the bytes of an RTF file by the fonts that its table names. */
export class RtfText {
  readonly #charsets = new Map<number, number>();
  #own = 'windows-1252';

  /** The document's own encoding, of text in fonts that name none. */
  useCodePage(codePage: number): void {
    this.#own = encodingOfCodePage(codePage);
  }

  nameCharset(font: number, charset: number): void {
    this.#charsets.set(font, charset);
  }

  decode(bytes: Uint8Array, font: number): string {
    const charset = this.#charsets.get(font) ?? 0;
    if (charset === SYMBOL_CHARSET)
      return decodeAll(
        bytes.filter((byte) => byte < 0x80),
        'utf-8',
      );
    return decodeAll(bytes, encodingOfCharset(charset) ?? this.#own);
  }
}
