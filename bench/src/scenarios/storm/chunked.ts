const HEAD_END = '\r\n\r\n';
const LINE_END = '\r\n';

/** Takes an HTTP/1.1 answer apart as it comes: its status, and its body, chunked or not. */
export class Chunked {
  /** 0 until the head is there. */
  status = 0;
  #isChunked = false;
  #waiting = '';
  /** Of the chunk that is being read (bytes), with the line's end behind it. */
  #left = 0;

  /** @param text of the connection, one character for each byte. @returns what of the body came with it. */
  take(text: string): string {
    this.#waiting += text;
    if (this.status === 0 && !this.#readHead()) return '';
    if (this.#isChunked) return this.#readChunks();
    const body = this.#waiting;
    this.#waiting = '';
    return body;
  }

  #readHead(): boolean {
    const end = this.#waiting.indexOf(HEAD_END);
    if (end < 0) return false;
    const head = this.#waiting.slice(0, end);
    this.status = Number(/^HTTP\/1\.\d (\d{3})/.exec(head)?.[1] ?? 599);
    this.#isChunked = /^transfer-encoding:\s*chunked\s*$/im.test(head);
    this.#waiting = this.#waiting.slice(end + HEAD_END.length);
    return true;
  }

  #readChunks(): string {
    const text = this.#waiting;
    let place = 0;
    let body = '';
    while (place < text.length) {
      if (this.#left > 0) {
        const length = Math.min(this.#left, text.length - place);
        // The last two bytes of the rest are the line's end.
        body += text.slice(place, place + Math.max(0, Math.min(length, this.#left - LINE_END.length)));
        this.#left -= length;
        place += length;
        continue;
      }
      const end = text.indexOf(LINE_END, place);
      if (end < 0) break;
      const size = Number.parseInt(text.slice(place, end), 16);
      if (Number.isNaN(size)) throw new Error(`not the size of a chunk: ${text.slice(place, end).slice(0, 40)}`);
      this.#left = size + LINE_END.length;
      place = end + LINE_END.length;
    }
    this.#waiting = text.slice(place);
    return body;
  }
}
