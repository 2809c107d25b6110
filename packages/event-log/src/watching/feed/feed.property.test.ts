import { TaskwireError } from '@taskwire/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Feed } from './feed.ts';
import type { FeedSource } from './feed-source.ts';
import type { Numbered } from './recent-entries.ts';

type Step =
  | { do: 'append'; count: number; isAnnounced: boolean }
  | { do: 'announce again'; back: number }
  | { do: 'fail next read' }
  | { do: 'lose connection'; isTailLost: boolean }
  | { do: 'reconnect' }
  | { do: 'watch'; back: number }
  | { do: 'pass time'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      count: fc.integer({ min: 1, max: 4 }),
      isAnnounced: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('announce again' as const), back: fc.nat(6) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'fail next read' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose connection' as const), isTailLost: fc.boolean() }) },
  { weight: 2, arbitrary: fc.constant({ do: 'reconnect' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('watch' as const), back: fc.integer({ min: -3, max: 8 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass time' as const), ms: fc.constantFrom(0, 1, 30, 600) }) },
);

/** A log in memory whose reads take a moment, may fail, and whose tail may be lost. */
class FaultyLog implements FeedSource<Numbered> {
  entries: Numbered[] = [];
  head = 0;
  /** Seq that the state of the feed has reached. */
  applied = 0;
  failures = 0;

  append(count: number): Numbered[] {
    const added = Array.from({ length: count }, () => ({ seq: (this.head += 1) }));
    this.entries.push(...added);
    return added;
  }

  /** Redis comes back without the latest entry. A log that has lost it is restored behind a hole. */
  loseTail(): void {
    this.entries = [];
    this.head += 10;
  }

  begin(): Promise<number> {
    return Promise.resolve(0);
  }

  async read(afterSeq: number, limit: number): Promise<Numbered[]> {
    const page = this.entries.filter(({ seq }) => seq > afterSeq).slice(0, limit);
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (this.failures === 0) return page;
    this.failures -= 1;
    throw new TaskwireError('SERVICE_UNAVAILABLE', 'away');
  }

  decode(message: string): Numbered[] {
    if (!/^[\d ]+$/.test(message)) throw new Error('not signed');
    return message.split(' ').map((seq) => ({ seq: Number(seq) }));
  }

  apply({ seq }: Numbered): void {
    expect(seq).toBe(this.applied + 1);
    this.applied = seq;
  }

  resumeAfterHole(seq: number): Promise<number> {
    this.applied = Math.max(seq, (this.entries[0]?.seq ?? this.head + 1) - 1);
    return Promise.resolve(this.applied);
  }

  async repairTail(seq: number): Promise<number> {
    await this.read(seq, 1);
    const next = this.entries.find((entry) => entry.seq > seq);
    const first = next?.seq ?? this.head + 1;
    if (first > seq + 1) this.applied = Math.max(this.applied, first - 1);
    return Math.max(seq, first - 1);
  }

  endsBefore(cursor: number): Promise<boolean> {
    return Promise.resolve(this.head < cursor);
  }
}

/** Pulls as a watcher does, until it has the last entry; a gap takes it to the head. */
async function watch(feed: Feed<Numbered>, cursor: number, end: AbortSignal): Promise<number> {
  let seq = cursor;
  while (!end.aborted) {
    const { version } = feed;
    const entries = await feed.after(seq, 3).catch(() => []);
    if (entries === 'gone') seq = feed.seq;
    else if (entries.length === 0) await feed.changed(version, end);
    for (const entry of entries === 'gone' ? [] : entries) {
      expect(entry.seq).toBe(seq + 1);
      seq = entry.seq;
    }
  }
  return seq;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('every watcher reaches the end of the log in order, through lost messages, failed reads and lost connections', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const log = new FaultyLog();
      const feed = new Feed(log);
      const opened = feed.open();
      await vi.advanceTimersByTimeAsync(5);
      await opened;
      const end = new AbortController();
      const watchers: Promise<number>[] = [];
      const announce = (entries: readonly Numbered[]) => feed.receive(entries.map(({ seq }) => seq).join(' '));
      for (const each of steps) {
        switch (each.do) {
          case 'append': {
            const added = log.append(each.count);
            if (each.isAnnounced) announce(added);
            break;
          }
          case 'announce again': {
            const entry = log.entries.at(-1 - each.back);
            if (entry !== undefined) announce([entry]);
            break;
          }
          case 'fail next read':
            log.failures += 1;
            break;
          case 'lose connection':
            feed.suspend();
            if (each.isTailLost) log.loseTail();
            break;
          case 'reconnect':
            feed.resumeAfterLoss();
            break;
          case 'watch':
            watchers.push(watch(feed, Math.max(0, feed.seq - each.back), end.signal));
            break;
          case 'pass time':
            await vi.advanceTimersByTimeAsync(each.ms);
            break;
          default:
            throw new Error(each satisfies never);
        }
      }
      feed.resumeAfterLoss();
      await vi.advanceTimersByTimeAsync(5_000);
      // Only the last of them is announced, so that a read brings both.
      announce(log.append(2).slice(1));
      await vi.advanceTimersByTimeAsync(5_000);
      end.abort();
      expect(feed.seq).toBe(log.head);
      expect(log.applied).toBe(log.head);
      for (const reached of await Promise.all(watchers)) expect(reached).toBe(log.head);
      feed.receive('forged');
      feed.close();
      expect(vi.getTimerCount()).toBe(0);
    }),
    { numRuns: 300 },
  );
}, 60_000);
