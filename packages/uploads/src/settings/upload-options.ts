import type { uploadVariables } from './upload-variables.ts';

/** The place of uploaded files, as options of code. Server and workers have the same. */
export interface UploadOptions {
  /** Folder of the files (UPLOAD_DIRECTORY). */
  uploadDirectory?: string | undefined;
  /** Bucket of the files, in the place of a folder (UPLOAD_S3_BUCKET). */
  uploadS3Bucket?: string | undefined;
  /** Address of a storage that is not Amazon's: `https://minio.example:9000` (UPLOAD_S3_ENDPOINT). */
  uploadS3Endpoint?: string | undefined;
  uploadS3Region?: string | undefined;
  /** Beginning of all keys (UPLOAD_S3_PREFIX). */
  uploadS3Prefix?: string | undefined;
  /** Whether the bucket stands in the path, and not in the host name (UPLOAD_S3_FORCE_PATH_STYLE). */
  uploadS3ForcePathStyle?: boolean | undefined;
  /** Folder of this machine for drafts and copies (UPLOAD_S3_LOCAL_DIRECTORY); the system's temporary one if absent. */
  uploadS3LocalDirectory?: string | undefined;
  /** Size (MiB) of the files that this machine keeps (UPLOAD_S3_LOCAL_MIB). */
  uploadS3LocalMib?: number | undefined;
}

/** The variable of each option. A missing one does not compile. */
export const uploadOptionVariables: Readonly<Record<keyof UploadOptions, keyof typeof uploadVariables>> = {
  uploadDirectory: 'UPLOAD_DIRECTORY',
  uploadS3Bucket: 'UPLOAD_S3_BUCKET',
  uploadS3Endpoint: 'UPLOAD_S3_ENDPOINT',
  uploadS3Region: 'UPLOAD_S3_REGION',
  uploadS3Prefix: 'UPLOAD_S3_PREFIX',
  uploadS3ForcePathStyle: 'UPLOAD_S3_FORCE_PATH_STYLE',
  uploadS3LocalDirectory: 'UPLOAD_S3_LOCAL_DIRECTORY',
  uploadS3LocalMib: 'UPLOAD_S3_LOCAL_MIB',
};
