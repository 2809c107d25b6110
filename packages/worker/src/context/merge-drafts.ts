import { LONGEST_CHANNEL_VALUE, type TaskEventDraft } from '@taskwire/protocol';

type DraftOf<Type extends TaskEventDraft['type']> = Extract<TaskEventDraft, { type: Type }>;
export type TokenDraft = DraftOf<'token'>;
export type LatestDraft = Extract<DraftOf<'data'>, { value: unknown }>;
export type ListDraft = Extract<DraftOf<'data'>, { values: unknown[] }>;

/** Longest text of one token event, in UTF-16 units. */
export const TOKEN_EVENT_LENGTH = 4_096;
/** Longest JSON of the items in one event that has several, in UTF-16 units. */
const ITEMS_EVENT_LENGTH = LONGEST_CHANNEL_VALUE;

/** Merges neighbouring tokens of a stage, and neighbouring items of a list, into as few events as their length allows. */
export function mergeDrafts(drafts: readonly TaskEventDraft[]): TaskEventDraft[] {
  return runsOf(drafts).flatMap((run) => mergeRun(run));
}

/** The drafts in their order, with neighbours that can be merged in one run. */
function runsOf(drafts: readonly TaskEventDraft[]): TaskEventDraft[][] {
  const runs: TaskEventDraft[][] = [];
  let last: TaskEventDraft | undefined;
  for (const draft of drafts) {
    if (last !== undefined && continues(last, draft)) runs.at(-1)?.push(draft);
    else runs.push([draft]);
    last = draft;
  }
  return runs;
}

function continues(last: TaskEventDraft, next: TaskEventDraft): boolean {
  if (last.type === 'token') return next.type === 'token' && next.stage === last.stage;
  if (!isList(last) || !isList(next) || next.channel !== last.channel || next.keep !== last.keep) return false;
  return next.index === last.index + last.values.length;
}

function isList(draft: TaskEventDraft): draft is ListDraft {
  return draft.type === 'data' && 'values' in draft;
}

function mergeRun(run: TaskEventDraft[]): TaskEventDraft[] {
  const [first] = run;
  if (first?.type === 'token') {
    const text = run.map((draft) => (draft.type === 'token' ? draft.text : '')).join('');
    return splitToken({ ...first, text });
  }
  return first !== undefined && isList(first) ? joinItems(run.filter(isList)) : run;
}

function joinItems(drafts: readonly ListDraft[]): ListDraft[] {
  const joined: ListDraft[] = [];
  let length = 0;
  for (const draft of drafts) {
    const more = JSON.stringify(draft.values).length;
    const last = joined.at(-1);
    if (last !== undefined && length + more <= ITEMS_EVENT_LENGTH) {
      last.values.push(...draft.values);
      length += more;
    } else {
      joined.push({ ...draft, values: [...draft.values] });
      length = more;
    }
  }
  return joined;
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
