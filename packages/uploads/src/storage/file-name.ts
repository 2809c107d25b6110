/** Beginning of the names of derived files. */
export const DERIVED_PREFIX = 'derived/';
/** Ending of the names of drafts. Earlier versions have the same. */
const DRAFT_ENDING = '.partial';

/** A name has at most one folder and never leaves it: it begins with neither `.` nor `/`. */
const NAME = /^(?:[a-z]+\/)?[\w-][\w.-]{0,199}$/;
const UPLOAD_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=$|\.)/;

/** @throws TypeError for a name that no file of the storage can have. */
export function checkName(name: string): string {
  if (!NAME.test(name)) throw new TypeError(`${JSON.stringify(name)} cannot be the name of an upload's file`);
  return name;
}

/** The name of a file that a stage derives from an upload, for later stages and attempts. @param what `sections`. */
export function derivedName(uploadId: string, what: string): string {
  return checkName(`${DERIVED_PREFIX}${uploadId}.${what}`);
}

/** Folder and file of a name: `['derived', 'x.ndjson']`; the folder of an upload is empty. */
export function splitName(name: string): [folder: string, file: string] {
  const at = name.indexOf('/');
  return at < 0 ? ['', name] : [name.slice(0, at), name.slice(at + 1)];
}

/** The name of the draft of a file, among the uploads. */
export function draftName(name: string, key: string): string {
  return `${splitName(name)[1]}.${key}${DRAFT_ENDING}`;
}

/** Whether a name is that of a draft: of a file that is written now, or that a crash left. */
export function isDraftName(name: string): boolean {
  return name.endsWith(DRAFT_ENDING);
}

/** The id of the upload that a file belongs to; undefined for a file that is not named after an upload. */
export function uploadIdOf(name: string): string | undefined {
  return UPLOAD_ID.exec(splitName(name)[1])?.[0];
}
