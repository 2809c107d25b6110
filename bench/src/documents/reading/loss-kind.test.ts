import { describe, expect, it } from 'vitest';
import { LOSS_KINDS, lossKind, type Loss } from './loss-kind.ts';
import { hasUnmappedFont, shownShareOf } from './pdf-facts.ts';

const loss: Loss = {
  outcome: 'done',
  distinctRecall: 0.5,
  characterRecall: 0.5,
  missing: ['salt'],
  added: ['bread'],
  reference: 'salt',
  hasUnmappedFont: false,
  shownShare: 1,
};

describe('lossKind', () => {
  it.each<[string, Partial<Loss>]>([
    ['refused', { outcome: 'DOCUMENT_ENCRYPTED', added: [] }],
    ['outside of the crop box', { shownShare: 0.01, added: [], outcome: 'DOCUMENT_EMPTY' }],
    ['characters are lost', { shownShare: 0.01 }],
    [
      'placeholder of an XFA form',
      {
        reference: 'Please wait... If this message is not\neventually replaced by the proper contents of the document',
      },
    ],
    ['every word is read, but fewer times', { distinctRecall: 0.95 }],
    ['the same characters, divided into other words', { characterRecall: 0.95, hasUnmappedFont: true }],
    ['another script is read', { missing: ['ɍɝɥɨɜɚɹ'], added: ['Угловая'] }],
    ['a font has no map to Unicode', { hasUnmappedFont: true }],
    ['characters are lost', {}],
    ['characters are lost', { added: [] }],
  ])('is "%s" by its rule', (kind, facts) => {
    expect(lossKind({ ...loss, ...facts })).toBe(kind);
    expect(LOSS_KINDS).toContain(kind);
  });
});

describe('the facts of a PDF', () => {
  const table = (...rows: string[]) =>
    [
      'name                                 type              encoding         emb sub uni object ID',
      '------------------------------------ ----------------- ---------------- --- --- --- ---------',
      ...rows,
    ].join('\n');

  it('name a font without a map to Unicode whose encoding is its own', () => {
    const own = 'Some-Font                            CID TrueType      Identity-H       yes yes no       5  0';
    const mapped = 'Some-Font                            CID TrueType      Identity-H       yes yes yes      5  0';
    const standard = 'Helvetica                            Type 1            WinAnsi          no  no  no       6  0';
    expect(hasUnmappedFont(table(standard, own))).toBe(true);
    expect(hasUnmappedFont(table(standard, mapped))).toBe(false);
    expect(hasUnmappedFont('')).toBe(false);
  });

  it('tell how much of a page its crop box shows', () => {
    const boxes =
      'MediaBox:            0.00     0.00   600.00   800.00\nCropBox:           100.00   100.00   400.00   500.00\n';
    expect(shownShareOf(boxes)).toBe(0.25);
    expect(shownShareOf('')).toBe(1);
  });
});
