import { describe, expect, it } from 'vitest';
import { documentIngest } from '../tasks/known-tasks.ts';
import { acceptAttribute, fileProblem, kindUploadRules, uploadHint } from './upload-rules.ts';

const rules = {
  maxUploadBytes: 1_048_576,
  acceptedMediaTypes: ['application/pdf', 'text/markdown', 'text/html', 'text/plain'],
};

describe('fileProblem', () => {
  it.each([
    { name: 'manual.pdf', type: 'application/pdf', size: 10 },
    { name: 'README.md', type: '', size: 10 },
    { name: 'notes.TXT', type: 'text/plain;charset=utf-8', size: 10 },
    { name: 'README', type: '', size: 10 },
  ])('accepts $name', (file) => {
    expect(fileProblem(file, rules)).toBeUndefined();
  });

  it('names the file, its size and the limit when it is too large', () => {
    expect(fileProblem({ name: 'big.pdf', type: 'application/pdf', size: 2_097_152 }, rules)).toMatch(
      /big\.pdf.*2 MB.*limit is 1 MB/,
    );
  });

  it('names what can be read when the type is wrong', () => {
    expect(fileProblem({ name: 'photo.png', type: 'image/png', size: 10 }, rules)).toMatch(/photo\.png.*PDF, Markdown/);
  });

  it('refuses an empty file', () => {
    expect(fileProblem({ name: 'empty.txt', type: 'text/plain', size: 0 }, rules)).toMatch(/empty/);
  });
});

describe('the words of a form', () => {
  it('lists extensions beside types, for browsers that do not know Markdown', () => {
    expect(acceptAttribute(rules).split(',')).toEqual(expect.arrayContaining(['text/markdown', '.md', '.pdf']));
  });

  it('says in words what the server accepts', () => {
    expect(uploadHint(rules)).toBe('PDF, Markdown, HTML, or plain text, up to 1 MB');
  });
});

describe('the rules of a kind', () => {
  it('are the stricter of the kind’s and the server’s', () => {
    const server = { maxUploadBytes: 5, acceptedMediaTypes: [...rules.acceptedMediaTypes, 'image/*'] };
    const own = kindUploadRules(documentIngest, server);
    expect(own.maxUploadBytes).toBe(5);
    expect(own.acceptedMediaTypes).toEqual(expect.arrayContaining(rules.acceptedMediaTypes));
    expect(own.acceptedMediaTypes).not.toContain('image/*');
  });

  it('accept every type of a group, or every file', () => {
    const images = { maxUploadBytes: 1_048_576, acceptedMediaTypes: ['image/*'] };
    expect(fileProblem({ name: 'a.webp', type: 'image/webp', size: 1 }, images)).toBeUndefined();
    expect(fileProblem({ name: 'a.pdf', type: 'application/pdf', size: 1 }, images)).toMatch(/any image, up to 1 MB/);
    const everything = { ...images, acceptedMediaTypes: ['*/*'] };
    expect(fileProblem({ name: 'a.xyz', type: 'application/x-xyz', size: 1 }, everything)).toBeUndefined();
    expect([acceptAttribute(everything), uploadHint(everything)]).toEqual(['', 'any file, up to 1 MB']);
  });
});
