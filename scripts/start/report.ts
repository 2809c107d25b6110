import { colors, printLine } from '@taskwire/dev-stack/programs';
import type { Finding } from './example-task.ts';
import { example } from './example.ts';

const SNIPPET_LENGTH = 160;

export interface Addresses {
  react: string;
  vue: string;
  api: string;
}

/** Prints the findings of the search. */
export function printFindings(findings: readonly Finding[]): void {
  printLine();
  if (findings.length === 0) {
    printLine(`A search for “${example.query}” finds nothing.`);
    return;
  }
  printLine(`A search for “${example.query}” finds`);
  for (const { page, snippet } of findings) {
    printLine(`  ${colors.cyan(`page ${page}`.padEnd(9))} ${shortened(snippet)}`);
  }
}

function shortened(snippet: Finding['snippet']): string {
  let remaining = SNIPPET_LENGTH;
  let text = '';
  for (const part of snippet) {
    const piece = part.text.replaceAll(/\s+/g, ' ').slice(0, Math.max(0, remaining));
    remaining -= piece.length;
    text += part.match ? colors.bold(piece) : colors.dim(piece);
  }
  return remaining > 0 ? text : `${text}${colors.dim('…')}`;
}

/** Prints where everything is, with the code that signs in by a name behind the #, and a token. */
export function printAddresses(
  addresses: Addresses,
  { session, signInCode }: { session: { token: string; expiresAt: number }; signInCode: string },
): void {
  printLine();
  printLine(`${colors.bold('React app')}  ${addresses.react}#code=${signInCode}`);
  printLine(`${colors.bold('Vue app')}    ${addresses.vue}#code=${signInCode}`);
  printLine(`${colors.bold('api')}        ${addresses.api}`);
  printLine(`${colors.bold('token')}      ${session.token}`);
  printLine(
    colors.dim(
      `           good until ${new Date(session.expiresAt).toISOString()}; for TASKWIRE_TOKEN or a Bearer header`,
    ),
  );
  printLine();
}
