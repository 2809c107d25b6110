import * as z from 'zod';

/** The PDF to read next. */
export const unpdfOrderSchema = z.object({ path: z.string() });

/** `ready` once, then one of the others for each PDF. */
export const unpdfReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('read'), pages: z.int().nonnegative(), seconds: z.number().nonnegative() }),
  z.object({ type: z.literal('failed') }),
]);
export type UnpdfReply = z.infer<typeof unpdfReplySchema>;
