import { z } from 'zod';
import type { PageImage } from './page-image.ts';

/** An image as pdf.js decodes it: `kind` 1 packs eight pixels into a byte, 2 is RGB, 3 is RGBA. */
export const decodedImageSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  kind: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(1),
  data: z.instanceof(Uint8Array).or(z.instanceof(Uint8ClampedArray)),
});
export type DecodedImage = z.infer<typeof decodedImageSchema>;

type Samples = Omit<PageImage, 'page'>;

const WHITE = 255;

/** Converts an image of pdf.js to 8-bit grey or RGB samples. Transparent pixels show the white of the page. */
export function toSamples({ kind, width, height, data }: DecodedImage): Samples {
  switch (kind) {
    case 1:
      return { width, height, channels: 1, data: unpackBits(data, width, height) };
    case 2:
      return { width, height, channels: 3, data: new Uint8Array(data) };
    case 3:
      return { width, height, channels: 3, data: overWhite(data, width * height) };
    default:
      return kind satisfies never;
  }
}

/** A set bit is white. Each row begins at a byte. */
function unpackBits(packed: ArrayLike<number>, width: number, height: number): Uint8Array<ArrayBuffer> {
  const rowBytes = Math.ceil(width / 8);
  const samples = new Uint8Array(width * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const byte = packed[row * rowBytes + (column >> 3)] ?? WHITE;
      samples[row * width + column] = (byte >> (7 - (column & 7))) & 1 ? WHITE : 0;
    }
  }
  return samples;
}

function overWhite(rgba: ArrayLike<number>, pixels: number): Uint8Array<ArrayBuffer> {
  const samples = new Uint8Array(3 * pixels);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const opacity = (rgba[4 * pixel + 3] ?? WHITE) / WHITE;
    for (let channel = 0; channel < 3; channel += 1) {
      samples[3 * pixel + channel] = WHITE + ((rgba[4 * pixel + channel] ?? WHITE) - WHITE) * opacity;
    }
  }
  return samples;
}
