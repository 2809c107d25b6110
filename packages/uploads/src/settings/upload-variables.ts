import { resolve } from 'node:path';
import * as z from 'zod';
import type { S3Settings, UploadStorageSettings } from './upload-settings.ts';

// Environment variables of the storage, the same for server and worker. Each message is `fault: remedy` and shows no value.

const MIB = 1_024 * 1_024;
const DEFAULT_LOCAL_MIB = 2_048;
/** Region for a storage that is not Amazon's. Most take this one, whatever theirs is. */
const ANY_REGION = 'us-east-1';
const OPTIONS = [
  'UPLOAD_S3_ENDPOINT',
  'UPLOAD_S3_REGION',
  'UPLOAD_S3_PREFIX',
  'UPLOAD_S3_FORCE_PATH_STYLE',
  'UPLOAD_S3_LOCAL_MIB',
  'UPLOAD_S3_LOCAL_DIRECTORY',
] as const;

/** The schemas of the variables, by name. */
export const uploadVariables = {
  UPLOAD_DIRECTORY: folder('give the folder of the uploads, the same one for server and workers'),
  UPLOAD_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
      error: 'is not the name of a bucket: give 3 to 63 small letters, digits, dots and hyphens',
    })
    .optional(),
  UPLOAD_S3_ENDPOINT: z
    .string()
    .refine(isEndpoint, {
      error: 'is not an address: give http(s)://host:port without user, path and query, or leave it out for Amazon S3',
    })
    .optional(),
  UPLOAD_S3_REGION: z
    .string()
    .regex(/^[\w-]{1,64}$/, {
      error: "is not a region: give one such as eu-central-1, or leave it out for AWS's own settings",
    })
    .optional(),
  UPLOAD_S3_PREFIX: z
    .string()
    .regex(/^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*\/?$/, {
      error: 'is not a beginning of keys: give words of letters, digits, - and _ with / between them, or leave it out',
    })
    .transform((prefix) => (prefix.endsWith('/') ? prefix : `${prefix}/`))
    .optional(),
  UPLOAD_S3_FORCE_PATH_STYLE: z
    .enum(['on', 'off'], {
      error: 'is unknown: give on (the bucket is in the path) or off (it is in the host name), or leave it out',
    })
    .optional(),
  UPLOAD_S3_LOCAL_MIB: z
    .string()
    .regex(/^\d{1,9}$/, {
      error: `is not a whole number: give the size (MiB) of the files that this machine keeps, or leave it out for ${DEFAULT_LOCAL_MIB}`,
    })
    .transform(Number)
    .default(DEFAULT_LOCAL_MIB),
  UPLOAD_S3_LOCAL_DIRECTORY: folder(
    "give the folder for drafts and copies, or leave it out for the system's temporary one",
  ),
};

/** A folder as an absolute path. Spaces alone would be a folder of that name. */
function folder(remedy: string) {
  return z
    .string()
    .refine((path) => path.trim() !== '', { error: `is empty: ${remedy}` })
    .refine((path) => !path.includes('\0'), { error: `is not a path: ${remedy}` })
    .transform((path) => resolve(path))
    .optional();
}

function isEndpoint(value: string): boolean {
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) return false;
  const { origin, username, password } = new URL(value);
  return username === '' && password === '' && [origin, `${origin}/`].includes(value.toLowerCase());
}

type Values = z.output<z.ZodObject<typeof uploadVariables>>;

/** Faults that the variables have together, one line each. */
export function uploadProblems(variables: Readonly<Record<string, string | undefined>>): string[] {
  const { UPLOAD_DIRECTORY: directory, UPLOAD_S3_BUCKET: bucket } = variables;
  if (bucket === undefined) {
    const lost = OPTIONS.filter((name) => variables[name] !== undefined);
    const problems = lost.map(
      (name) => `${name}: is of no use without a bucket: give UPLOAD_S3_BUCKET, or leave it out`,
    );
    if (directory !== undefined) return problems;
    const remedy = 'give the folder of the uploads, the same one for server and workers, or UPLOAD_S3_BUCKET';
    return [`UPLOAD_DIRECTORY: is missing: ${remedy}`, ...problems];
  }
  if (directory === undefined) return [];
  return ['UPLOAD_DIRECTORY: is given beside UPLOAD_S3_BUCKET: leave one of the two out, or empty'];
}

/** The settings of checked variables. */
export function uploadSettingsOf(values: Values): UploadStorageSettings {
  const { UPLOAD_S3_BUCKET: bucket, UPLOAD_DIRECTORY: directory = '' } = values;
  if (bucket === undefined) return { type: 'folder', directory };
  const { UPLOAD_S3_LOCAL_DIRECTORY: localDirectory, UPLOAD_S3_LOCAL_MIB: localMib } = values;
  return {
    type: 's3',
    bucket,
    ...placeOf(values),
    prefix: values.UPLOAD_S3_PREFIX ?? '',
    localBytes: localMib * MIB,
    ...(localDirectory === undefined ? {} : { localDirectory }),
  };
}

/** The address of the bucket. */
function placeOf(values: Values): Pick<S3Settings, 'endpoint' | 'region' | 'forcePathStyle'> {
  const { UPLOAD_S3_ENDPOINT: endpoint, UPLOAD_S3_REGION: region, UPLOAD_S3_FORCE_PATH_STYLE: style } = values;
  if (endpoint !== undefined) return { endpoint, region: region ?? ANY_REGION, forcePathStyle: style !== 'off' };
  return { forcePathStyle: style === 'on', ...(region === undefined ? {} : { region }) };
}
