import { initialTaskState, reduce, type TaskEvent, type TaskEventDraft, type TaskState } from '@taskwire/protocol';
import { latest, list } from '@taskwire/tasks';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createChannels } from './channels.ts';
import { Journal } from './journal.ts';
import type { Channel } from './task-context.ts';

const plan = {
  kind: 'image.resize',
  channels: {
    preview: latest(z.object({ width: z.int(), title: z.string().default('none') })),
    notes: list(z.string(), { keep: 3 }),
    lines: list(z.string(), { keep: 1_000 }),
  },
};

/** A task's log in memory. Each attempt has channels of its own. */
class TestTask {
  readonly events: TaskEvent[] = [];
  state: TaskState = initialTaskState({ taskId: 't', projectId: 'p', kind: plan.kind });
  readonly controller = new AbortController();
  #journal: Journal | undefined;

  attempt(): (name: string) => Channel {
    this.close();
    this.#journal = new Journal(
      {
        append: async (drafts) => {
          for (const draft of drafts) this.#append(draft);
          return { canceling: false };
        },
      },
      { onCanceling: () => undefined, onFailure: (error) => this.controller.abort(error) },
    );
    return createChannels(plan, { signal: this.controller.signal, journal: this.#journal, state: this.state });
  }

  flush(): Promise<void> | undefined {
    return this.#journal?.flush();
  }

  close(): void {
    this.#journal?.close();
  }

  get channels() {
    return this.state.channels;
  }

  #append(draft: TaskEventDraft): void {
    const seq = this.events.length + 1;
    const event = { ...draft, taskId: 't', projectId: 'p', attempt: 1, at: 0, seq };
    this.events.push(event);
    this.state = reduce(this.state, event);
  }
}

let task: TestTask;
function begin(): (name: string) => Channel {
  task = new TestTask();
  return task.attempt();
}
afterEach(() => task.close());

describe('a `latest` channel', () => {
  it('shows the first value and the last, of many within 50 ms', async () => {
    const channel = begin();
    for (let width = 1; width <= 1_000; width += 1) await channel('preview').send({ width });
    await task.flush();
    expect(task.events[0]).toMatchObject({ type: 'data', channel: 'preview', value: { width: 1 } });
    expect(task.events.length).toBeLessThan(100);
    expect(task.channels).toEqual({ preview: { width: 1_000, title: 'none' } });
  });

  it('sends the value of the call, also if the handler changes it afterwards', async () => {
    const channel = begin();
    const value = { width: 1, title: 'mine' };
    void channel('preview').send(value);
    value.width = 2;
    await task.flush();
    expect(task.channels).toEqual({ preview: { width: 1, title: 'mine' } });
  });

  it('has no index', async () => {
    const refused = begin()('preview').send({ width: 1 }, { index: 0 });
    await expect(refused).rejects.toThrow('channel "preview": only a list has an index');
  });
});

