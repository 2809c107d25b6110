import { FindingList, type Finding } from '../findings.ts';

/** Unexpected deed of a program: it ended by itself (`fell`), or did not end at its stop signal (`hung`). */
export interface ProgramDeed {
  name: string;
  what: 'fell' | 'hung';
  detail: string;
}

/** Programs that fell although no task brought them down, or hung. @param mayFall whether tasks were to end a worker. */
export function checkPrograms(deeds: readonly ProgramDeed[], mayFall: (name: string) => boolean): Finding[] {
  return deeds.flatMap(({ name, what, detail }) => {
    const findings = new FindingList(name);
    if (what === 'hung' || !mayFall(name)) findings.add('stuck', detail);
    return findings.list;
  });
}
