import type { TRPCMutationProcedure, TRPCQueryProcedure, TRPCSubscriptionProcedure } from '@trpc/server';

/** A call that changes nothing. */
export type Query<Input, Output> = TRPCQueryProcedure<{ input: Input; output: Output; meta: object }>;

/** A call that changes something. */
export type Mutation<Input, Output> = TRPCMutationProcedure<{ input: Input; output: Output; meta: object }>;

/**
 * A procedure that streams messages, each with its cursor as its id. tRPC infers the same type, but by a name that it does
 * not export, so that the declaration of a router could not name it.
 */
export type Subscription<Input, Message> = TRPCSubscriptionProcedure<{
  input: Input;
  output: AsyncIterable<{ id: string; data: Message }, void, unknown>;
  meta: object;
}>;