describe('a `list` channel', () => {
  it('appends, after the items of earlier attempts', async () => {
    let channel = begin();
    for (const note of ['a', 'b']) await channel('notes').send(note);
    await task.flush();
    channel = task.attempt();
    for (const note of ['c', 'd']) await channel('notes').send(note);
    await task.flush();
    expect(task.state).toMatchObject({ channels: { notes: ['b', 'c', 'd'] }, channelCounts: { notes: 4 } });
  });

  it('has each item once if an attempt sends items again, with indexes', async () => {
    let channel = begin();
    for (const [index, note] of ['a', 'b', 'c'].entries()) await channel('notes').send(note, { index });
    await task.flush();
    channel = task.attempt();
    for (const [index, note] of ['a', 'b'].entries()) await channel('notes').send(note, { index });
    await channel('notes').send('after');
    await task.flush();
    expect(task.state).toMatchObject({ channels: { notes: ['a', 'b', 'after'] }, channelCounts: { notes: 3 } });
  });

  it('has in the state what the calls say, for any calls', async () => {
    const calls = fc.array(fc.record({ note: fc.string({ unit: 'grapheme' }), back: fc.option(fc.nat(4)) }));
    await fc.assert(
      fc.asyncProperty(fc.array(calls, { maxLength: 3 }), async (attempts) => {
        task = new TestTask();
        let whole: string[] = [];
        /** Number of items at the end of the list that the state has. */
        let known = 0;
        for (const sent of attempts) {
          const channel = task.attempt();
          for (const { note, back } of sent) {
            const index = Math.max(0, whole.length - (back ?? 0));
            known = Math.min(3, Math.max(0, known - (whole.length - index)) + 1);
            whole = [...whole.slice(0, index), note];
            await channel('notes').send(note, back === null ? {} : { index });
          }
          await task.flush();
        }
        expect(task.channels?.['notes'] ?? []).toEqual(whole.slice(whole.length - known));
        expect(task.state.channelCounts?.['notes'] ?? 0).toBe(whole.length);
      }),
      { numRuns: 50 },
    );
  });

  it.each([-1, 1.5, 3, Number.NaN])('refuses the index %s of a list of two, naming its length', async (index) => {
    const channel = begin();
    for (const note of ['a', 'b']) await channel('notes').send(note);
    const refused = channel('notes').send('c', { index });
    await expect(refused).rejects.toThrow(TypeError);
    await expect(refused).rejects.toThrow('channel "notes": index must be a whole number from 0 to 2, its length');
  });
});

describe('a value that is refused', () => {
  const circular: { width: number; self?: unknown } = { width: 1 };
  circular.self = circular;
  it.each<[string, [name: string, value: unknown], string]>([
    [
      'of another type',
      ['preview', { width: 'wide' }],
      'channel "preview": the value does not fit its schema: value.width',
    ],
    ['that is missing', ['preview', undefined], 'channel "preview": the value does not fit its schema: value'],
    ['that is a function', ['notes', () => 1], 'channel "notes": the value does not fit its schema'],
    ['with a NUL', ['notes', 'a\0'], 'channel "notes": the value cannot be stored: value: must not hold a NUL'],
    [
      'with half a pair',
      ['preview', { width: 1, title: '\ud83d' }],
      'cannot be stored: value.title: must be well-formed',
    ],
    [
      'that is too long',
      ['notes', 'x'.repeat(65_535)],
      '65537 characters; send at most 65,536, or the address of a file',
    ],
    [
      'that is too long beside all kept items of its list',
      ['lines', 'x'.repeat(4_193)],
      '4195 characters; send at most 4,194, or the address of a file',
    ],
    [
      'of no channel',
      ['no-such', 1],
      'channel "no-such": task kind image.resize has preview, notes, lines; add the channel',
    ],
    ['of a name of every object', ['constructor', 1], 'channel "constructor": task kind image.resize has preview'],
  ])(
    '%s rejects with a TypeError that names the channel, and nothing is written',
    async (_what, [name, value], message) => {
      const refused = begin()(name).send(value);
      await expect(refused).rejects.toThrow(TypeError);
      await expect(refused).rejects.toThrow(message);
      await task.flush();
      expect(task.events).toEqual([]);
    },
  );

  it('takes no index: the next item stands in its place', async () => {
    const channel = begin();
    await channel('notes').send('a');
    await expect(channel('notes').send('\0')).rejects.toThrow(TypeError);
    await channel('notes').send('x'.repeat(65_534));
    await task.flush();
    expect(task.state.channelCounts).toEqual({ notes: 2 });
  });

  it('stores nothing that JSON cannot hold', async () => {
    const channel = begin();
    await channel('preview').send(circular);
    await task.flush();
    expect(task.channels).toEqual({ preview: { width: 1, title: 'none' } });
  });

  it('leaves the process alone if the handler does not await the call', async () => {
    void begin()('no-such').send(1);
    await new Promise((resolve) => setImmediate(resolve));
  });
});

it('throws the reason from each call after the signal has aborted', async () => {
  const channel = begin();
  const reason = new Error('canceled');
  task.controller.abort(reason);
  await expect(channel('notes').send('a')).rejects.toBe(reason);
});
