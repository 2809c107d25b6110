import { expect, it } from 'vitest';
import { encodeImage } from './image-file.ts';

it('writes grey images as PGM and colour images as PPM', () => {
  const size = { page: 1, width: 2, height: 1 };
  const grey = encodeImage({ ...size, channels: 1, data: new Uint8Array([0, 65]) });
  expect(Buffer.from(grey).toString('latin1')).toBe('P5\n2 1\n255\n\0A');
  const colour = encodeImage({ ...size, channels: 3, data: new Uint8Array([65, 66, 67, 68, 69, 70]) });
  expect(Buffer.from(colour).toString('latin1')).toBe('P6\n2 1\n255\nABCDEF');
});
