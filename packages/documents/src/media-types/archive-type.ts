import { ZipArchive } from '../reading/archive/zip-archive.ts';
import { DEFAULT_LIMITS } from '../reading/limits.ts';
import { readXmlPart } from '../reading/xml/read-xml-part.ts';
import { elementsOnly } from '../reading/xml/xml-handlers.ts';

const OFFICE = 'application/vnd.openxmlformats-officedocument.';
const OPEN = 'application/vnd.oasis.opendocument.';
const DOCX = `${OFFICE}wordprocessingml.document`;
const PPTX = `${OFFICE}presentationml.presentation`;
const XLSX = `${OFFICE}spreadsheetml.sheet`;
const EPUB = 'application/epub+zip';

/** Document types by the type of their main part. Templates, shows and files with macros are read like documents. */
const BY_MAIN_PART: readonly (readonly [mainPart: RegExp, mediaType: string])[] = [
  [/wordprocessingml\.(document|template)\.main|ms-word\.(document|template)\.macroenabled/i, DOCX],
  [/presentationml\.(presentation|slideshow|template)\.main|ms-powerpoint\.\w+\.macroenabled/i, PPTX],
  [/spreadsheetml\.(sheet|template)\.main|ms-excel\.(sheet|template)\.macroenabled/i, XLSX],
];

/** Files that identify an archive without a stated type. */
const BY_NAME: readonly (readonly [name: string, mediaType: string])[] = [
  ['word/document.xml', DOCX],
  ['ppt/presentation.xml', PPTX],
  ['xl/workbook.xml', XLSX],
  ['META-INF/container.xml', EPUB],
];

/** Longest media type (bytes) in a file `mimetype`. */
const LONGEST_TYPE = 200;

/**
 * The document type of a ZIP archive, from its own statement or from its files.
 * @returns undefined for an unknown type or a broken archive.
 */
export async function archiveTypeOf(path: string): Promise<string | undefined> {
  const archive = await ZipArchive.openFile(path, DEFAULT_LIMITS).catch(() => undefined);
  if (archive === undefined) return undefined;
  try {
    return (
      (await declaredType(archive)) ??
      (await typeOfMainPart(archive)) ??
      BY_NAME.find(([name]) => archive.has(name))?.[1]
    );
  } catch {
    return undefined;
  } finally {
    archive.close();
  }
}

async function declaredType(archive: ZipArchive): Promise<string | undefined> {
  if (archive.sizeOf('mimetype') > LONGEST_TYPE) return undefined;
  const text = Buffer.from(await archive.readWhole('mimetype')).toString('latin1');
  const type = text
    .trim()
    .toLowerCase()
    .replace(/-template$/, '');
  return type === EPUB || type.startsWith(OPEN) ? type : undefined;
}

async function typeOfMainPart(archive: ZipArchive): Promise<string | undefined> {
  const types = new Set<string>();
  const handler = elementsOnly((_name, { ContentType: type }) => {
    if (type !== undefined) types.add(type);
  });
  await readXmlPart({ archive, name: '[Content_Types].xml', handler });
  return BY_MAIN_PART.find(([mainPart]) => [...types].some((type) => mainPart.test(type)))?.[1];
}
