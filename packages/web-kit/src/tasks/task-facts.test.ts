import { describe, expect, it } from 'vitest';
import { kindTitle, resultFacts, taskTitle } from './task-facts.ts';

const document = {
  kind: 'document.ingest',
  output: { fileName: 'manual.pdf', mediaType: 'application/pdf', pages: 412, chunks: 1_903, characters: 812_004 },
} as const;

describe('taskTitle', () => {
  it('is the file name once the task reports it', () => {
    expect(taskTitle(document, 'remembered.pdf')).toBe('manual.pdf');
  });

  it('is the remembered title, or else the kind', () => {
    expect(taskTitle({ kind: 'document.ingest' }, 'remembered.pdf')).toBe('remembered.pdf');
    expect(taskTitle({ kind: 'document.ingest' })).toBe(kindTitle('document.ingest'));
  });
});

describe('resultFacts', () => {
  it('shows pages, chunks, characters and the time of a document', () => {
    expect(resultFacts(document, { startedAt: 1_000, endedAt: 8_400 })).toEqual([
      { name: 'Pages', value: '412' },
      { name: 'Chunks', value: '1,903' },
      { name: 'Characters', value: '812,004' },
      { name: 'Time taken', value: '7.4 s' },
    ]);
  });

  it('shows the result of any other kind', () => {
    expect(resultFacts({ kind: 'demo.count', output: { counted: 10 } }, {})).toEqual([
      { name: 'Counted', value: '10' },
    ]);
  });

  it('shows the result of an unknown kind, and a result that does not fit its kind', () => {
    expect(resultFacts({ kind: 'image.resize', output: { width: 3, note: null } }, {})).toEqual([
      { name: 'Width', value: '3' },
      { name: 'Note', value: 'null' },
    ]);
    expect(resultFacts({ kind: 'image.resize', output: [1] }, {})).toEqual([{ name: 'Result', value: '[1]' }]);
    const unfit = { kind: 'document.ingest', unreadableOutput: { pages: 'many' } };
    expect(resultFacts(unfit, {})).toEqual([{ name: 'Pages', value: 'many' }]);
    expect(taskTitle({ kind: 'document.ingest', output: null })).toBe('Document ingest');
    expect(taskTitle({ kind: 'image.resize' })).toBe('Image resize');
  });

  it('shows numbers as they are, and groups the digits of whole ones', () => {
    const output = { files: 12_345, ratio: 0.87, shift: -1.5, mass: 1e300 };
    expect(resultFacts({ kind: 'image.resize', output }, {}).map(({ value }) => value)).toEqual([
      '12,345',
      '0.87',
      '-1.5',
      '1e+300',
    ]);
  });

  it('is empty while there is no result', () => {
    expect(resultFacts({ kind: 'demo.count' }, {})).toEqual([]);
  });
});
