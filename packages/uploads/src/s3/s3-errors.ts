import { fileSystemReason } from '../folder/folder-errors.ts';
import { missingFile, UploadStorageError } from '../storage/storage-error.ts';

const NO_BUCKET = 'UPLOAD_S3_BUCKET: there is no such bucket: create it, or name another one';
const NO_ACCESS =
  'UPLOAD_S3_BUCKET: the storage refuses access: check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (or what AWS reads in ' +
  'their place), and that they may list the bucket, and read, write and delete in it';
const NO_CREDENTIALS =
  "there are no credentials for the bucket of UPLOAD_S3_BUCKET: give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or another of AWS's ways";
const NO_REGION = 'UPLOAD_S3_REGION: is missing: give the region of the bucket';
const OTHER_CLOCK = "the S3 storage of the uploads refuses access: this machine's clock is not right";
const REFUSED =
  'the S3 storage of the uploads refuses requests: check UPLOAD_S3_ENDPOINT, UPLOAD_S3_REGION and UPLOAD_S3_FORCE_PATH_STYLE';
const OTHER_REGION = 'UPLOAD_S3_REGION: the bucket is in another region, or UPLOAD_S3_ENDPOINT is that of another one';

/** Remedies by the name of an answer: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const REFUSALS: Readonly<Record<string, string>> = {
  NoSuchBucket: NO_BUCKET,
  AccessDenied: NO_ACCESS,
  InvalidAccessKeyId: NO_ACCESS,
  SignatureDoesNotMatch: NO_ACCESS,
  RequestTimeTooSkewed: OTHER_CLOCK,
  CredentialsProviderError: NO_CREDENTIALS,
  PermanentRedirect: OTHER_REGION,
  AuthorizationHeaderMalformed: OTHER_REGION,
};

/** Remedies by the status of an answer without a name, as those to HEAD are. Others may pass. */
const REFUSING_STATUSES: Readonly<Record<number, string>> = {
  301: OTHER_REGION,
  400: REFUSED,
  401: NO_ACCESS,
  403: NO_ACCESS,
  405: REFUSED,
};

/** Parts of an error of the client that are used here. */
interface S3Failure {
  name: string;
  message: string;
  /** The status of the answer; absent without one. */
  status?: number;
}

/**
 * The storage's error for an error of the S3 client. Its cause is a copy without the fields of the original, among which
 * are access keys and signatures.
 */
export function s3Error(name: string, error: unknown): UploadStorageError {
  if (error instanceof UploadStorageError) return error;
  const failure = failureOf(error);
  const cause = new Error(`${failure.name}: ${failure.message}`);
  if (failure.name === 'NoSuchKey' || failure.name === 'NotFound') return missingFile(name, cause);
  const remedy = remedyOf(failure);
  if (remedy !== undefined) return new UploadStorageError('refused', remedy, { cause });
  if (fileSystemReason(error) === 'full') return localFolderError(error);
  return new UploadStorageError('unavailable', 'the S3 storage of the uploads does not answer as it should', { cause });
}

/** The storage's error for an error of the folder for drafts and copies. */
export function localFolderError(error: unknown): UploadStorageError {
  const reason = fileSystemReason(error) === 'full' ? 'full' : 'refused';
  const message = 'the folder for copies of uploads (UPLOAD_S3_LOCAL_DIRECTORY, or TMPDIR) cannot be written';
  return new UploadStorageError(reason, message, { cause: error });
}

/** Whether the error says that a range lies behind the end of a file. */
export function isBehindEnd(error: unknown): boolean {
  const { name, status } = failureOf(error);
  return name === 'InvalidRange' || status === 416;
}

function remedyOf({ name, message, status }: S3Failure): string | undefined {
  if (message === 'Region is missing') return NO_REGION;
  const named = REFUSALS[name];
  if (named !== undefined) return named;
  return status === undefined ? undefined : REFUSING_STATUSES[status];
}

function failureOf(error: unknown): S3Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  const status = '$metadata' in error ? statusIn(error.$metadata) : undefined;
  return { name, message, ...(status === undefined ? {} : { status }) };
}

function statusIn(metadata: unknown): number | undefined {
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return undefined;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
