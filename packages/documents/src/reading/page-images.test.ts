import { describe, expect, it } from 'vitest';
import { collect } from '../testing/collect.ts';
import { makeScan, type ScannedPicture } from '../testing/making/make-scan.ts';
import { pageImages } from './page-images.ts';

const SIDE = 104;
const ROW_BYTES = SIDE / 8;

/** A picture that is black above and white below. */
function halves(bits: 1 | 8, isStencil = false): ScannedPicture {
  const rowBytes = bits === 1 ? ROW_BYTES : SIDE;
  const samples = new Uint8Array(rowBytes * SIDE);
  samples.fill(0xff, (rowBytes * SIDE) / 2);
  return { width: SIDE, height: SIDE, bits, samples, isStencil };
}

describe('pageImages', () => {
  it.each([
    ['black and white', halves(1)],
    ['grey', halves(8)],
    ['a stencil', halves(1, true)],
  ])('gives the samples of a picture that is %s', async (_, picture) => {
    const [image] = await collect(pageImages(makeScan(['text', picture]), [1, 2]));
    expect(image).toMatchObject({ page: 2, width: SIDE, height: SIDE });
    const { data, channels } = image ?? { data: new Uint8Array(), channels: 1 };
    expect(data).toHaveLength(SIDE * SIDE * channels);
    const half = data.length / 2;
    expect(data.subarray(0, half).every((sample) => sample === 0)).toBe(true);
    expect(data.subarray(half).every((sample) => sample === 255)).toBe(true);
  });

  it('leaves ornaments out', async () => {
    const small: ScannedPicture = { width: 8, height: 8, bits: 8, samples: new Uint8Array(64) };
    expect(await collect(pageImages(makeScan([small]), [1]))).toEqual([]);
  });
});
