import { describe, expect, it } from 'vitest';
import { FOREIGN_ANSWERS, foreignAnswer } from '../plan/plan-faults.ts';
import { AnswerNotes } from './foreign-answers.ts';

async function isRefusedBy(body: string, status: number): Promise<boolean> {
  const notes = new AnswerNotes();
  await notes.noting(() => Promise.resolve(new Response(body, { status })))('http://127.0.0.1/');
  return notes.isRefused;
}

describe('AnswerNotes', () => {
  it('takes a refusal in the form of the system for its own', async () => {
    expect(await isRefusedBy('{"error":{"code":"NOT_FOUND","message":"no such task","fields":[]}}', 404)).toBe(true);
    expect(await isRefusedBy('{"error":{"message":"x","code":-32004,"data":{"httpStatus":404}}}', 404)).toBe(true);
  });

  it.each(FOREIGN_ANSWERS)('takes %s for what a proxy says', async (name) => {
    const [head = '', body = ''] = foreignAnswer(name).split('\r\n\r\n');
    expect(await isRefusedBy(body, Number(head.split(' ')[1]))).toBe(false);
  });
});
