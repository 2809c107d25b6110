import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';

const CHUNK_BYTES = 64 * 1024;
const HEAD_CHARACTERS = 4_096;

/**
 * The control characters that a text may hold: tab, line feed, form feed, carriage return, escape. The others below the
 * space are "binary data bytes" (WHATWG MIME Sniffing Standard, section 3).
 */
const TEXT_CONTROLS = [0x09, 0x0a, 0x0c, 0x0d, 0x1b];

function isBinary(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 0x20 && !TEXT_CONTROLS.includes(code)) return true;
  }
  return false;
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path);
  try {
    const buffer = new Uint8Array(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(buffer);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** UTF-16 is known by its byte-order mark alone; everything else must be UTF-8. */
function decoderFor(chunk: Uint8Array): TextDecoder {
  const [first, second] = chunk;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le', { fatal: true });
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be', { fatal: true });
  return new TextDecoder('utf-8', { fatal: true });
}

/** Decodes a chunk, or says undefined where the bytes are not of the encoding. */
function decode(decoder: TextDecoder, chunk?: Uint8Array): string | undefined {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    return undefined;
  }
}

/**
 * Reads a whole file as text, a piece at a time.
 * @returns its first characters, without byte-order mark; undefined if it is not text from beginning to end.
 */
export async function readTextHead(path: string): Promise<string | undefined> {
  let decoder: TextDecoder | undefined;
  let head = '';
  for await (const chunk of chunksOf(path)) {
    decoder ??= decoderFor(chunk);
    const text = decode(decoder, chunk);
    if (text === undefined || isBinary(text)) return undefined;
    if (head.length < HEAD_CHARACTERS) head += text.slice(0, HEAD_CHARACTERS - head.length);
  }
  const isComplete = decoder === undefined || decode(decoder) !== undefined;
  return isComplete ? head : undefined;
}
