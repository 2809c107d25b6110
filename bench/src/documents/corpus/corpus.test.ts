import { describe, expect, it } from 'vitest';
import { caseDocuments } from './case-documents.ts';
import type { CorpusDocument } from './corpus-document.ts';
import { encodedDocuments } from './encoded-documents.ts';
import { languageDocuments } from './language-documents.ts';
import { worstDocuments, worstPdfs } from './worst-documents.ts';

const SMALL = 1_000;

async function bytesOf({ content }: CorpusDocument): Promise<number> {
  return 'make' in content ? (await content.make()).length : 0;
}

describe('the generated corpus', () => {
  const documents = [...languageDocuments(), ...encodedDocuments(), ...caseDocuments()];

  it('has documents of different names, so that none overwrites another', () => {
    const names = [...documents, ...worstDocuments(SMALL), ...worstPdfs()].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('knows the text and the outcome of each document', () => {
    for (const { name, text, expected } of documents) {
      expect([name, typeof text, typeof expected]).toEqual([name, 'string', 'string']);
    }
  });

  it('can make every document', async () => {
    for (const document of documents) expect(await bytesOf(document)).toBeGreaterThan(0);
  });

  it('has every language in each encoding group of Unicode once', () => {
    const names = encodedDocuments()
      .filter(({ group }) => group === 'text, UTF-16 and UTF-32')
      .map(({ name }) => name.slice(0, 2));
    expect(new Set(names).size).toBe(24);
    expect(names.length).toBe(24);
  });

  it('has worst cases of about the size that is asked for', async () => {
    for (const document of worstDocuments(SMALL)) {
      const bytes = await bytesOf(document);
      expect(bytes).toBeGreaterThanOrEqual(SMALL);
      expect(bytes).toBeLessThan(2 * SMALL);
    }
  });
});
