import type { TRPCSubscriptionProcedure } from '@trpc/server';

/**
 * A procedure that streams messages, each with its cursor as its id. tRPC infers the same type, but by a name that it does
 * not export, so that the declaration of a router could not name it.
 */
export type Subscription<Input, Message> = TRPCSubscriptionProcedure<{
  input: Input;
  output: AsyncIterable<{ id: string; data: Message }, void, unknown>;
  meta: object;
}>;
