import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it } from 'vitest';

import { shownLine } from './show-line.ts';

function shown(line: string, verbose = false): string | undefined {
  const text = shownLine(line, { folder: '/team', verbose });
  return text === undefined ? undefined : stripVTControlCharacters(text);
}

describe('a line of a program', () => {
  it('that is no line of the log is shown as it is', () => {
    expect(shown('{"a": 1}')).toBe('{"a": 1}');
    expect(shown('{"level":30, broken')).toBe('{"level":30, broken');
  });

  it('of the log is hidden if it is for information, and shown on demand', () => {
    const line = '{"level":30,"time":1,"service":"api","url":"http://x","msg":"listening"}';
    expect(shown(line)).toBeUndefined();
    expect(shown(line, true)).toBe('info listening url=http://x');
  });

  it('of the log that warns or tells of an error is shown as words', () => {
    expect(shown('{"level":40,"running":2,"msg":"tasks are handed over"}')).toBe(
      'warn tasks are handed over running=2',
    );
    expect(shown('{"level":50,"err":{"message":"no route","stack":"…"},"msg":"lost"}')).toBe('error lost: no route');
  });

  it.each([
    ['    at async label (/team/src/label.ts:12:9)', ' (src/label.ts:12:9)'],
    ['    at file:///team/src/label.ts?once=1:3:1', ' (src/label.ts:3:1)'],
    ['    at async file:///team/my%20tasks/label.ts:3:1', ' (my tasks/label.ts:3:1)'],
    ['    at label (/elsewhere/label.ts:1:1)', ''],
    ['    at label (file:///team/%2F.ts:1:1)', ''],
  ])('of an error names the line of the own code that threw it: %s', (frame, place) => {
    const stack = [
      'Error: flaky labeler',
      '    at node:internal/process/task_queues:103:5',
      '    at tag (file:///team/node_modules/labels/index.js:1:1)',
      frame,
    ].join('\n');
    const line = JSON.stringify({ level: 40, err: { message: 'flaky labeler', stack }, msg: 'attempt failed' });
    expect(shown(line)).toBe(`warn attempt failed: flaky labeler${place}`);
  });
});
