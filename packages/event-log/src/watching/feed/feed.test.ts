import { TaskwireError } from '@taskwire/protocol';
import { describe, expect, it, vi } from 'vitest';
import type { FeedSource } from './feed-source.ts';
import { Feed } from './feed.ts';
import type { Numbered } from './recent-entries.ts';

/** A log in memory whose entries are only numbers. */
class NumberSource implements FeedSource<Numbered> {
  entries: Numbered[] = [];
  readonly applied: number[] = [];
  readonly repairTail = vi.fn((seq: number) => Promise.resolve(seq));
  readonly endsBefore = vi.fn(() => Promise.resolve(false));
  readonly begin = vi.fn(() => Promise.resolve(0));

  reads = 0;

  read(afterSeq: number, limit: number): Promise<Numbered[]> {
    this.reads += 1;
    return Promise.resolve(this.entries.filter(({ seq }) => seq > afterSeq).slice(0, limit));
  }

  /** `3` is an entry, `3x` another one with the same seq, and anything else has no signature. */
  decode(message: string): Numbered[] {
    return message.split(' ').map((text) => {
      const seq = Number.parseInt(text, 10);
      if (Number.isNaN(seq)) throw new Error('not signed');
      return text.endsWith('x') ? { seq, another: true } : { seq };
    });
  }

  apply({ seq }: Numbered): void {
    this.applied.push(seq);
  }

  resumeAfterHole(): Promise<number> {
    return Promise.reject(new Error('a hole'));
  }
}

async function openFeed({
  entries = 0,
  begin = 0,
  cursor,
}: { entries?: number; begin?: number; cursor?: number } = {}) {
  const source = new NumberSource();
  source.entries = numbers(1, entries);
  source.begin.mockResolvedValue(begin);
  const feed = new Feed(source);
  await feed.open(cursor);
  return { source, feed };
}

/** Redis does not answer. */
function away(): TaskwireError {
  return new TaskwireError('SERVICE_UNAVAILABLE', 'away');
}

/** The entries from one seq to another, both included. */
function numbers(from: number, to: number): Numbered[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_each, index) => ({ seq: from + index }));
}

function seqsOf(entries: readonly Numbered[] | 'gone'): number[] | 'gone' {
  return entries === 'gone' ? entries : entries.map(({ seq }) => seq);
}

