import * as z from 'zod';

const seq = z.int().nonnegative();

/** Fields that the oracle reads; it compares the rest with the truth as a whole. */
export const messageSchema = z.looseObject({
  type: z.string(),
  seq,
  fromSeq: z.exactOptional(seq),
  gap: z.exactOptional(z.object({ from: seq, to: seq })),
  state: z.exactOptional(z.looseObject({})),
});
export type Message = z.infer<typeof messageSchema>;

// The oracle imports nothing of the code under test, so these two rules are its own copies.

/** First of the seqs that a message stands for. */
export function firstSeqOf(message: Message): number {
  return message.fromSeq ?? message.seq;
}

/** Whether an event of this type, or a task in this state, is the end. */
export function isTerminalType(type: string): boolean {
  return type === 'done' || type === 'error' || type === 'canceled';
}
