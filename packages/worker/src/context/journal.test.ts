import type { TaskEventDraft } from '@taskwire/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProgressDraft } from './draft-buffer.ts';
import { Journal, type EventSink } from './journal.ts';
import type { LatestDraft, ListDraft, TokenDraft } from './merge-drafts.ts';

const token = (text: string, offset: number, stage = 'write'): TokenDraft => ({ type: 'token', stage, text, offset });
const progress = (current: number, stage = 'read'): ProgressDraft => {
  return { type: 'progress', stage, current, total: 100, percent: current };
};
const preview = (value: string | number): LatestDraft => ({ type: 'data', channel: 'preview', value });
const notes = (index: number, ...values: string[]): ListDraft => {
  return { type: 'data', channel: 'notes', keep: 9, index, values };
};
const log = (message: string): TaskEventDraft => ({ type: 'log', level: 'info', message });

/** A sink that keeps its batches, and that can be held up. */
class TestSink implements EventSink {
  readonly batches: TaskEventDraft[][] = [];
  canceling = false;
  #gate: { promise: Promise<void>; open: () => void } | undefined;

  get events(): TaskEventDraft[] {
    return this.batches.flat();
  }

  async append(events: readonly TaskEventDraft[]): Promise<{ canceling: boolean }> {
    await this.#gate?.promise;
    this.batches.push([...events]);
    return { canceling: this.canceling };
  }

  hold(): void {
    let open = () => {};
    const promise = new Promise<void>((resolve) => (open = resolve));
    this.#gate = { promise, open };
  }

  release(): void {
    this.#gate?.open();
    this.#gate = undefined;
  }
}

