import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { describe, expect, it } from 'vitest';
import { parserOf } from '../reading/parsers/index.ts';
import { makeArchive } from '../testing/making/make-archive.ts';
import { makeDocx, wordParagraph } from '../testing/making/make-docx.ts';
import { DOCUMENT_TYPES } from './document-types.ts';
import { mediaTypeOf } from './media-type-of.ts';

const folder = useTemporaryFolder('media-type');

async function typeOf(content: string | Uint8Array, fileName = 'file') {
  const path = join(folder.path, 'file');
  await writeFile(path, content);
  return mediaTypeOf({ path, fileName });
}

const OFFICE = 'application/vnd.openxmlformats-officedocument.';
const contentTypes = (type: string) => `<Types><Override PartName="/main.xml" ContentType="${type}"/></Types>`;

/** A container of old Office files: a signature, and directory entries with these names. */
function oldOffice(...streams: string[]): Buffer {
  const file = Buffer.alloc(200_704);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  for (const [index, stream] of streams.entries()) file.write(stream, 131_072 + index * 128, 'utf16le');
  return file;
}

describe('the type of an archive', () => {
  it.each([
    [`${OFFICE}wordprocessingml.document.main+xml`, `${OFFICE}wordprocessingml.document`],
    ['application/vnd.ms-word.document.macroEnabled.main+xml', `${OFFICE}wordprocessingml.document`],
    [`${OFFICE}presentationml.slideshow.main+xml`, `${OFFICE}presentationml.presentation`],
    [`${OFFICE}spreadsheetml.sheet.main+xml`, `${OFFICE}spreadsheetml.sheet`],
  ])('with a main part of type %s is %s, under any name', async (mainPart, mediaType) => {
    const archive = makeArchive({ '[Content_Types].xml': contentTypes(mainPart), 'a.txt': 'x' });
    expect(await typeOf(archive, 'x.zip')).toEqual({ mediaType });
  });

  it.each([
    'application/vnd.oasis.opendocument.text',
    'application/vnd.oasis.opendocument.presentation',
    'application/vnd.oasis.opendocument.spreadsheet',
    'application/epub+zip',
  ])('that states the type %s has that type', async (mediaType) => {
    expect(await typeOf(makeArchive({ mimetype: `${mediaType}\n`, 'content.xml': '<a/>' }))).toEqual({ mediaType });
  });

  it('follows from its files, else from its extension, else it is an archive', async () => {
    expect(await typeOf(makeDocx(wordParagraph('x')))).toEqual({ mediaType: `${OFFICE}wordprocessingml.document` });
    const broken = makeDocx(wordParagraph('x')).slice(0, 150);
    expect(await typeOf(broken, 'x.docx')).toEqual({ mediaType: `${OFFICE}wordprocessingml.document` });
    expect(await typeOf(makeArchive({ 'a.txt': 'x' }), 'x.zip')).toEqual({ mediaType: 'application/zip' });
  });
});

describe('an old Office file', () => {
  it.each([
    [['Root Entry', 'WordDocument'], 'application/msword', 'save it as .docx'],
    [['Workbook'], 'application/vnd.ms-excel', 'save it as .xlsx'],
    [['PowerPoint Document'], 'application/vnd.ms-powerpoint', 'save it as .pptx'],
    [['EncryptionInfo', 'EncryptedPackage'], 'application/x-ole-storage', 'save it without a password'],
    [['other'], 'application/x-ole-storage', 'save it in a newer format'],
  ])('with the streams %j is %s, with the remedy', async (streams, mediaType, problem) => {
    const found = await typeOf(oldOffice(...streams), 'x.docx');
    expect(found).toEqual({ mediaType, problem: expect.stringContaining(problem) });
  });
});

describe('the type of a text', () => {
  it.each([
    ['{\\rtf1 hello}', 'x.txt', 'application/rtf'],
    ['\ufeff {\\rtf1 hello}', 'x.doc', 'application/rtf'],
    ['Received: from a\r\n by b\r\nSubject: x\r\n\r\nhello', 'x.txt', 'message/rfc822'],
    ['From x@y Mon Jan 1 00:00:00 2024\nFrom: x\nMessage-ID: <a@b>\n\nhello', 'x', 'message/rfc822'],
    ['Subject: x\n\nhello', 'x.eml', 'message/rfc822'],
    ['Subject: x\nDate: tomorrow\n\nhello', 'x.txt', 'text/plain'],
    ['hello', 'x.eml', 'text/plain'],
    ['a,b\n1,2', 'x.CSV', 'text/csv'],
    ['a\tb\n1\t2', 'x.tsv', 'text/tab-separated-values'],
    ['a,b\n1,2', 'x.txt', 'text/plain'],
    ['<!doctype html><p>not found</p>', 'x.csv', 'text/html'],
  ])('%j named %s is %s', async (content, fileName, mediaType) => {
    expect(await typeOf(content, fileName)).toEqual({ mediaType });
  });
});

it('every type in the table has a reader', () => {
  for (const { mediaType } of DOCUMENT_TYPES)
    expect([mediaType, parserOf(mediaType)]).toEqual([mediaType, expect.any(Function)]);
});
