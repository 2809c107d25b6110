/** The S3-compatible storage of uploads. Credentials come from AWS's own variables and files. */
export interface S3Settings {
  type: 's3';
  bucket: string;
  /** Address of a storage that is not Amazon's: `https://minio.example:9000`. */
  endpoint?: string;
  /** AWS's own setting if absent. */
  region?: string;
  /** Beginning of all keys, with `/` at its end; empty: none. */
  prefix: string;
  /** Whether the bucket stands in the path, and not in the host name. */
  forcePathStyle: boolean;
  /** Most bytes of files that are kept on this machine for a later use. Files in use come on top. */
  localBytes: number;
  /** Absolute path of the folder for drafts and copies; the system's one for temporary files if absent. */
  localDirectory?: string;
}

/** The place of uploaded files. */
export type UploadStorageSettings = { type: 'folder'; directory: string } | S3Settings;
