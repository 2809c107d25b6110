import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../../testing/collect.ts';
import { makeRawPage, makeRawPdf } from '../../../../testing/making/make-raw-pdf.ts';
import { parsePdf } from '../parse-pdf.ts';

/** A font whose encoding is one of the CMaps that every reader must know. */
function compositeFont(encoding: string, ordering: string): string {
  const system = `/CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >>`;
  const descriptor = '/FontDescriptor << /Type /FontDescriptor /FontName /Some-Font /Flags 6 >>';
  const descendant = `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Some-Font ${system} ${descriptor} >>`;
  return `/F2 << /Type /Font /Subtype /Type0 /BaseFont /Some-Font /Encoding /${encoding} /DescendantFonts [${descendant}] >>`;
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');

describe('openPdf', () => {
  it.each([
    { encoding: 'UniGB-UCS2-H', ordering: 'GB1', hex: utf16('北京市政府'), text: '北京市政府' },
    { encoding: 'UniJIS-UCS2-H', ordering: 'Japan1', hex: utf16('東京都条例'), text: '東京都条例' },
    { encoding: 'UniKS-UTF16-H', ordering: 'Korea1', hex: utf16('서울시'), text: '서울시' },
    { encoding: 'UniCNS-UCS2-H', ordering: 'CNS1', hex: utf16('臺灣文件'), text: '臺灣文件' },
    { encoding: 'UniGB-UCS2-H', ordering: 'CNS1', hex: utf16('臺灣文件'), text: '臺灣文件' },
    { encoding: 'UniGB-UTF16-H', ordering: 'Japan1', hex: utf16('東京條例'), text: '東京條例' },
    { encoding: 'UniCNS-UTF16-H', ordering: 'Korea1', hex: utf16('環境保護'), text: '環境保護' },
    { encoding: 'GBK-EUC-H', ordering: 'GB1', hex: 'b1b1bea9', text: '北京' },
    { encoding: '90ms-RKSJ-H', ordering: 'Japan1', hex: '93fa967b', text: '日本' },
    { encoding: 'KSCms-UHC-H', ordering: 'Korea1', hex: 'bcadbfef', text: '서울' },
    { encoding: 'ETen-B5-H', ordering: 'CNS1', hex: 'a5d5a6e2', text: '白色' },
  ])(
    'reads text of the predefined encoding $encoding in the collection $ordering',
    async ({ encoding, ordering, hex, text }) => {
      const fonts = compositeFont(encoding, ordering);
      const bytes = makeRawPdf(makeRawPage(`BT /F2 14 Tf 72 700 Td <${hex}> Tj ET`, { fonts }));
      expect(await sectionsOf(parsePdf(bytes))).toEqual([{ page: 1, text }]);
    },
  );

  it('reads a PDF whose header follows other bytes', async () => {
    for (const before of ['\n', 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(1000)]) {
      const bytes = makeRawPdf(makeRawPage('BT /F1 12 Tf 72 700 Td (saffron) Tj ET'), { before });
      expect(await sectionsOf(parsePdf(bytes))).toEqual([{ page: 1, text: 'saffron' }]);
    }
  });

  it('refuses a PDF without pages in plain words', async () => {
    const bytes = makeRawPdf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>']);
    await expect(sectionsOf(parsePdf(bytes))).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
  });

  it('reads a PDF whose cross-reference table is not where the file says', async () => {
    const whole = Buffer.from(makeRawPdf(makeRawPage('BT /F1 12 Tf 72 700 Td (saffron) Tj ET'))).toString('latin1');
    const damaged = Buffer.from(whole.replace(/startxref\n\d+/, 'startxref\n99999'), 'latin1');
    expect(await sectionsOf(parsePdf(damaged))).toEqual([{ page: 1, text: 'saffron' }]);
  });

  it('refuses a PDF that is cut off in plain words', async () => {
    const whole = makeRawPdf(makeRawPage('BT /F1 12 Tf 72 700 Td (saffron) Tj ET'));
    await expect(sectionsOf(parsePdf(whole.slice(0, whole.length / 2)))).rejects.toMatchObject({
      code: 'DOCUMENT_UNREADABLE',
    });
  });

  it('reads a form of XFA that cannot be read as such as the PDF that holds it', async () => {
    const objects = makeRawPage('BT /F1 12 Tf 72 700 Td (saffron) Tj ET');
    objects[0] = '<< /Type /Catalog /Pages 2 0 R /AcroForm << /XFA [(template) 9 0 R] /Fields [] >> >>';
    expect(await sectionsOf(parsePdf(makeRawPdf(objects)))).toEqual([{ page: 1, text: 'saffron' }]);
  });
});

const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const hexOf = (bytes: Buffer) => `<${bytes.toString('hex')}>`;

/** Encrypts with AES-256 in CBC mode. */
function encrypted(key: Buffer, vector: Buffer, { data, isPadded }: { data: Buffer; isPadded: boolean }): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, vector).setAutoPadding(isPadded);
  return Buffer.concat([cipher.update(data), cipher.final()]);
}

