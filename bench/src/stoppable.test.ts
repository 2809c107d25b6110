import { expect, it } from 'vitest';
import { stoppable } from './stoppable.ts';

it('gives what the work gives', async () => {
  await expect(stoppable(new AbortController().signal, Promise.resolve(7))).resolves.toBe(7);
});

it('does not wait for work that never ends once the signal aborts', async () => {
  const controller = new AbortController();
  const waiting = stoppable(controller.signal, new Promise(() => undefined));
  controller.abort(new Error('Ctrl-C'));
  await expect(waiting).rejects.toThrow('Ctrl-C');
  await expect(stoppable(controller.signal, new Promise(() => undefined))).rejects.toThrow('Ctrl-C');
});
