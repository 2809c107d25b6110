import type { Readable, Writable } from 'node:stream';

/** A file of the storage. */
export interface StoredFile {
  /** The id of an upload, or the name of a file derived from one (`file-name.ts`). */
  name: string;
  sizeBytes: number;
  modifiedAt: Date;
}

/** A part of a file, in bytes from its beginning. Both ends belong to it. */
export interface ByteRange {
  start?: number;
  end?: number;
}

/**
 * A file before it stands under its name. It lies on this machine, so that its bytes can be looked at first.
 * Draft → committed or discarded.
 */
export interface DraftFile {
  /** Absolute path of the draft. The file appears there with the first write. */
  readonly path: string;
  /** Opens the draft, which must not exist yet, for writing. */
  writable(): Writable;
  /** Puts the written file under its name at once, as a whole. It replaces an earlier one. */
  commit(): Promise<void>;
  /** Removes what was written. Does nothing once the draft is committed. */
  discard(): Promise<void>;
}

/** A file of the storage on this machine. */
export interface LocalCopy {
  /** Absolute path. It may be the stored file itself: read it only. */
  readonly path: string;
  /** The path is not needed any more. */
  release(): void;
}

/**
 * Holds the files of uploads, by name. Every method rejects with UploadStorageError, whose `reason` says what went wrong.
 */
export interface UploadStorage {
  /**
   * Checks the storage, and removes what crashes left on this machine.
   * @throws UploadStorageError `refused`, whose message names the remedy; `unavailable` if the storage is away.
   */
  prepare(): Promise<void>;
  /** Begins a file. The caller commits or discards it. */
  create(name: string): Promise<DraftFile>;
  /**
   * Reads a file or a part of it, with bounded memory. The stream fails with `missing` if there is no such file. A range
   * that lies behind the end gives nothing. No stream joins two versions of a file that is replaced: it fails with
   * `unavailable`, or goes on with the earlier one. Destroy a stream that is not read to its end.
   */
  read(name: string, range?: ByteRange): Readable;
  /** @returns the facts of a file; undefined if it does not exist. */
  find(name: string): Promise<StoredFile | undefined>;
  /** Removes a file, if it exists. */
  delete(name: string): Promise<void>;
  /**
   * Lists files, at most `pageSize` at a time. Drafts may be among them (`isDraftName`).
   * @param prefix Beginning of their names: `` for uploads, `derived/` for derived files, `derived/<id>.` for one upload's.
   */
  list(prefix: string, pageSize: number): AsyncGenerator<StoredFile[], void>;
  /** Gives a path to a file, for programs that read paths. Release it after use. */
  localCopy(name: string): Promise<LocalCopy>;
  /** Removes what this process holds on this machine, and closes connections. */
  close(): Promise<void>;
}
