import { TaskwireError } from '@taskwire/protocol';
import { describe, expect, it, vi } from 'vitest';
import { Feed, type FeedSource } from './feed.ts';
import type { Numbered } from './recent.ts';

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

  decode(message: string): Numbered[] {
    return message.split(' ').map((seq) => ({ seq: Number(seq) }));
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

/** The entries from one seq to another, both included. */
function numbers(from: number, to: number): Numbered[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_each, index) => ({ seq: from + index }));
}

function seqsOf(entries: readonly Numbered[] | 'gone'): number[] | 'gone' {
  return entries === 'gone' ? entries : entries.map(({ seq }) => seq);
}

describe('Feed: reads that watchers share', () => {
  it('reads a log once, with what its first watcher and those a little behind it miss', async () => {
    const { source, feed } = await openFeed({ entries: 1_000, begin: 950, cursor: 900 });
    expect(source.applied).toEqual(numbers(951, 1_000).map(({ seq }) => seq));
    for (const cursor of [900, 900, 850, 999]) {
      expect(seqsOf(await feed.after(cursor))).toEqual(numbers(cursor + 1, 1_000).map(({ seq }) => seq));
    }
    expect(source.reads).toBe(1);
  });

  it('reads what lies before once more for all whose cursors are older, together or one after the other', async () => {
    const { source, feed } = await openFeed({ entries: 1_500, begin: 1_400 });
    expect(source.reads).toBe(1);
    const answers = await Promise.all([700, 800, 900, 1_000].map((cursor) => feed.after(cursor)));
    expect(answers.map((entries) => seqsOf(entries)[0])).toEqual([701, 801, 901, 1_001]);
    expect(seqsOf(await feed.after(600))[0]).toBe(601);
    expect(source.reads).toBe(2);
    expect(source.applied).toEqual(numbers(1_401, 1_500).map(({ seq }) => seq));
  });

  it('knows without a further read that what was trimmed is gone', async () => {
    const { source, feed } = await openFeed({ begin: 1_000 });
    source.entries = numbers(601, 1_000);
    expect(await feed.after(500)).toBe('gone');
    expect(seqsOf(await feed.after(600))[0]).toBe(601);
    expect(await feed.after(100)).toBe('gone');
    expect(source.reads).toBe(2);
  });

  it('reads a page once for all who ask for it at the same time', async () => {
    const { source, feed } = await openFeed({ entries: 5_000, begin: 5_000 });
    const pages = await Promise.all(Array.from({ length: 100 }, () => feed.after(10)));
    expect(new Set(pages).size).toBe(1);
    expect(seqsOf(pages[0] ?? 'gone')[0]).toBe(11);
    expect(source.reads).toBe(2);
  });

  it('takes what is announced while it reads instead of reading again', async () => {
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

  it('reads again if something is missing in what is announced while it reads', async () => {
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

describe('Feed', () => {
  it('takes nothing from a connection that was lost before the log has been compared with what is known', async () => {
    const { source, feed } = await openFeed();
    feed.receive('1 2');
    feed.suspend();
    feed.receive('3');
    expect(source.applied).toEqual([1, 2]);
    expect(await feed.after(2)).toEqual([]);

    source.entries = [1, 2, 3].map((seq) => ({ seq }));
    feed.catchUpAfterLoss();
    await vi.waitFor(() => expect(source.applied).toEqual([1, 2, 3]));
    expect(source.repairTail).toHaveBeenCalledExactlyOnceWith(2, { seq: 2 });
    feed.receive('4');
    expect(source.applied).toEqual([1, 2, 3, 4]);
  });

  it('goes on doubting when the connection is lost again while the log is being compared', async () => {
    const { source, feed } = await openFeed();
    feed.suspend();
    source.repairTail.mockImplementationOnce((seq) => {
      feed.suspend();
      return Promise.resolve(seq);
    });
    feed.catchUpAfterLoss();
    await vi.waitFor(() => expect(source.repairTail).toHaveBeenCalledTimes(1));
    feed.receive('1');
    expect(source.applied).toEqual([]);
    feed.catchUpAfterLoss();
    await vi.waitFor(() => expect(source.repairTail).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => {
      feed.receive('1');
      expect(source.applied).toEqual([1]);
    });
  });

  it('does not wake those who ask for what is not there yet by their having asked', async () => {
    const { feed } = await openFeed();
    const { version } = feed;
    expect(await feed.after(100)).toEqual([]);
    expect(await feed.after(100)).toEqual([]);
    expect(feed.version).toBe(version);
  });

  it('compares the log after a loss although an older read fails later than the comparison', async () => {
    const { source, feed } = await openFeed();
    let failRead: (error: Error) => void = () => undefined;
    const away = new TaskwireError('SERVICE_UNAVAILABLE', 'away');
    vi.spyOn(source, 'read').mockImplementationOnce(() => new Promise((_resolve, reject) => (failRead = reject)));
    feed.catchUp();
    feed.suspend();
    source.repairTail.mockRejectedValueOnce(away);
    feed.catchUpAfterLoss();
    await vi.waitFor(() => expect(source.repairTail).toHaveBeenCalledTimes(1));
    failRead(away);
    await vi.waitFor(() => expect(source.repairTail).toHaveBeenCalledTimes(2), { timeout: 5_000 });
    await vi.waitFor(() => {
      feed.receive('1');
      expect(source.applied).toEqual([1]);
    });
  });

  it('passes over what is announced after it was read', async () => {
    const { source, feed } = await openFeed({ entries: 3 });
    feed.receive('3');
    feed.receive('4');
    expect(source.applied).toEqual([1, 2, 3, 4]);
    expect(source.repairTail).not.toHaveBeenCalled();
  });

  it('wakes who knows more than is known here once there is no doubt any more', async () => {
    const { source, feed } = await openFeed({ entries: 3 });
    feed.suspend();
    const { version } = feed;
    expect(await feed.after(100)).toEqual([]);
    source.endsBefore.mockResolvedValue(true);
    feed.catchUpAfterLoss();
    await feed.changed(version, new AbortController().signal);
    expect(await feed.after(100)).toBe('gone');
  });

  it('puts nothing before what it knows while it doubts that the log is the same', async () => {
    const { source, feed } = await openFeed({ begin: 1_000 });
    feed.suspend();
    source.entries = numbers(601, 1_000);
    await feed.after(900);
    source.entries = [];
    source.repairTail.mockImplementation((seq) => Promise.resolve(seq));
    feed.catchUpAfterLoss();
    await vi.waitFor(async () => expect(await feed.after(900)).toBe('gone'));
  });
});
