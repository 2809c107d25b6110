import { EnvironmentError } from '@taskwire/process-kit';
import { describe, expect, it } from 'vitest';
import { DEFAULT_READING } from './documents/reading-settings.ts';
import { readReadingSettings } from './env.ts';

describe('readReadingSettings', () => {
  it('fills in variables that are left out or empty', () => {
    expect(readReadingSettings({ DOCUMENT_PAGES: '' })).toEqual(DEFAULT_READING);
  });

  it.each([
    ['DOCUMENT_MEMORY_MIB', '1'],
    ['DOCUMENT_CPU_SECONDS', '0'],
    ['DOCUMENT_PAGE_CPU_SECONDS', '0'],
    ['DOCUMENT_SILENCE_MS', '-1'],
    ['DOCUMENT_PAGES', '0'],
    ['DOCUMENT_UNPACKED_MIB', 'hunter2'],
    ['DOCUMENT_DEPTH', '0'],
    ['OCR', 'hunter2'],
    ['OCR_COMMAND', 'hunter2'],
    ['OCR_LANGUAGE', 'hunter2; rm'],
    ['OCR_PAGE_MS', '1'],
  ])('refuses a wrong %s in one line that names it and the remedy, but not the value', (name, value) => {
    const read = () => readReadingSettings({ [name]: value });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(new RegExp(`^${name}: (?!.*hunter2)[^:]+: give .+$`));
  });

  it('reads the limits of documents', () => {
    const { limits } = readReadingSettings({ DOCUMENT_UNPACKED_MIB: '2', DOCUMENT_PAGES: '7' });
    expect(limits).toMatchObject({ unpackedBytes: 2_097_152, pages: 7 });
  });

  it.each([
    [{ OCR: 'tesseract' }, ['tesseract', '{input}', 'stdout', '-l', '{language}']],
    [{ OCR: 'tesseract', OCR_COMMAND: '"/opt/my ocr/run" -i {input}' }, ['/opt/my ocr/run', '-i', '{input}']],
    [{ OCR_COMMAND: 'read {input}' }, ['read', '{input}']],
  ])('reads how text is recognised: %o', (variables, command) => {
    expect(readReadingSettings(variables).recognition).toEqual({
      command,
      language: 'eng',
      pageMs: 60_000,
    });
  });
});