const listener = () => ({ onCanceling: vi.fn(), onFailure: vi.fn() });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('Journal', () => {
  it('writes an event after a pause at once, and events within the window together', async () => {
    const sink = new TestSink();
    const journal = new Journal(sink, listener());
    await journal.writeMergeable(token('a', 0));
    await vi.advanceTimersByTimeAsync(0);
    expect(sink.events).toEqual([token('a', 0)]);

    await journal.writeMergeable(token('b', 1));
    await journal.writeMergeable(token('c', 2));
    await vi.advanceTimersByTimeAsync(49);
    expect(sink.batches).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sink.batches).toEqual([[token('a', 0)], [token('bc', 1)]]);
  });

  it('keeps only the last progress of each stage within a window, in its place', async () => {
    const sink = new TestSink();
    const journal = new Journal(sink, listener());
    await journal.write(log('begin'));
    await journal.flush();
    for (const current of [1, 2, 3]) await journal.writeReplaceable(progress(current));
    await journal.writeReplaceable(progress(9, 'other'));
    await journal.writeReplaceable(progress(4));
    await journal.flush();
    expect(sink.events).toEqual([log('begin'), progress(9, 'other'), progress(4)]);
  });

  it('keeps only the last value of each `latest` channel within a window', async () => {
    const sink = new TestSink();
    const journal = new Journal(sink, listener());
    await journal.write(preview('first'));
    await vi.advanceTimersByTimeAsync(0);
    for (const value of ['x'.repeat(60_000), 'b', 'c']) await journal.writeReplaceable(preview(value));
    await journal.writeReplaceable({ ...preview(1), channel: 'other' });
    await vi.advanceTimersByTimeAsync(49);
    expect(sink.events).toEqual([preview('first')]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sink.events).toEqual([preview('first'), preview('c'), { ...preview(1), channel: 'other' }]);
  });

  it('joins items of a list within a window, but not items with another index or `keep`', async () => {
    const sink = new TestSink();
    const journal = new Journal(sink, listener());
    await journal.writeMergeable(notes(0, 'a'));
    await vi.advanceTimersByTimeAsync(0);
    const wider = { ...notes(2, 'z'), keep: 10 };
    for (const draft of [notes(1, 'b'), notes(2, 'c'), notes(1, 'x'), notes(2, 'y'), wider]) {
      await journal.writeMergeable(draft);
    }
    await vi.advanceTimersByTimeAsync(49);
    expect(sink.events).toEqual([notes(0, 'a')]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sink.events.slice(1)).toEqual([notes(1, 'b', 'c'), notes(1, 'x', 'y'), wider]);
  });

  it('loses no item and makes no event longer than 65,536 characters, for many items', async () => {
    const sink = new TestSink();
    const journal = new Journal(sink, listener());
    sink.hold();
    const writing = (async () => {
      for (let index = 0; index < 500; index += 1) await journal.writeMergeable(notes(index, 'x'.repeat(1_000)));
    })();
    await vi.advanceTimersByTimeAsync(1_000);
    sink.release();
    await writing;
    await journal.flush();
    expect(sink.events.length).toBeLessThan(100);
    let index = 0;
    for (const event of sink.events) {
      if (event.type !== 'data' || !('values' in event)) throw new Error('only items were written');
      expect(event.index).toBe(index);
      expect(JSON.stringify(event).length).toBeLessThan(65_700);
      index += event.values.length;
    }
    expect(index).toBe(500);
  });

  it('writes logs at once, after everything that was written before', async () => {
    const sink = new TestSink();
    const journal = new Journal(sink, listener());
    await journal.write(log('first'));
    await journal.writeMergeable(token('a', 0));
    await journal.writeReplaceable(progress(1));
    await journal.write(log('second'));
    await vi.advanceTimersByTimeAsync(0);
    expect(sink.events).toEqual([log('first'), token('a', 0), progress(1), log('second')]);
  });

  it('makes one append at a time, and joins the events that gather meanwhile', async () => {
    const sink = new TestSink();
    const journal = new Journal(sink, listener());
    sink.hold();
    await journal.write(log('1'));
    await vi.advanceTimersByTimeAsync(0);
    await journal.write(log('2'));
    await journal.write(log('3'));
    await vi.advanceTimersByTimeAsync(500);
    expect(sink.batches).toEqual([]);
    sink.release();
    await journal.flush();
    expect(sink.batches).toEqual([[log('1')], [log('2'), log('3')]]);
  });

  it('loses no text and makes no event longer than 4,096 characters, for any tokens', async () => {
    const texts = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 9_000 }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(texts, async (pieces) => {
        const sink = new TestSink();
        const journal = new Journal(sink, listener());
        let offset = 0;
        for (const piece of pieces) {
          await journal.writeMergeable(token(piece, offset));
          offset += piece.length;
        }
        await journal.flush();
        let whole = '';
        for (const event of sink.events) {
          if (event.type !== 'token') throw new Error('only tokens were written');
          expect(event.offset).toBe(whole.length);
          expect(event.text.length).toBeLessThanOrEqual(4_096);
          expect(event.text).not.toMatch(/\p{Surrogate}/u);
          whole += event.text;
        }
        expect(whole).toBe(pieces.join(''));
      }),
      { numRuns: 50 },
    );
  });

  it('never divides a character of two UTF-16 units between two events', async () => {
    const sink = new TestSink();
    const journal = new Journal(sink, listener());
    await journal.writeMergeable(token(`x${'😀'.repeat(5_000)}`, 0));
    await journal.flush();
    expect(sink.events.length).toBeGreaterThan(2);
    for (const event of sink.events) expect(JSON.stringify(event)).not.toMatch(/\\ud/);
  });

  it('needs few appends for ten thousand tokens in a second', async () => {
    const sink = new TestSink();
    const journal = new Journal(sink, listener());
    for (let millisecond = 0; millisecond < 1_000; millisecond += 1) {
      for (let each = 0; each < 10; each += 1)
        await journal.writeMergeable(token('word ', (millisecond * 10 + each) * 5));
      await vi.advanceTimersByTimeAsync(1);
    }
    await journal.flush();
    expect(sink.batches.length).toBeLessThan(60);
    expect(
      sink.events.map((event) => (event.type === 'token' ? event.text.length : 0)).reduce((sum, each) => sum + each),
    ).toBe(50_000);
  });

  it('makes calls wait while the buffer is crowded, until the log has taken it', async () => {
    const sink = new TestSink();
    const journal = new Journal(sink, listener());
    sink.hold();
    let written = 0;
    const writing = (async () => {
      for (; written < 1_000; written += 1) await journal.writeMergeable(token('x'.repeat(1_000), written * 1_000));
    })();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(written).toBeLessThan(300);
    sink.release();
    await writing;
    expect(written).toBe(1_000);
  });

  it('reports a cancel in the reply to an append', async () => {
    const sink = new TestSink();
    const listening = listener();
    const journal = new Journal(sink, listening);
    sink.canceling = true;
    await journal.write(log('x'));
    await journal.flush();
    expect(listening.onCanceling).toHaveBeenCalledOnce();
  });

  it('writes nothing more after a failed append, reports it once, and fails each flush', async () => {
    const failure = new Error('refused');
    const append = vi.fn(() => Promise.reject(failure));
    const listening = listener();
    const journal = new Journal({ append }, listening);
    await journal.write(log('1'));
    await expect(journal.flush()).rejects.toBe(failure);
    await journal.write(log('2'));
    await expect(journal.flush()).rejects.toBe(failure);
    expect(append).toHaveBeenCalledOnce();
    expect(listening.onFailure).toHaveBeenCalledExactlyOnceWith(failure);
  });

  it('drops events after it was closed, and leaves no timer', async () => {
    const sink = new TestSink();
    const journal = new Journal(sink, listener());
    await journal.write(log('1'));
    await journal.flush();
    await journal.writeMergeable(token('late', 0));
    journal.close();
    await journal.write(log('2'));
    expect(vi.getTimerCount()).toBe(0);
    await journal.flush();
    expect(sink.events).toEqual([log('1')]);
  });
});