describe('encryption', () => {
  const FILTERS = '/CF << /StdCF << /CFM /AESV3 /Length 32 >> >>';
  const content = 'BT /F1 12 Tf 72 700 Td (saffron) Tj ET';

  it.each([
    { name: 'named Identity', filters: '/StmF /Identity /StrF /Identity /EFF /StdCF' },
    { name: 'not named', filters: '/EFF /StdCF' },
  ])('of attached files alone asks for no password (the others: $name)', async ({ filters }) => {
    const keys = ['O', 'U'].map((key) => `/${key} <${'1f'.repeat(48)}>`).join(' ');
    const more = ['OE', 'UE'].map((key) => `/${key} <${'2e'.repeat(32)}>`).join(' ');
    const encryption = `<< /Filter /Standard /V 5 /R 6 /Length 256 /P -4 ${keys} ${more} /Perms <${'3d'.repeat(16)}> ${FILTERS} ${filters} >>`;
    const bytes = makeRawPdf([...makeRawPage(content), encryption], { trailer: '/Encrypt 5 0 R /ID [<00> <00>]' });
    expect(await sectionsOf(parsePdf(bytes))).toEqual([{ page: 1, text: 'saffron' }]);
  });

  it('is undone if the user or owner password is empty, and refused otherwise', async () => {
    const encryptedFor = (password: string) => {
      const fileKey = Buffer.alloc(32, 7);
      const [validation, salt] = [Buffer.alloc(8, 1), Buffer.alloc(8, 2)];
      // The user password is unknown.
      const user = Buffer.alloc(48, 5);
      const owner = Buffer.concat([sha256(Buffer.from(password), validation, user), validation, salt]);
      const ownerKey = sha256(Buffer.from(password), salt, user);
      const stored = encrypted(ownerKey, Buffer.alloc(16), { data: fileKey, isPadded: false });
      const vector = Buffer.alloc(16, 9);
      const data = Buffer.concat([vector, encrypted(fileKey, vector, { data: Buffer.from(content), isPadded: true })]);
      const objects = makeRawPage(data.toString('latin1'));
      const keys = `/O ${hexOf(owner)} /OE ${hexOf(stored)} /U ${hexOf(user)} /UE <${'00'.repeat(32)}> /Perms <${'00'.repeat(16)}>`;
      const encryption = `<< /Filter /Standard /V 5 /R 5 /Length 256 /P -4 ${keys} ${FILTERS} /StmF /StdCF /StrF /StdCF >>`;
      return makeRawPdf([...objects, encryption], { trailer: '/Encrypt 5 0 R /ID [<00> <00>]' });
    };
    expect(await sectionsOf(parsePdf(encryptedFor('')))).toEqual([{ page: 1, text: 'saffron' }]);
    await expect(sectionsOf(parsePdf(encryptedFor('secret')))).rejects.toMatchObject({ code: 'DOCUMENT_ENCRYPTED' });
  });
});
