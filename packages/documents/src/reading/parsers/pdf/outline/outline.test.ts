import { expect, it } from 'vitest';
import { sectionsOf } from '../../../../testing/collect.ts';
import { deepOutlinePdf } from '../../../../testing/making/pdf-worst-cases.ts';
import { parsePdf } from '../parse-pdf.ts';

it('takes the titles of an outline of several levels for headings', async () => {
  const sections = await sectionsOf(parsePdf(deepOutlinePdf(3)));
  expect(sections.at(-1)).toMatchObject({ text: 'a page with text', headingPath: ['level 0', 'level 1'] });
});
