/** Figures that must all be 0. */
export const FIGURES = ['lost', 'duplicated', 'outOfOrder', 'silentGaps', 'stuck', 'leaked', 'endedForOthers'] as const;
export type Figure = (typeof FIGURES)[number];
export type Figures = Record<Figure, number>;

/** A rule that was broken: by whom, how often, and how it showed. */
export interface Finding {
  figure: Figure;
  count: number;
  /** Name of a watcher, log, task, program or leak. */
  who: string;
  detail: string;
}

/** The figures of some findings. */
export function figuresOf(findings: readonly Finding[]): Figures {
  const none = { lost: 0, duplicated: 0, outOfOrder: 0, silentGaps: 0, stuck: 0, leaked: 0, endedForOthers: 0 };
  const figures: Figures = { ...none };
  for (const finding of findings) figures[finding.figure] += finding.count;
  return figures;
}

/** Findings of one watcher or log, as they come up. */
export class FindingList {
  readonly list: Finding[] = [];
  readonly #who: string;

  constructor(who: string) {
    this.#who = who;
  }

  add(figure: Figure, detail: string, count = 1): void {
    if (count > 0) this.list.push({ figure, count, who: this.#who, detail });
  }
}

/** Numbers in words for people: the first few, and how many more. */
export function listed(seqs: readonly number[]): string {
  const shown = seqs.slice(0, 10).join(', ');
  return seqs.length > 10 ? `${shown} and ${seqs.length - 10} more` : shown;
}
