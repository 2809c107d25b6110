import type { ParsedPart } from '@taskwire/documents';
import { describe, expect, it } from 'vitest';
import { Findings } from './findings.ts';
import { textlessPagesRemedy } from './recognition/remedies.ts';

const part = (changed: Partial<ParsedPart> = {}): ParsedPart => ({
  sections: [],
  pages: 4,
  done: 1,
  total: 4,
  ...changed,
});
const page = (number: number, found: 'text' | 'nothing' | 'fault') =>
  part({
    coverage: {
      pagesWithText: found === 'text' ? 1 : 0,
      pagesWithoutText: found === 'nothing' ? [number] : [],
      pagesUnreadable: found === 'fault' ? [number] : [],
    },
  });

function findingsOf(...parts: ParsedPart[]): Findings {
  const findings = new Findings({ remedy: textlessPagesRemedy('application/pdf', false) });
  for (const each of parts) findings.add(each);
  return findings;
}

describe('Findings', () => {
  it('has no coverage for a format without pages', () => {
    const result = findingsOf(part({ sections: [{ page: 1, text: 'four' }] }), part()).result();
    expect(result).toEqual({ pages: 4, characters: 4, sections: 1 });
  });

  it('joins neighbouring pages to runs', () => {
    const findings = findingsOf(page(1, 'nothing'), page(2, 'nothing'), page(3, 'fault'), page(4, 'nothing'));
    expect(findings.result().coverage).toEqual({
      pagesWithText: 0,
      pagesWithoutText: [
        { from: 1, to: 2 },
        { from: 4, to: 4 },
      ],
      pagesUnreadable: [{ from: 3, to: 3 }],
    });
  });

  it('counts one page without text in the singular, before the other warnings', () => {
    const findings = findingsOf(part({ warning: 'page 1 is odd' }), page(2, 'nothing'), page(3, 'text'));
    expect(findings.result().warnings).toEqual([
      '1 of 4 pages holds no text: scans? Run text recognition (OCR=tesseract, or OCR_COMMAND)',
      'page 1 is odd',
    ]);
  });

  it('counts recognised pages separately, and warns of pages without recognised text', () => {
    const findings = new Findings({ remedy: textlessPagesRemedy('application/pdf', true) });
    findings.add(page(1, 'text'));
    findings.addRecognised([1]);
    findings.add(page(2, 'nothing'));
    expect(findings.result()).toMatchObject({
      coverage: { pagesWithText: 1, pagesRecognised: [{ from: 1, to: 1 }] },
      warnings: ['1 of 4 pages holds no text, and none was recognised'],
    });
  });

  it('keeps fifty warnings and counts the rest', () => {
    const parts = Array.from({ length: 60 }, (_, number) => part({ warning: `warning ${number}` }));
    const warnings = findingsOf(...parts).result().warnings;
    expect(warnings).toHaveLength(51);
    expect(warnings?.at(-1)).toBe("10 more warnings: see the task's log");
  });
});
