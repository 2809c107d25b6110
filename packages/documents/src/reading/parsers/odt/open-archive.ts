import type { ZipArchive } from '../../archive/zip-archive.ts';
import { encryptedDocument, missingPart } from '../../document-error.ts';
import { readXmlPart } from '../../xml/read-xml-part.ts';
import { elementsOnly, textsOf } from '../../xml/xml-handlers.ts';

const CONTENT = 'content.xml';

/**
 * The name of the file with an OpenDocument's text.
 * @throws DocumentError DOCUMENT_ENCRYPTED if it is encrypted, DOCUMENT_UNREADABLE if it is missing.
 */
export async function openContent(archive: ZipArchive): Promise<string> {
  const elements = new Set<string>();
  const handler = elementsOnly((name) => elements.add(name));
  await readXmlPart({ archive, name: 'META-INF/manifest.xml', handler });
  if (elements.has('encryption-data')) throw encryptedDocument();
  if (!archive.has(CONTENT)) throw missingPart(CONTENT);
  return CONTENT;
}

/** The title in an OpenDocument's properties. Empty if there is none. */
export async function titleOfOpenDocument(archive: ZipArchive): Promise<string> {
  let title = '';
  const handler = textsOf(['title'], (text) => (title ||= text.trim()));
  await readXmlPart({ archive, name: 'meta.xml', handler });
  return title;
}
