import { expect, it, vi } from 'vitest';
import { ChangeSignal } from './change-signal.ts';

/** An AbortSignal whose listeners can be counted. */
class CountedSignal {
  aborted = false;
  readonly listeners = new Set<() => void>();

  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener);
  }

  abort(): void {
    this.aborted = true;
    for (const listener of this.listeners) listener();
  }
}

it('a change wakes all waiters', async () => {
  const changes = new ChangeSignal();
  const waiting = Promise.all([changes.changed(0, new CountedSignal()), changes.changed(0, new CountedSignal())]);
  changes.emit();
  await waiting;
  expect(changes.version).toBe(1);
});

it('a change between the look and the wait is not missed', async () => {
  const changes = new ChangeSignal();
  const { version } = changes;
  changes.emit();
  await changes.changed(version, new CountedSignal());
});

it('a waiter sleeps until the next change', async () => {
  const changes = new ChangeSignal();
  changes.emit();
  const woken = vi.fn();
  const waiting = changes.changed(changes.version, new CountedSignal()).then(woken);
  await Promise.resolve();
  expect(woken).not.toHaveBeenCalled();
  changes.emit();
  await waiting;
});

it.each([
  ['a change', (changes: ChangeSignal) => changes.emit()],
  ['an abort', (_changes: ChangeSignal, signal: CountedSignal) => signal.abort()],
])('no listener stays after %s', async (_what, end) => {
  const changes = new ChangeSignal();
  const signal = new CountedSignal();
  const waiting = changes.changed(0, signal);
  expect(signal.listeners.size).toBe(1);
  end(changes, signal);
  await waiting;
  expect(signal.listeners.size).toBe(0);
});

it('an aborted signal ends the wait at once', async () => {
  const signal = new CountedSignal();
  signal.abort();
  await new ChangeSignal().changed(0, signal);
});
