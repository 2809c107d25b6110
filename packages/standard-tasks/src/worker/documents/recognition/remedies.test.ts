import { describe, expect, it } from 'vitest';
import { textlessDocumentRemedy, textlessPagesRemedy } from './remedies.ts';

const SLIDES = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';

describe('remedies for pages without text', () => {
  it('name both settings of text recognition for a PDF', () => {
    for (const remedy of [textlessPagesRemedy, textlessDocumentRemedy])
      expect(remedy('application/pdf', false)).toMatch(/OCR=tesseract, or OCR_COMMAND/);
  });

  it('do not suggest text recognition if it is on already', () => {
    for (const remedy of [textlessPagesRemedy, textlessDocumentRemedy])
      expect(remedy('application/pdf', true)).toMatch(/^, and .*(none was recognised|found none)$/);
  });

  it('are silent for documents that text recognition cannot read', () => {
    for (const remedy of [textlessPagesRemedy, textlessDocumentRemedy]) expect(remedy(SLIDES, false)).toBe('');
  });
});
