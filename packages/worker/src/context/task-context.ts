import type { LogLevel } from '@taskwire/protocol';
import type {
  AnyTaskDefinition,
  ChannelInput,
  ChannelNameOf,
  ListChannel,
  RememberedStageOf,
  StageNameOf,
  StageResultInput,
  StageResultOf,
  UploadId,
} from '@taskwire/tasks';
import type { OpenedUpload } from '../uploads/opened-upload.ts';

/**
 * The context of a stage's code. A call resolves at once while the buffer has room, and later if the log is slow. Await the
 * calls, so that a fast stage cannot outrun the log. After `signal` has aborted, each call throws its reason. An argument
 * that cannot be stored rejects the call with a TypeError that names it. Texts must be well-formed Unicode without NUL.
 */
export interface StageContext {
  /**
   * Reports the progress of the stage. Of several calls within 50 ms only the last is written. The first is always written.
   * @param current 0 or more, in the unit of `total`.
   * @param total 0 while unknown.
   * @param itemName The present item, for people: `page 12 of 340`. At most 1,000 characters.
   * @throws TypeError for a number that is negative or not finite, and for any other type.
   */
  progress(current: number, total: number, itemName?: string): Promise<void>;
  /**
   * Adds to the stage's text, at most 1,000,000 characters a call. Texts of calls within 50 ms may become one event. The
   * first half of a surrogate pair at the end of a text waits for the second half in the next call.
   */
  token(text: string): Promise<void>;
  /** Adds a line of at most 65,536 characters to the task's log, for its owner to read: no secrets. */
  log(level: LogLevel, message: string): Promise<void>;
  /**
   * Aborts when the attempt must end: the task is canceled, has reached its time limit or runs in another worker, or this
   * worker stops. A stage that goes on is cut off after a grace period.
   */
  readonly signal: AbortSignal;
}

/** Options of `send`. */
export interface SendOptions {
  /**
   * Of a list: place of the item in the whole list, from 0 to its length. The items from there on are replaced. Absent:
   * the item is appended, after the items of earlier attempts. With indexes from 0 on, a later attempt that sends items
   * again leaves one list.
   */
  index?: number;
}

/**
 * A channel of a task: values for its watchers, of a form that the definition determines.
 * `Options`: further arguments of `send`; only a list takes them.
 */
export interface Channel<Value = unknown, Options extends [options?: SendOptions] = [options?: SendOptions]> {
  /**
   * Sends a value, or an item of a list. Of several values of a `latest` channel within 50 ms only the last is written. The
   * first is always written. Items within 50 ms may become one event.
   * @param value fits the channel's schema. Its JSON has at most 65,536 characters.
   * @throws TypeError naming the channel, if the value, the index or the channel's name is not accepted.
   */
  send(value: Value, ...options: Options): Promise<void>;
}

/** Treatment of a stage's result from an earlier attempt. */
export interface RememberedStage<Result> {
  /** Whether the result can still be used: files that it names may be gone. If not, the stage runs again. */
  usable?(result: Result): Promise<boolean>;
}

/** The part of a handler's context that does not depend on the kind. */
interface SharedContext {
  readonly taskId: string;
  readonly ownerId: string;
  /** Attempt number, from 1. */
  readonly attempt: number;
  readonly signal: AbortSignal;
  log(level: LogLevel, message: string): Promise<void>;
  /**
   * Opens an upload that the task's input names in a field that is `upload()`.
   * @throws PermanentTaskError UPLOAD_UNDECLARED for any other id; UPLOAD_MISSING if it is not the owner's, or gone.
   */
  openUpload(uploadId: UploadId): Promise<OpenedUpload>;
}

/** A channel of a definition. */
type ChannelOf<Definition extends AnyTaskDefinition, Name extends ChannelNameOf<Definition>> = Channel<
  ChannelInput<Definition, Name>,
  Definition['channels'][Name] extends ListChannel ? [options?: SendOptions] : []
>;

/** Result that the code of a stage must return: anything, if the stage has no result schema. */
type StageReturn<Definition extends AnyTaskDefinition, Name extends StageNameOf<Definition>> =
  Name extends RememberedStageOf<Definition> ? StageResultInput<Definition, Name> : unknown;

/** Answer of a stage: its result, parsed by the result schema if there is one. */
type StageAnswer<Definition extends AnyTaskDefinition, Name extends StageNameOf<Definition>, Result> =
  Name extends RememberedStageOf<Definition> ? StageResultOf<Definition, Name> : Result;

/** Further arguments of `stage`; only a stage with a result schema takes them. */
type RememberedOptions<Definition extends AnyTaskDefinition, Name extends StageNameOf<Definition>> =
  Name extends RememberedStageOf<Definition> ? [remembered?: RememberedStage<StageResultOf<Definition, Name>>] : [];

/** The context of a handler. */
export interface TaskContext<Definition extends AnyTaskDefinition> extends SharedContext {
  /** A channel of the definition. It may be used inside and outside of stages. */
  channel<Name extends keyof Definition['channels'] & string>(name: Name): ChannelOf<Definition, Name>;
  /**
   * Runs a stage of the definition, between its `running` and its `done` or `failed`, once in an attempt. The result of a
   * stage with a result schema is stored. A later attempt, and a task that repeats this one, gets it without a run.
   * @returns the result of `run`, parsed by the result schema if there is one.
   * @throws PermanentTaskError OUTPUT_INVALID if the result does not fit the schema; and each error of `run`.
   */
  stage<Name extends StageNameOf<Definition>, Result extends StageReturn<Definition, Name>>(
    name: Name,
    run: (stage: StageContext) => Promise<Result>,
    ...remembered: RememberedOptions<Definition, Name>
  ): Promise<StageAnswer<Definition, Name, Result>>;
}

/** Code of a stage, without the types of its kind. */
export type AnyStageCode = (stage: StageContext) => Promise<unknown>;

/** The context of any handler, without the types of its kind. It checks names, values and results when it is called. */
export interface UntypedContext extends SharedContext {
  channel(name: string): Channel;
  stage(name: string, run: AnyStageCode, remembered?: RememberedStage<unknown>): Promise<unknown>;
}
