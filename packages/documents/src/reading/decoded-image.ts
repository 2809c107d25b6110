import { z } from 'zod';

/** An image as pdf.js decodes it: `kind` 1 packs eight pixels into a byte, 2 is RGB, 3 is RGBA. */
export const decodedImageSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  kind: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(1),
  data: z.instanceof(Uint8Array).or(z.instanceof(Uint8ClampedArray)),
});
export type DecodedImage = z.infer<typeof decodedImageSchema>;
