import type { LanguageSample } from '@taskwire/documents/testing';
import { strToU8, zipSync } from 'fflate';

const OFFICE = 'http://schemas.openxmlformats.org';
const RELATIONSHIPS = `${OFFICE}/officeDocument/2006/relationships`;
const PACKAGE_RELATIONSHIPS = `${OFFICE}/package/2006/relationships`;
const OPEN_DOCUMENT = 'urn:oasis:names:tc:opendocument:xmlns';

/** A Word document: title as heading, a paragraph each. */
export function docxOf({ title, paragraphs }: LanguageSample): Uint8Array {
  const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
  const heading = `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>${run(title)}</w:p>`;
  const body = paragraphs.map(({ text }) => `<w:p>${run(text)}</w:p>`).join('');
  return archive({
    '[Content_Types].xml': contentTypes(
      '/word/document.xml',
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    ),
    '_rels/.rels': relationships([['officeDocument', 'word/document.xml']]),
    'word/document.xml': `<w:document xmlns:w="${OFFICE}/wordprocessingml/2006/main"><w:body>${heading}${body}</w:body></w:document>`,
  });
}

/** A presentation: a slide for the title, and one for each paragraph. */
export function pptxOf({ title, paragraphs }: LanguageSample): Uint8Array {
  const slides = [title, ...paragraphs.map(({ text }) => text)];
  const namespaces = `xmlns:p="${OFFICE}/presentationml/2006/main" xmlns:a="${OFFICE}/drawingml/2006/main" xmlns:r="${RELATIONSHIPS}"`;
  const ids = slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 1}"/>`).join('');
  const slideOf = (text: string) =>
    `<p:sld ${namespaces}><p:cSld><p:spTree><p:sp><p:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:sld>`;
  return archive({
    '[Content_Types].xml': contentTypes(
      '/ppt/presentation.xml',
      'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
    ),
    '_rels/.rels': relationships([['officeDocument', 'ppt/presentation.xml']]),
    'ppt/presentation.xml': `<p:presentation ${namespaces}><p:sldIdLst>${ids}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationships(
      slides.map((_, index) => ['slide', `slides/slide${index + 1}.xml`]),
    ),
    ...Object.fromEntries(slides.map((text, index) => [`ppt/slides/slide${index + 1}.xml`, slideOf(text)])),
  });
}

/** An OpenDocument text: title as heading, a paragraph each. */
export function odtOf({ title, paragraphs }: LanguageSample): Uint8Array {
  const body = paragraphs.map(({ text }) => `<text:p>${text}</text:p>`).join('');
  const namespaces = `xmlns:office="${OPEN_DOCUMENT}:office:1.0" xmlns:text="${OPEN_DOCUMENT}:text:1.0"`;
  return archive({
    mimetype: 'application/vnd.oasis.opendocument.text',
    'META-INF/manifest.xml': `<manifest:manifest xmlns:manifest="${OPEN_DOCUMENT}:manifest:1.0"/>`,
    'content.xml': `<office:document-content ${namespaces}><office:body><office:text><text:h text:outline-level="1">${title}</text:h>${body}</office:text></office:body></office:document-content>`,
  });
}

/** A book: a chapter for the title, and one for each paragraph. */
export function epubOf({ language, title, paragraphs }: LanguageSample): Uint8Array {
  const chapters = [`<h1>${title}</h1>`, ...paragraphs.map(({ text }) => `<p>${text}</p>`)];
  const names = chapters.map((_, index) => `c${index}.xhtml`);
  const items = names.map((name) => `<item id="${name}" href="${name}" media-type="application/xhtml+xml"/>`).join('');
  const spine = names.map((name) => `<itemref idref="${name}"/>`).join('');
  const chapterOf = (body: string) =>
    `<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`;
  return archive({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    'book.opf': `<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title><dc:language>${language}</dc:language></metadata><manifest>${items}</manifest><spine>${spine}</spine></package>`,
    ...Object.fromEntries(names.map((name, index) => [name, chapterOf(chapters[index] ?? '')])),
  });
}

/** Rich text; every character beyond ASCII is written by its number. */
export function rtfOf({ title, paragraphs }: LanguageSample): Uint8Array {
  const escaped = (text: string) =>
    Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
      .map((unit) => (unit < 128 ? String.fromCharCode(unit) : `\\u${unit > 32_767 ? unit - 65_536 : unit}?`))
      .join('');
  const body = [title, ...paragraphs.map(({ text }) => text)].map((text) => `\\pard ${escaped(text)}\\par\n`).join('');
  return Buffer.from(`{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times;}}\n${body}}`);
}

/** A message: title as subject, the paragraphs as its text. */
export function emlOf({ title, paragraphs }: LanguageSample): Uint8Array {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const body = base64(paragraphs.map(({ text }) => text).join('\r\n\r\n')).replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    [
      'From: Keeper <keeper@example.org>',
      'To: Harbour <harbour@example.org>',
      'Date: Fri, 27 Nov 2026 10:00:00 +0000',
      `Subject: ${
        title
          .match(/.{1,12}/gu)
          ?.map((part) => `=?utf-8?B?${base64(part)}?=`)
          .join('\r\n ') ?? ''
      }`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      body,
      '',
    ].join('\r\n'),
  );
}

/** A table: a row for each paragraph. */
export function csvOf({ title, paragraphs }: LanguageSample): Uint8Array {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const rows = paragraphs.map(({ text }, index) => `${index + 1},${quoted(text)}`);
  return Buffer.from([`no,${quoted(title)}`, ...rows].join('\r\n') + '\r\n');
}

function contentTypes(part: string, type: string): string {
  return `<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="${part}" ContentType="${type}"/></Types>`;
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const entries = targets.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONSHIPS}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE_RELATIONSHIPS}">${entries.join('')}</Relationships>`;
}

/** A ZIP archive; the first file is stored as it is, as OpenDocument and EPUB want. */
function archive(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, [strToU8(text), { level: name === 'mimetype' ? 0 : 6 }]]),
    ),
  );
}
