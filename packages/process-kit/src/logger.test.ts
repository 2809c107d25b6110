import { afterEach, expect, it, vi } from 'vitest';
import { createLogger, logChangedErrors } from './logger.ts';

afterEach(() => void vi.useRealTimers());

function lineOf(...args: [fields: unknown, message: string]): string {
  const lines: string[] = [];
  const logger = createLogger({ service: 'worker', level: 'info', destination: { write: (line) => lines.push(line) } });
  logger.info(...args);
  return lines.join('');
}

it('a line names the process, and has its time in ISO 8601', () => {
  expect(JSON.parse(lineOf({ count: 1 }, 'counted'))).toEqual({
    ...{ level: 30, service: 'worker', count: 1, msg: 'counted' },
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  });
});

it.each([
  [{ password: 'hunter2' }],
  [{ settings: { databaseUrl: 'hunter2', redisUrl: 'hunter2' } }],
  [{ token: 'hunter2', user: { token: 'hunter2' } }],
  [{ headers: { authorization: 'hunter2', cookie: 'hunter2' } }],
  [{ req: { headers: { authorization: 'hunter2', cookie: 'hunter2' } } }],
])('a secret never gets into a line: %j', (fields) => {
  const line = lineOf(fields, 'logged');
  expect(line).not.toContain('hunter2');
  expect(line).toContain('[secret]');
});

it.each([
  ['a frozen error', Object.freeze(new Error('frozen'))],
  ['nothing', undefined],
  [
    'a Proxy',
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap');
        },
      },
    ),
  ],
  ['ten megabytes', new Error('x'.repeat(10_000_000))],
])('any thrown value can be logged: %s', (_name, thrown) => {
  expect(lineOf({ err: thrown }, 'failed').length).toBeLessThan(20_000);
});

/** The lines about the errors of a connection. `fail` reports one. */
function logOfConnection() {
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  const report = logChangedErrors(createLogger({ service: 'api', level: 'info', destination }), 'Redis: lost');
  const fail = (message: string) => report(new Error(message));
  return { fail, lines: () => lines.map((line): unknown => JSON.parse(line)) };
}

it('an error of a connection is logged again only if its message differs', () => {
  const { fail, lines } = logOfConnection();
  for (const message of ['refused', 'refused', 'timeout', 'refused']) fail(message);
  expect(lines()).toMatchObject(
    ['refused', 'timeout', 'refused'].map((message) => ({ level: 40, err: { message }, msg: 'Redis: lost' })),
  );
});

it('an error without a message is logged: Node gives none if it has tried several addresses', () => {
  const { fail, lines } = logOfConnection();
  fail('');
  expect(lines()).toHaveLength(1);
});

it('a long outage is logged once, and so is the next one after a minute without errors', () => {
  vi.useFakeTimers();
  const { fail, lines } = logOfConnection();
  for (let second = 0; second < 600; second += 1) {
    fail('refused');
    vi.advanceTimersByTime(1_000);
  }
  expect(lines()).toHaveLength(1);
  vi.advanceTimersByTime(60_000);
  fail('refused');
  fail('refused');
  expect(lines()).toHaveLength(2);
});
