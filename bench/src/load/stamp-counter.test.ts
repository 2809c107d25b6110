import { describe, expect, it } from 'vitest';
import { stamp } from './sample-event.ts';
import { StampCounter, type Tally } from './stamp-counter.ts';

const NOW = 1_763_786_912_345.5;
const OFFSET = 3;

function message(eventNumber: number, { before = '', behind = '' } = {}): string {
  const seq = eventNumber + OFFSET;
  const itemName = stamp(eventNumber, NOW - 2.25);
  return `data: {"seq":${seq},"type":"progress"${before},"itemName":"${itemName}"${behind}}\nid: ${seq}\n\n`;
}

function merged(from: number, to: number, where: 'before' | 'behind'): string {
  return message(to, { [where]: `,"fromSeq":${from + OFFSET}` });
}

/** A counter of one watcher that has read these texts in pieces of the given size (bytes). */
function read(texts: readonly string[], pieceBytes: number, count: number): StampCounter {
  const counter = new StampCounter(1);
  // As when all watchers are seen to be there: from an event that comes whole it learns which seq an event has.
  counter.read(0, Buffer.from(message(0)), NOW);
  counter.begin(1, count);
  const bytes = Buffer.from(texts.join(''));
  for (let at = 0; at < bytes.length; at += pieceBytes) counter.read(0, bytes.subarray(at, at + pieceBytes), NOW);
  return counter;
}

describe('wherever the stream is cut into chunks', () => {
  // Every size up to more than a message: each place of a message is then a border of some chunk.
  const chunkSizes = Array.from({ length: 140 }, (_, index) => index + 1);

  function tallies(texts: readonly string[], count: number) {
    return chunkSizes.map((bytes) => read(texts, bytes, count).tally);
  }

  function always(tally: Tally): Tally[] {
    return chunkSizes.map(() => tally);
  }

  it('each event is counted once', () => {
    const texts = [message(1), message(2), message(3)];
    expect(tallies(texts, 3)).toEqual(always({ delivered: 3, merged: 0, repeated: 0 }));
  });

  it.each(['before', 'behind'] as const)(
    'counts the events of a merged one as merged, and no others (range %s the stamp)',
    (where) => {
      const texts = [message(1), merged(2, 5, where), message(6), merged(9, 10, where), merged(11, 12, where)];
      expect(tallies(texts, 12)).toEqual(always({ delivered: 5, merged: 5, repeated: 0 }));
    },
  );

  it('the texts of a merged token are one delivery', () => {
    const text = `${stamp(2, NOW)}${stamp(3, NOW)}${stamp(4, NOW)}`;
    const texts = [message(1), `{"seq":7,"text":"${text}","fromSeq":5}\n\n`, message(5)];
    expect(tallies(texts, 5)).toEqual(always({ delivered: 3, merged: 2, repeated: 0 }));
  });
});

describe('StampCounter', () => {
  it('does not count missing events, and counts events that come again as repeated', () => {
    const { tally } = read([message(1), message(4), message(4), message(2)], 1_000, 4);
    expect(tally).toEqual({ delivered: 2, merged: 0, repeated: 2 });
  });

  it('passes over events before the first and behind the last that are counted', () => {
    const counter = new StampCounter(2);
    counter.begin(3, 2);
    const bytes = Buffer.from([1, 2, 3, 4, 5].map((eventNumber) => message(eventNumber)).join(''));
    counter.read(1, bytes, NOW);
    expect(counter.tally).toEqual({ delivered: 2, merged: 0, repeated: 0 });
    expect(counter.reached).toBe(1);
  });

  it('gives the age of each event at its arrival', () => {
    expect([...read([message(1), message(2)], 1_000, 2).ages()]).toEqual([2.25, 2.25]);
  });

  it('keeps the watchers apart', () => {
    const counter = new StampCounter(2);
    counter.begin(1, 1);
    const bytes = Buffer.from(message(1));
    counter.read(0, bytes.subarray(0, 60), NOW);
    counter.read(1, bytes.subarray(60), NOW);
    expect(counter.tally.delivered).toBe(0);
    counter.read(0, bytes.subarray(60), NOW);
    expect(counter.tally.delivered).toBe(1);
  });
});
