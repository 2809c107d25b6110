import type { TaskEventDraft } from '@taskwire/protocol';

type DraftOf<Type extends TaskEventDraft['type']> = Extract<TaskEventDraft, { type: Type }>;
export type TokenDraft = DraftOf<'token'>;
export type ProgressDraft = DraftOf<'progress'>;

/** Longest text of one token event, in UTF-16 units. */
export const TOKEN_EVENT_LENGTH = 4_096;
/** Weight of an event besides its text: bounds the number of small events. */
const EVENT_WEIGHT = 64;

/**
 * Events that wait to be appended, in order. Tokens of a stage that follow each other become one event when they are
 * taken. Of a stage's progress only the latest is kept, except drafts of `pushKept`.
 */
export class DraftBuffer {
  /** By place. A replaced draft leaves its place empty. */
  readonly #drafts = new Map<number, TaskEventDraft>();
  #nextPlace = 0;
  /** Place of each stage's progress that a later one may replace. */
  readonly #replaceable = new Map<string, number>();
  #weight = 0;
  #textLength = 0;

  /** Length (UTF-16 units) of the text that waits. */
  get textLength(): number {
    return this.#textLength;
  }

  /** Total weight of all that waits: the length of its text, and `EVENT_WEIGHT` for each event. */
  get weight(): number {
    return this.#weight;
  }

  get empty(): boolean {
    return this.#drafts.size === 0;
  }

  pushKept(draft: TaskEventDraft): void {
    this.#append(draft);
    this.#textLength += textLength(draft);
    this.#weight += EVENT_WEIGHT + textLength(draft);
  }

  pushProgress(draft: ProgressDraft): void {
    const earlier = this.#replaceable.get(draft.stage);
    if (earlier !== undefined) {
      this.#drafts.delete(earlier);
      this.#weight -= EVENT_WEIGHT;
    }
    this.#replaceable.set(draft.stage, this.#append(draft));
    this.#weight += EVENT_WEIGHT;
  }

  /** Returns all that waits, and empties the buffer. */
  take(): TaskEventDraft[] {
    const drafts = [...this.#drafts.values()];
    this.#drafts.clear();
    this.#replaceable.clear();
    this.#weight = 0;
    this.#textLength = 0;
    return mergeTokens(drafts);
  }

  #append(draft: TaskEventDraft): number {
    const place = this.#nextPlace;
    this.#nextPlace += 1;
    this.#drafts.set(place, draft);
    return place;
  }
}

function textLength(draft: TaskEventDraft): number {
  if (draft.type === 'token') return draft.text.length;
  return draft.type === 'log' ? draft.message.length : 0;
}

/** Merges each run of neighbouring tokens of a stage into as few events as their length allows. */
function mergeTokens(drafts: readonly TaskEventDraft[]): TaskEventDraft[] {
  const merged: TaskEventDraft[] = [];
  let run: { first: TokenDraft; texts: string[] } | undefined;
  const endRun = () => {
    if (run !== undefined) merged.push(...splitToken({ ...run.first, text: run.texts.join('') }));
    run = undefined;
  };
  for (const draft of drafts) {
    if (draft.type !== 'token') {
      endRun();
      merged.push(draft);
    } else if (run?.first.stage === draft.stage) {
      run.texts.push(draft.text);
    } else {
      endRun();
      run = { first: draft, texts: [draft.text] };
    }
  }
  endRun();
  return merged;
}

/** Pieces of at most `TOKEN_EVENT_LENGTH`; a pair of surrogates stays together. */
function splitToken(token: TokenDraft): TokenDraft[] {
  const pieces: TokenDraft[] = [];
  let start = 0;
  while (start < token.text.length) {
    const piece = token.text.slice(start, start + TOKEN_EVENT_LENGTH);
    const more = start + piece.length < token.text.length;
    const text = more && /[\uD800-\uDBFF]$/.test(piece) ? piece.slice(0, -1) : piece;
    pieces.push({ ...token, text, offset: token.offset + start });
    start += text.length;
  }
  return pieces;
}
