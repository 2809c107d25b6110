import { TRPCError, isTrackedEnvelope } from '@trpc/server';
import type { Ports } from '../context.ts';
import { describeError } from '../errors.ts';
import { testRouter } from './test-router.ts';

/** Calls procedures as a user; without one, without a caller. */
export function callAs(ports: Ports, userId?: string) {
  return testRouter.createCaller({ taskwire: userId === undefined ? { ports } : { ports, caller: { userId } } });
}

/** Code, message and fields of a refusal. */
export async function refusal(call: Promise<unknown> | (() => Promise<unknown>)) {
  const error: unknown = await (typeof call === 'function' ? call() : call).then(
    () => new Error('the call was not refused'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof TRPCError)) throw error;
  return { code: error.code, message: error.message, ...describeError(error) };
}

/** The first `count` messages of a subscription, each with its id; the subscription is then left. */
export async function messagesOf(stream: Promise<AsyncIterable<unknown>>, count: number): Promise<[string, unknown][]> {
  const messages: [string, unknown][] = [];
  for await (const message of await stream) {
    if (!isTrackedEnvelope(message)) throw new Error('a message has no id');
    messages.push([message[0], message[1]]);
    if (messages.length === count) break;
  }
  return messages;
}

/** The first message of a subscription. */
export async function firstMessage(stream: Promise<AsyncIterable<unknown>>): Promise<[string, unknown] | undefined> {
  return (await messagesOf(stream, 1))[0];
}
