import type { TaskEventDraft } from '@taskwire/protocol';

/** Progress of a stage; the whole is ten. */
export function progress(current: number, stage = 'count') {
  return { type: 'progress', stage, current, total: 10, percent: current * 10 } satisfies TaskEventDraft;
}

/** A piece of a stage's text. */
export function token(text: string, offset: number, stage = 'count') {
  return { type: 'token', stage, text, offset } satisfies TaskEventDraft;
}

/** A line of a stage's log. */
export function log(message: string, stage = 'count') {
  return { type: 'log', level: 'info', message, stage } satisfies TaskEventDraft;
}

/** Text that would break a stream that took it as it is. */
export const AWKWARD_TEXT =
  'one\ntwo\r\nthree\r\rdata: x\n\nid: 9\n\nевент 事件 👩‍👩‍👧 \u2028\u2029 "quoted" \\ \u007f end\n\n';