describe('a feed: reads that watchers share', () => {
  it('reads the log once, with the entries that its first watcher and watchers a little behind it miss', async () => {
    const { source, feed } = await openFeed({ entries: 1_000, begin: 950, cursor: 900 });
    expect(source.applied).toEqual(numbers(951, 1_000).map(({ seq }) => seq));
    for (const cursor of [900, 900, 850, 999]) {
      expect(seqsOf(await feed.after(cursor))).toEqual(numbers(cursor + 1, 1_000).map(({ seq }) => seq));
    }
    expect(source.reads).toBe(1);
  });

  it('reads earlier entries once for all watchers with older cursors, together or one after the other', async () => {
    const { source, feed } = await openFeed({ entries: 1_500, begin: 1_400 });
    expect(source.reads).toBe(1);
    const answers = await Promise.all([700, 800, 900, 1_000].map((cursor) => feed.after(cursor)));
    expect(answers.map((entries) => seqsOf(entries)[0])).toEqual([701, 801, 901, 1_001]);
    expect(seqsOf(await feed.after(600))[0]).toBe(601);
    expect(source.reads).toBe(2);
    expect(source.applied).toEqual(numbers(1_401, 1_500).map(({ seq }) => seq));
  });

  it('knows without a further read that trimmed entries are gone', async () => {
    const { source, feed } = await openFeed({ begin: 1_000 });
    source.entries = numbers(601, 1_000);
    expect(await feed.after(500)).toBe('gone');
    expect(seqsOf(await feed.after(600))[0]).toBe(601);
    expect(await feed.after(100)).toBe('gone');
    expect(source.reads).toBe(2);
  });

  it('reads a page once for all watchers that ask for it at the same time', async () => {
    const { source, feed } = await openFeed({ entries: 5_000, begin: 5_000 });
    const pages = await Promise.all(Array.from({ length: 100 }, () => feed.after(10)));
    expect(new Set(pages).size).toBe(1);
    expect(seqsOf(pages[0] ?? 'gone')[0]).toBe(11);
    expect(source.reads).toBe(2);
  });

  it('applies entries that are announced during a read, without another read', async () => {
    const source = new NumberSource();
    source.entries = numbers(1, 3);
    source.begin.mockImplementation(() => {
      feed.receive('3 4');
      feed.receive('5');
      return Promise.resolve(0);
    });
    const feed = new Feed(source);
    await feed.open();
    expect(source.applied).toEqual([1, 2, 3, 4, 5]);
    expect(source.reads).toBe(1);
  });

  it('reads again if an entry before an announced one is missing', async () => {
    const source = new NumberSource();
    source.entries = numbers(1, 3);
    source.begin.mockImplementation(() => {
      feed.receive('5');
      return Promise.resolve(0);
    });
    const read = source.read.bind(source);
    vi.spyOn(source, 'read').mockImplementation((afterSeq, limit) => {
      const page = read(afterSeq, limit);
      source.entries = numbers(1, 5);
      return page;
    });
    const feed = new Feed(source);
    await feed.open();
    expect(source.applied).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('a feed', () => {
  it('drops messages after a lost connection until the log has been compared', async () => {
    const { source, feed } = await openFeed();
    feed.receive('1 2');
    feed.suspend();
    feed.receive('3');
    expect(source.applied).toEqual([1, 2]);
    expect(await feed.after(2)).toEqual([]);

    source.entries = [1, 2, 3].map((seq) => ({ seq }));
    feed.resumeAfterLoss();
    await vi.waitFor(() => expect(source.applied).toEqual([1, 2, 3]));
    expect(source.repairTail).toHaveBeenCalledExactlyOnceWith(2, { seq: 2 });
    feed.receive('4');
    expect(source.applied).toEqual([1, 2, 3, 4]);
  });

  it('stays suspended if the connection is lost again during the comparison', async () => {
    const { source, feed } = await openFeed();
    feed.suspend();
    source.repairTail.mockImplementationOnce((seq) => {
      feed.suspend();
      return Promise.resolve(seq);
    });
    feed.resumeAfterLoss();
    await vi.waitFor(() => expect(source.repairTail).toHaveBeenCalledTimes(1));
    feed.receive('1');
    expect(source.applied).toEqual([]);
    feed.resumeAfterLoss();
    await vi.waitFor(() => expect(source.repairTail).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => {
      feed.receive('1');
      expect(source.applied).toEqual([1]);
    });
  });

  it('a read that finds nothing wakes no waiter', async () => {
    const { feed } = await openFeed();
    const { version } = feed;
    expect(await feed.after(100)).toEqual([]);
    expect(await feed.after(100)).toEqual([]);
    expect(feed.version).toBe(version);
  });

  it('compares the log again after a failed comparison, although an older read fails later', async () => {
    const { source, feed } = await openFeed();
    let failRead: (error: Error) => void = () => undefined;
    vi.spyOn(source, 'read').mockImplementationOnce(() => new Promise((_resolve, reject) => (failRead = reject)));
    feed.receive('5');
    feed.suspend();
    source.repairTail.mockRejectedValueOnce(away());
    feed.resumeAfterLoss();
    await vi.waitFor(() => expect(source.repairTail).toHaveBeenCalledTimes(1));
    failRead(away());
    await vi.waitFor(() => expect(source.repairTail).toHaveBeenCalledTimes(2), { timeout: 5_000 });
    await vi.waitFor(() => {
      feed.receive('1');
      expect(source.applied).toEqual([1]);
    });
  });

  it('ignores an entry that is announced after it was read', async () => {
    const { source, feed } = await openFeed({ entries: 3 });
    feed.receive('3');
    feed.receive('4');
    expect(source.applied).toEqual([1, 2, 3, 4]);
    expect(source.repairTail).not.toHaveBeenCalled();
  });

  it('wakes watchers that are ahead of it once the log has been compared', async () => {
    const { source, feed } = await openFeed({ entries: 3 });
    feed.suspend();
    const { version } = feed;
    expect(await feed.after(100)).toEqual([]);
    source.endsBefore.mockResolvedValue(true);
    feed.resumeAfterLoss();
    await feed.changed(version, new AbortController().signal);
    expect(await feed.after(100)).toBe('gone');
  });

  it('adds no earlier entries while it is suspended', async () => {
    const { source, feed } = await openFeed({ begin: 1_000 });
    feed.suspend();
    source.entries = numbers(601, 1_000);
    await feed.after(900);
    source.entries = [];
    source.repairTail.mockImplementation((seq) => Promise.resolve(seq));
    feed.resumeAfterLoss();
    await vi.waitFor(async () => expect(await feed.after(900)).toBe('gone'));
  });

  it('wakes watchers that are ahead of it although the read after the comparison fails', async () => {
    const { source, feed } = await openFeed({ entries: 3 });
    feed.suspend();
    const { version } = feed;
    vi.spyOn(source, 'read').mockRejectedValueOnce(away());
    feed.resumeAfterLoss();
    await feed.changed(version, new AbortController().signal);
  });

  it.each(numbers(0, 12).map(({ seq }) => seq))(
    'reads the log again for a watcher that asks %i microtasks after the page of an earlier read',
    async (microtasks) => {
      const { source, feed } = await openFeed();
      let endRead: (page: Numbered[]) => void = () => undefined;
      vi.spyOn(source, 'read').mockImplementationOnce(() => new Promise((resolve) => (endRead = resolve)));
      const first = feed.after(1);
      source.entries = numbers(1, 2);
      endRead([]);
      for (let count = 0; count < microtasks; count += 1) await Promise.resolve();
      expect(seqsOf(await feed.after(1))).toEqual([2]);
      await first;
    },
  );

  it('drops the result of a read if the connection is lost during the read', async () => {
    const { source, feed } = await openFeed();
    let endRead: (page: Numbered[]) => void = () => undefined;
    vi.spyOn(source, 'read').mockImplementationOnce(() => new Promise((resolve) => (endRead = resolve)));
    const answer = feed.after(1);
    feed.suspend();
    endRead(numbers(1, 3));
    expect(await answer).toEqual([]);
    expect(source.applied).toEqual([]);
  });

  it('compares the log if the connection is lost while it opens', async () => {
    const source = new NumberSource();
    source.entries = numbers(1, 2);
    const feed = new Feed(source);
    const opened = feed.open();
    feed.suspend();
    feed.receive('3');
    await opened;
    feed.receive('3');
    expect(source.applied).toEqual([1, 2]);
    feed.resumeAfterLoss();
    await vi.waitFor(() => expect(source.repairTail).toHaveBeenCalledExactlyOnceWith(2, { seq: 2 }));
    await vi.waitFor(() => {
      feed.receive('3');
      expect(source.applied).toEqual([1, 2, 3]);
    });
  });

  it('compares the log if a known seq comes again with another entry', async () => {
    const { source, feed } = await openFeed({ entries: 3 });
    feed.receive('2x');
    expect(source.repairTail).toHaveBeenCalledExactlyOnceWith(3, { seq: 3 });
  });

  it('reads the log again some time after a read that failed because Redis is away', async () => {
    const { source, feed } = await openFeed();
    vi.spyOn(source, 'read').mockRejectedValueOnce(away());
    source.entries = numbers(1, 2);
    feed.receive('2');
    await vi.waitFor(() => expect(source.applied).toEqual([1, 2]), { timeout: 5_000 });
  });

  it('is failed for good after a read that no retry can help', async () => {
    const { source, feed } = await openFeed();
    vi.spyOn(source, 'read').mockRejectedValueOnce(new Error('unreadable'));
    await expect(feed.after(1)).rejects.toThrow('unreadable');
    await expect(feed.after(0)).rejects.toThrow('the log cannot be read');
    expect(() => feed.throwIfClosed()).not.toThrow();
  });

  it('ends all watching with the reason of its close, also while it opens', async () => {
    const feed = new Feed(new NumberSource());
    const { version } = feed;
    const opened = feed.open();
    feed.close(new Error('restarting'));
    await expect(opened).rejects.toThrow('restarting');
    expect(() => feed.throwIfClosed()).toThrow('restarting');
    await feed.changed(version, new AbortController().signal);
  });

  it('is not opened after its close: a process may end while the channel is being subscribed', async () => {
    const source = new NumberSource();
    const feed = new Feed(source);
    feed.close(new Error('restarting'));
    await expect(feed.open()).rejects.toThrow('restarting');
    expect(source.begin).not.toHaveBeenCalled();
  });

  it('reads the log once for many messages that the log did not sign', async () => {
    const { source, feed } = await openFeed({ entries: 2 });
    const { reads } = source;
    source.entries = numbers(1, 3);
    for (let count = 0; count < 100; count += 1) feed.receive('forged');
    await vi.waitFor(() => expect(source.applied).toEqual([1, 2, 3]));
    expect(source.reads).toBe(reads + 1);
  });
});
