import { describe, expect, it, vi } from 'vitest';
import { Feed, type FeedSource, type Numbered } from './feed.ts';

/** A log in memory whose entries are only numbers. */
class NumberSource implements FeedSource<Numbered> {
  entries: Numbered[] = [];
  readonly applied: number[] = [];
  readonly mendEnd = vi.fn((seq: number) => Promise.resolve(seq));
  readonly denies = () => Promise.resolve(false);
  readonly begin = () => Promise.resolve(0);

  read(afterSeq: number, limit: number): Promise<Numbered[]> {
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

async function openFeed() {
  const source = new NumberSource();
  const feed = new Feed(source);
  await feed.open();
  return { source, feed };
}

describe('Feed', () => {
  it('takes nothing from a connection that was lost before the log has been compared with what is known', async () => {
    const { source, feed } = await openFeed();
    feed.receive('1 2');
    feed.doubt();
    feed.receive('3');
    expect(source.applied).toEqual([1, 2]);
    expect(await feed.after(2)).toEqual([]);

    source.entries = [1, 2, 3].map((seq) => ({ seq }));
    feed.catchUpAfterLoss();
    await vi.waitFor(() => expect(source.applied).toEqual([1, 2, 3]));
    expect(source.mendEnd).toHaveBeenCalledExactlyOnceWith(2, { seq: 2 });
    feed.receive('4');
    expect(source.applied).toEqual([1, 2, 3, 4]);
  });

  it('goes on doubting when the connection is lost again while the log is being compared', async () => {
    const { source, feed } = await openFeed();
    feed.doubt();
    source.mendEnd.mockImplementationOnce((seq) => {
      feed.doubt();
      return Promise.resolve(seq);
    });
    feed.catchUpAfterLoss();
    await vi.waitFor(() => expect(source.mendEnd).toHaveBeenCalledTimes(1));
    feed.receive('1');
    expect(source.applied).toEqual([]);
    feed.catchUpAfterLoss();
    await vi.waitFor(() => expect(source.mendEnd).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => {
      feed.receive('1');
      expect(source.applied).toEqual([1]);
    });
  });
});
