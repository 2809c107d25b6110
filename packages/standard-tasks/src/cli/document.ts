import { basename } from 'node:path';
import {
  EXIT_STATUS,
  openFile,
  parseWholeNumber,
  plainLines,
  watchToEnd,
  type RunCommand,
} from '@taskwire/cli/extension';
import type { TaskwireClient } from '@taskwire/client';
import type { Command } from 'commander';
import { documentBlock, documentLine } from './describe-document.ts';
import { standardProcedures } from './type-assertions.ts';

export function registerDocument(program: Command, run: RunCommand): void {
  const document = program
    .command('document')
    .description('list, read, replace and delete your documents')
    .exitOverride();
  registerList(document, run);
  const runWithOne: RunCommand = (body) => run(body, { listedBy: 'taskwire document list' });
  registerGet(document, runWithOne);
  registerPage(document, runWithOne);
  registerReplace(document, runWithOne);
  registerDelete(document, runWithOne);
}

function registerList(document: Command, run: RunCommand): void {
  document
    .command('list')
    .description('list your documents, newest first; with --json, one page as { items, nextCursor }')
    .option('--limit <number>', 'how many, 1 to 100 (default: 20)', parseWholeNumber)
    .option('--cursor <cursor>', 'the next page: the cursor that the page before ended with')
    .action((query: { limit?: number; cursor?: string }) =>
      run(async ({ client, output }) => {
        const page = await standardProcedures(client).document.list.query(query);
        const lines = page.items.map((each) => documentLine(each, output.colors));
        if (output.json || lines.length > 0) output.result(page, lines.join('\n'));
        else output.remark('no documents');
        if (page.nextCursor !== undefined && !output.json) output.remark(`more: --cursor ${page.nextCursor}`);
        return EXIT_STATUS.done;
      }),
    );
}

function registerGet(document: Command, run: RunCommand): void {
  document
    .command('get')
    .description('show a document: pages, languages, coverage and warnings')
    .argument('<documentId>')
    .action((documentId: string) =>
      run(async ({ client, output }) => {
        const found = await standardProcedures(client).document.get.query({ documentId });
        output.result(found, documentBlock(found, output.colors));
        return EXIT_STATUS.done;
      }),
    );
}

function registerPage(document: Command, run: RunCommand): void {
  document
    .command('page')
    .description('print the text of a page; with --json, one piece a line')
    .argument('<documentId>')
    .argument('[page]', 'the page, from 1', parseWholeNumber, 1)
    .action((documentId: string, page: number) =>
      run(async ({ client, output }) => {
        let isEmpty = true;
        for await (const piece of piecesOf(client, documentId, page)) {
          // A piece without text names, in JSON, a chunk that only repeats earlier text.
          if (piece.text === '' && !output.json) continue;
          isEmpty = false;
          output.result(piece, plainLines(piece.text));
        }
        if (isEmpty) output.remark(`page ${page} holds no text`);
        return EXIT_STATUS.done;
      }),
    );
}

async function* piecesOf(client: TaskwireClient, documentId: string, page: number) {
  let fromOrdinal: number | undefined = 0;
  while (fromOrdinal !== undefined) {
    const answer = await standardProcedures(client).document.page.query({ documentId, page, fromOrdinal });
    yield* answer.pieces;
    fromOrdinal = answer.nextOrdinal;
  }
}

function registerReplace(document: Command, run: RunCommand): void {
  document
    .command('replace')
    .description('read another file in a document’s place; its old text is found until the new one is in')
    .argument('<documentId>')
    .argument('<file>')
    .option('--watch', 'watch the task until it has ended', false)
    .action((documentId: string, path: string, { watch }: { watch: boolean }) =>
      run(async (context) => {
        const { client, output } = context;
        const file = await openFile(path, '<file>');
        const { uploadId } = await client.upload(file, { fileName: basename(path) });
        const task = await standardProcedures(client).document.replace.mutate({
          documentId,
          uploadId,
          idempotencyKey: uploadId,
        });
        output.result(task, `${task.taskId}  ${task.kind}`);
        return watch ? watchToEnd(context, task.taskId) : EXIT_STATUS.done;
      }),
    );
}

function registerDelete(document: Command, run: RunCommand): void {
  document
    .command('delete')
    .description('delete a document with its text, and its file if nothing else uses that')
    .argument('<documentId>')
    .action((documentId: string) =>
      run(async ({ client, output }) => {
        await standardProcedures(client).document.delete.mutate({ documentId });
        output.result({ documentId, deleted: true }, `${documentId}  deleted`);
        return EXIT_STATUS.done;
      }),
    );
}
