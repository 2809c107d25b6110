/** An event of SSE: what stands between two empty lines. */
const FRAME_END = '\n\n';
const ID = /^id: ?(\d+)$/m;
const FROM = /"fromSeq":(\d+)/;
const GAP = /^data: ?\{"type":"snapshot".*"gap":\{"from":(\d+),"to":(\d+)\}/m;
const IS_SNAPSHOT = /^data: ?\{"type":"snapshot"/m;
const IS_FAILURE = /^event: ?serialized-error$/m;

/** Events of one watcher, by number, over all its connections. */
export class Ledger {
  /** Seq of its last event; undefined before its first snapshot. */
  last: number | undefined;
  /** Events that it got, merged ones by how many they stand for. */
  received = 0;
  /** Events that it did not get, with or without a gap that reports them. */
  lost = 0;
  /** Number of these that a gap named. */
  reported = 0;
  /** Events that it got again. */
  duplicates = 0;
  /** Errors that came in the stream. */
  failures = 0;
  #waiting = '';

  /** A new connection begins: a message that was cut off comes again. */
  reconnect(): void {
    this.#waiting = '';
  }

  /** @param text of the stream. */
  take(text: string): void {
    const all = this.#waiting + text;
    let place = 0;
    for (let end = all.indexOf(FRAME_END); end >= 0; end = all.indexOf(FRAME_END, place)) {
      if (end > place) this.#read(all.slice(place, end));
      place = end + FRAME_END.length;
    }
    this.#waiting = all.slice(place);
  }

  #read(frame: string): void {
    if (IS_FAILURE.test(frame)) this.failures += 1;
    const id = ID.exec(frame)?.[1];
    if (id === undefined) return;
    const seq = Number(id);
    if (IS_SNAPSHOT.test(frame)) this.#snapshot(frame, seq);
    else this.#event(Number(FROM.exec(frame)?.[1] ?? seq), seq);
  }

  #snapshot(frame: string, seq: number): void {
    const [, from, to] = GAP.exec(frame) ?? [];
    if (from !== undefined && to !== undefined) {
      const events = Number(to) - Number(from) + 1;
      this.lost += events;
      this.reported += events;
    } else if (this.last !== undefined && seq > this.last) {
      this.lost += seq - this.last;
    }
    this.last = seq;
  }

  #event(from: number, seq: number): void {
    const last = this.last ?? from - 1;
    if (from > last + 1) this.lost += from - last - 1;
    if (from <= last) this.duplicates += Math.min(last, seq) - from + 1;
    this.received += Math.max(0, seq - Math.max(last, from - 1));
    this.last = Math.max(last, seq);
  }
}
