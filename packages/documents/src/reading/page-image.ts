import { z } from 'zod';

/** An image on a page, as 8-bit samples, row by row from the top. */
export const pageImageSchema = z.object({
  /** 1-based. */
  page: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  /** 1: grey; 3: red, green, blue. */
  channels: z.union([z.literal(1), z.literal(3)]),
  data: z.instanceof(Uint8Array),
});
export type PageImage = z.infer<typeof pageImageSchema>;
