import { resolveName } from '../../archive/archive-name.ts';
import type { ZipArchive } from '../../archive/zip-archive.ts';
import { DocumentError, missingPart } from '../../document-error.ts';
import { readXmlPart } from '../../xml/read-xml-part.ts';
import { elementsOnly, textsOf } from '../../xml/xml-handlers.ts';
import type { XmlAttributes } from '../../xml/xml-reader.ts';

/** Algorithms that only protect a book's fonts from copying: https://www.w3.org/TR/epub-33/#sec-font-obfuscation */
const FONT_ALGORITHMS: ReadonlySet<string> = new Set([
  'http://www.idpf.org/2008/embedding',
  'http://ns.adobe.com/pdf/enc#RC',
]);

/** A book's title and authors, its files in reading order, and its table of contents. */
export interface BookPackage {
  title: string;
  authors: readonly string[];
  /** Names in the archive. */
  spine: readonly string[];
  /** The navigation document, or the older NCX file. Empty if the book has neither. */
  contents: string;
}

/**
 * Reads the package file of an EPUB.
 * @throws DocumentError DOCUMENT_ENCRYPTED for a book with rights management, DOCUMENT_UNREADABLE if there is no
 * package.
 */
export async function readPackage(archive: ZipArchive): Promise<BookPackage> {
  await refuseRightsManagement(archive);
  const name = await packageName(archive);
  const items = new Map<string, XmlAttributes>();
  const order: string[] = [];
  let ncx = '';
  const texts = { title: new Array<string>(), creator: new Array<string>() };
  const metadata = textsOf(['title', 'creator'], (text, element) => {
    texts[element === 'title' ? 'title' : 'creator'].push(text.trim());
  });
  const elements = elementsOnly((element, attributes) => {
    if (element === 'item') items.set(attributes['id'] ?? '', attributes);
    if (element === 'itemref') order.push(attributes['idref'] ?? '');
    if (element === 'spine') ncx = attributes['toc'] ?? '';
  });
  const handler = {
    ...metadata,
    open(element: string, attributes: XmlAttributes) {
      elements.open(element, attributes);
      return metadata.open(element, attributes);
    },
  };
  await readXmlPart({ archive, name, handler });
  const nameOf = (id: string) => resolveName(name, items.get(id)?.['href'] ?? '');
  const isNavigation = ({ properties = '' }: XmlAttributes) => properties.split(/\s+/).includes('nav');
  const navigation = [...items].find(([, attributes]) => isNavigation(attributes))?.[0] ?? ncx;
  return {
    title: texts.title[0] ?? '',
    authors: texts.creator.filter((author) => author !== ''),
    spine: order.filter((id) => items.has(id)).map(nameOf),
    contents: items.has(navigation) ? nameOf(navigation) : '',
  };
}

async function refuseRightsManagement(archive: ZipArchive): Promise<void> {
  const algorithms = new Set<string>();
  let isData = false;
  const handler = elementsOnly((element, attributes) => {
    if (element === 'EncryptedKey') isData = false;
    if (element === 'EncryptedData') isData = true;
    if (element === 'EncryptionMethod' && isData) algorithms.add(attributes['Algorithm'] ?? '');
  });
  await readXmlPart({ archive, name: 'META-INF/encryption.xml', handler });
  if ([...algorithms].every((algorithm) => FONT_ALGORITHMS.has(algorithm))) return;
  throw new DocumentError(
    'DOCUMENT_ENCRYPTED',
    'the book is protected by rights management (DRM) and cannot be read: upload a copy without it',
  );
}

async function packageName(archive: ZipArchive): Promise<string> {
  const named: string[] = [];
  const handler = elementsOnly((element, attributes) => {
    if (element === 'rootfile') named.push(resolveName('', attributes['full-path'] ?? ''));
  });
  await readXmlPart({ archive, name: 'META-INF/container.xml', handler });
  const usual = [...archive.names].filter((name) => name.endsWith('.opf'));
  const found = [...named, ...usual].find((name) => archive.has(name));
  if (found === undefined) throw missingPart('package file (.opf)');
  return found;
}
