import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../oracle/findings.ts';
import type { RoundCast } from '../round/round-cast.ts';
import type { System } from '../system/system.ts';
import type { TruthLog } from '../truth/truth-log.ts';
import type { RoundPlan } from '../plan/round-plan.ts';

/** All that there is to know of a round in which something was found. */
export interface Evidence {
  plan: RoundPlan;
  cast: RoundCast;
  logs: readonly TruthLog[];
  /** The tasks as PostgreSQL has them. */
  rows: unknown;
  system: System;
  findings: readonly Finding[];
}

/** Writes it into a folder: plan, findings, logs, records of the watchers found at fault, what the programs printed. */
export async function writeEvidence(folder: string, evidence: Evidence): Promise<string> {
  const { plan, cast, logs, rows, system, findings } = evidence;
  const place = join(folder, `seed-${plan.seed}-round-${plan.round}`);
  await mkdir(join(place, 'records'), { recursive: true });
  const write = (name: string, value: unknown) => writeFile(join(place, name), `${JSON.stringify(value, null, 1)}\n`);
  const atFault = new Set(findings.map((finding) => finding.who));
  await write('plan.json', plan);
  await write('findings.json', findings);
  await write('logs.json', Object.fromEntries(logs.map((log) => [log.name, log.events])));
  await write('rows.json', rows);
  await write('tasks.json', Object.fromEntries(cast.taskIds));
  for (const { plan: planned, visit } of cast.watchers) {
    if (!atFault.has(planned.name)) continue;
    await write(join('records', `${planned.name}.json`), {
      planned,
      target: visit.target,
      entries: visit.record.entries,
    });
  }
  for (const { program } of system.members) await writeFile(join(place, `${program.name}.log`), program.output);
  return place;
}
