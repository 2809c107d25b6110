import type { PageImage } from '@taskwire/documents';

/** The bytes of an image as PGM (grey) or PPM (colour), which every text recognition program reads. */
export function encodeImage({ width, height, channels, data }: PageImage): Uint8Array {
  const header = `${channels === 1 ? 'P5' : 'P6'}\n${width} ${height}\n255\n`;
  return Buffer.concat([Buffer.from(header), data]);
}
