import type { LogLevel } from '@taskwire/protocol';
import type {
  RememberedStageOf,
  StageNameOf,
  StageResultInput,
  StageResultOf,
  TaskKind,
  UploadId,
} from '@taskwire/tasks';
import type { OpenedUpload } from '../uploads/opened-upload.ts';

/**
 * What a stage's code gets. Every call resolves at once while there is room in the buffer, and later if the log is slow:
 * await them, so that a fast stage cannot outrun it. Once `signal` has aborted every call throws its reason. Arguments are
 * checked at the call: one that cannot be stored rejects with a TypeError that names it. Texts must be well-formed Unicode
 * without NUL.
 */
export interface StageContext {
  /**
   * Says how far the stage is. Of several within 50 ms only the last is written; the first always is.
   * @param current 0 or more, in whatever unit `total` has.
   * @param total 0 while unknown.
   * @param itemName The item that is worked on, for people: `page 12 of 340`. At most 1,000 characters.
   * @throws TypeError for a number that is negative or not finite, and for any other type.
   */
  progress(current: number, total: number, itemName?: string): Promise<void>;
  /**
   * Adds to the stage's text, at most 1,000,000 characters a call. Nothing is lost; what is added within 50 ms may be
   * written as one event. Half of a surrogate pair at the end of a text waits for the other half at the beginning of the
   * next.
   */
  token(text: string): Promise<void>;
  /** Adds a line of at most 65,536 characters to the task's log, for its owner to read: no secrets. */
  log(level: LogLevel, message: string): Promise<void>;
  /**
   * Aborts when the attempt must end: canceled, out of time, taken over by another worker, or the worker stops. A stage
   * that goes on regardless is cut off a little later.
   */
  readonly signal: AbortSignal;
}

/** How the result of an earlier attempt is dealt with. */
export interface RememberedStage<Result> {
  /** Whether the result can still be used: what it speaks of may be gone. If not, the stage runs again. */
  usable?(result: Result): Promise<boolean>;
}

/** What a handler gets. */
export interface TaskContext<Kind extends TaskKind> {
  readonly taskId: string;
  readonly ownerId: string;
  /** The how-manieth try this is: 1, 2, … */
  readonly attempt: number;
  readonly signal: AbortSignal;
  log(level: LogLevel, message: string): Promise<void>;
  /**
   * Opens an upload that the task's input names in a field that is `upload()`.
   * @throws PermanentTaskError UPLOAD_UNDECLARED for any other id; UPLOAD_MISSING if it is not the owner's, or gone.
   */
  openUpload(uploadId: UploadId): Promise<OpenedUpload>;
  /**
   * Runs a stage of the definition, between its `running` and its `done` or `failed`. A stage can be run once in an
   * attempt. One whose definition has a result schema is remembered once it is done: in a later attempt, and in a task
   * that does this one again, its result is given without running it.
   * @returns what `run` returns, as the result schema gives it if there is one.
   * @throws PermanentTaskError OUTPUT_INVALID if the result does not fit the schema; whatever `run` throws.
   */
  stage<Name extends RememberedStageOf<Kind>>(
    name: Name,
    run: (stage: StageContext) => Promise<StageResultInput<Kind, Name>>,
    remembered?: RememberedStage<StageResultOf<Kind, Name>>,
  ): Promise<StageResultOf<Kind, Name>>;
  stage<Result>(
    name: Exclude<StageNameOf<Kind>, RememberedStageOf<Kind>>,
    run: (stage: StageContext) => Promise<Result>,
  ): Promise<Result>;
}
