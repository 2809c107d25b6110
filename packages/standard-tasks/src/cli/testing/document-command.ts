import { runCommand } from '@taskwire/cli/testing';
import { FakeServer } from '@taskwire/client/testing';
import { DocumentPorts } from '../../server/testing/document-ports.ts';
import { registerCommands } from '../index.ts';

/** A fake server with documents. */
export type DocumentFake = FakeServer<DocumentPorts>;

/** Starts one; `close` it when the test is over. */
export async function startDocumentFake(): Promise<DocumentFake> {
  const ports = new DocumentPorts();
  return FakeServer.startWith({ ports, router: ports.router });
}

/** Runs the command as ann. */
export function runAs(server: DocumentFake, words: string[]) {
  const environment = { url: server.url, token: server.issueToken('ann') };
  return runCommand(words, { environment, extensions: [registerCommands] });
}
