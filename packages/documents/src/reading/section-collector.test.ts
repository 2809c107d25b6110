import { describe, expect, it } from 'vitest';
import { SectionCollector } from './section-collector.ts';

describe('SectionCollector', () => {
  it('names the headings above a section, outermost first', () => {
    const collector = new SectionCollector();
    collector.startHeading('Part', 1);
    collector.startHeading('Chapter', 2);
    collector.startHeading('Detail', 4);
    collector.addParagraph('alpha');
    collector.startHeading('Next chapter', 2);
    collector.addParagraph('beta');
    expect(collector.finish()).toEqual([
      { page: 1, heading: 'Part', text: 'Part' },
      { page: 1, heading: 'Chapter', headingPath: ['Part'], text: 'Chapter' },
      { page: 1, heading: 'Detail', headingPath: ['Part', 'Chapter'], text: 'alpha' },
      { page: 1, heading: 'Next chapter', headingPath: ['Part'], text: 'beta' },
    ]);
  });

  it('takes a heading without a level as an outermost one', () => {
    const collector = new SectionCollector();
    collector.startHeading('One', 3);
    collector.startHeading('Two');
    collector.addParagraph('text');
    expect(collector.finish().at(-1)).toEqual({ page: 1, heading: 'Two', text: 'text' });
  });

  it('keeps a heading that is too long to be one whole, as text', () => {
    const collector = new SectionCollector();
    const long = `${'many words '.repeat(60)}zirconite`;
    collector.startHeading(long, 2);
    collector.addParagraph('text');
    const [section] = collector.finish();
    expect(section?.text).toBe(`${long}\n\ntext`);
    expect(section?.heading).toMatch(/^many words .*words…$/);
    expect(section?.heading?.length).toBeLessThanOrEqual(300);
  });

  it('names at most ten headings above a section', () => {
    const collector = new SectionCollector();
    for (let level = 1; level <= 40; level += 1) collector.startHeading(`Level ${level}`, level);
    expect(collector.finish().at(-1)?.headingPath).toHaveLength(10);
  });
});
