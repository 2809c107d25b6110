import { describe, expect, it } from 'vitest';
import { Ledger } from './ledger.ts';

const snapshot = (seq: number, gap?: { from: number; to: number }) =>
  `data: ${JSON.stringify({ type: 'snapshot', seq, state: { logs: [] }, ...(gap === undefined ? {} : { gap }) })}\nid: ${seq}\n\n\n`;
const event = (seq: number, fromSeq?: number) =>
  `data: ${JSON.stringify({ taskId: 't', seq, type: 'progress', ...(fromSeq === undefined ? {} : { fromSeq }) })}\nid: ${seq}\n\n\n`;

function ledgerAfter(...texts: string[]): Ledger {
  const ledger = new Ledger();
  for (const text of texts) ledger.take(text);
  return ledger;
}

describe('Ledger', () => {
  it('finds nothing wrong with a snapshot and every event after it, however the stream is cut', () => {
    const text = `retry: 900\n\nevent: connected\ndata: {}\n\n\n${snapshot(3)}${event(4)}event: ping\ndata: \n\n\n${event(5)}`;
    expect(ledgerAfter(...Array.from({ length: text.length }, (_, at) => text.charAt(at)))).toMatchObject({
      last: 5,
      received: 2,
      lost: 0,
      duplicates: 0,
      failures: 0,
    });
  });

  it('counts events that were left out, and those that came again, over connections', () => {
    const ledger = ledgerAfter(snapshot(1), event(2), event(5).slice(0, 20));
    ledger.reconnect();
    ledger.take(event(2) + event(3) + event(6));
    expect(ledger).toMatchObject({ last: 6, received: 3, lost: 2, reported: 0, duplicates: 1 });
  });

  it('counts a merged event as those it stands for, and again only those that the watcher has', () => {
    expect(ledgerAfter(snapshot(1), event(4, 2))).toMatchObject({ last: 4, received: 3, lost: 0, duplicates: 0 });
    expect(ledgerAfter(snapshot(1), event(3), event(5, 3))).toMatchObject({ received: 3, lost: 1, duplicates: 1 });
  });

  it('counts what a gap names as lost, and as reported', () => {
    expect(ledgerAfter(snapshot(1), snapshot(9, { from: 2, to: 9 }))).toMatchObject({ last: 9, lost: 8, reported: 8 });
  });

  it('counts a second snapshot without a gap as a silent loss', () => {
    expect(ledgerAfter(snapshot(1), snapshot(9))).toMatchObject({ last: 9, lost: 8, reported: 0 });
  });

  it('counts errors in the stream', () => {
    expect(ledgerAfter('event: serialized-error\ndata: {"code":-32001}\n\n\n').failures).toBe(1);
  });
});
