import { FIGURES, type Figures, figuresOf } from '../oracle/findings.ts';
import type { RoundResult } from '../round/judge-round.ts';
import type { PlannedFault } from '../plan/round-plan.ts';

/** Writes a line of the report. */
export type Print = (line: string) => void;

/** Says how rounds went, as they end, and what they come to. */
export interface Reporter {
  begin(seed: number, rounds: number): void;
  round(result: RoundResult): void;
  /** @returns whether every figure of every round was 0. */
  summary(): boolean;
}

interface Totals extends Figures {
  rounds: number;
  tasks: number;
  events: number;
  watchers: number;
  messages: number;
  gapsReported: number;
  reconnects: number;
  refused: number;
  faults: Record<string, number>;
}

function blankTotals(): Totals {
  const counts = {
    rounds: 0,
    tasks: 0,
    events: 0,
    watchers: 0,
    messages: 0,
    gapsReported: 0,
    reconnects: 0,
    refused: 0,
  };
  return { ...counts, faults: {}, ...figuresOf([]) };
}

function add(totals: Totals, result: RoundResult): void {
  const figures = figuresOf(result.findings);
  totals.rounds += 1;
  for (const name of FIGURES) totals[name] += figures[name];
  for (const name of ['tasks', 'events', 'watchers', 'messages', 'gapsReported', 'reconnects', 'refused'] as const) {
    totals[name] += result[name];
  }
  for (const [kind, count] of Object.entries(result.faults)) totals.faults[kind] = (totals.faults[kind] ?? 0) + count;
}

function isClean(figures: Figures): boolean {
  return FIGURES.every((name) => figures[name] === 0);
}

/** One JSON object a line: `type` is `round` or `summary`. */
export function jsonReporter(print: Print): Reporter {
  const totals = blankTotals();
  let seed = 0;
  return {
    begin: (given) => (seed = given),
    round: (result) => {
      const { plan, findings, ...counts } = result;
      add(totals, result);
      const { round } = plan;
      const played = describeFaults(plan.faults);
      print(JSON.stringify({ type: 'round', seed, round, ...figuresOf(findings), ...counts, played, findings }));
    },
    summary: () => {
      print(JSON.stringify({ type: 'summary', seed, ok: isClean(totals), ...totals }));
      return isClean(totals);
    },
  };
}

const COLUMNS = ['round', 'tasks', 'events', ...FIGURES, 'watchers', 'gaps', 'away', 'seconds'];
const WIDTHS = COLUMNS.map((name) => Math.max(name.length, 6));

function row(values: readonly (string | number)[]): string {
  return values.map((value, place) => String(value).padStart(WIDTHS[place] ?? 0)).join('  ');
}

/** A table for people: a row a round. */
export function tableReporter(print: Print): Reporter {
  const totals = blankTotals();
  let repeat = '';
  return {
    begin: (seed, rounds) => {
      repeat = `pnpm chaos --seed ${seed}`;
      print(`${repeat} --rounds ${rounds}`);
      print(row(COLUMNS));
    },
    round: (result) => {
      add(totals, result);
      const figures = figuresOf(result.findings);
      const { plan, tasks, events, watchers, gapsReported, reconnects, durationMs } = result;
      const counts = FIGURES.map((name) => figures[name]);
      const seconds = (durationMs / 1_000).toFixed(1);
      print(row([plan.round, tasks, events, ...counts, watchers, gapsReported, reconnects, seconds]));
      print(`  played: ${describeFaults(plan.faults).join(', ') || 'no fault'}; ended: ${words(result.outcomes)}`);
      for (const { figure, who, detail } of result.findings.slice(0, 12)) print(`  ${figure}: ${who}: ${detail}`);
      if (result.findings.length > 12) print(`  and ${result.findings.length - 12} more`);
      if (result.evidence !== undefined) {
        print(`  evidence: ${result.evidence}; the same plan again: ${repeat} --round ${plan.round}`);
      }
    },
    summary: () => {
      const figures = FIGURES.map((name) => `${name} ${totals[name]}`).join(', ');
      print(`${totals.rounds} rounds, ${totals.tasks} tasks, ${totals.events} events: ${figures}`);
      print(
        `${totals.watchers} watchers got ${totals.messages} messages; gaps reported ${totals.gapsReported}, ` +
          `connections lost ${totals.reconnects}; creates refused ${totals.refused}`,
      );
      print(`faults: ${words(totals.faults)}`);
      return isClean(totals);
    },
  };
}

function words(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([kind, count]) => (count === 1 ? kind : `${kind} ×${count}`));
  return parts.length === 0 ? 'none' : parts.join(' ');
}

/** Faults as they were planned, for people: when (s), what, for how long (s), and in which way. */
export function describeFaults(faults: readonly PlannedFault[]): string[] {
  return faults.map(({ kind, atMs, forMs, how = [] }) => {
    const ways = how.length === 0 ? '' : ` (${how.join(' ')})`;
    const length = forMs === 0 ? '' : ` for ${seconds(forMs)} s`;
    return `${seconds(atMs)} s ${kind}${length}${ways}`;
  });
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}
