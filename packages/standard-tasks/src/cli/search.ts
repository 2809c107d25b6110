import {
  EXIT_STATUS,
  parsePageRange,
  parseWholeNumber,
  plain,
  type Colors,
  type RunCommand,
} from '@taskwire/cli/extension';
import type { SearchHit } from '@taskwire/documents';
import type { Command } from 'commander';
import { placeWords } from '../words/document-words.ts';
import { searchRemarks } from '../words/search-remarks.ts';
import { standardProcedures } from './type-assertions.ts';

interface SearchOptions {
  task?: string;
  document?: string;
  pages?: { from?: number; to?: number };
  limit?: number;
}

export function registerSearch(program: Command, run: RunCommand): void {
  program
    .command('search')
    .description('search your documents; with --json, one hit a line')
    .argument('<query>', 'words, "phrases in quotes", -excluded, either OR other, begin*')
    .option('--task <id>', 'in the document of this task only')
    .option('--document <id>', 'in this document only')
    .option('--pages <range>', 'on these pages only: 7, 3-8, 3- or -8', parsePageRange)
    .option('--limit <number>', 'how many, 1 to 50 (default: 10)', parseWholeNumber)
    .action((query: string, { task, document, ...options }: SearchOptions) =>
      run(async ({ client, output }) => {
        const ofTask = task === undefined ? {} : { taskId: task };
        const ofDocument = document === undefined ? {} : { documentId: document };
        const answer = await standardProcedures(client).document.search.query({
          query,
          ...options,
          ...ofTask,
          ...ofDocument,
        });
        for (const remark of searchRemarks(answer)) output.remark(plain(remark));
        for (const hit of answer.hits) output.result(hit, hitBlock(hit, output.colors));
        if (answer.hits.length === 0) output.remark('nothing found');
        return EXIT_STATUS.done;
      }),
    );
}

function hitBlock(hit: SearchHit, colors: Colors): string {
  const { documentId, fileName, page, heading, headingPath = [] } = hit;
  const trail = [...headingPath, ...(heading === undefined ? [] : [heading])].join(' › ');
  const place = [placeWords(hit), trail].filter((part) => part !== '').join(' · ');
  const snippet = hit.snippet.map((part) => (part.match ? colors.bold(plain(part.text)) : plain(part.text))).join('');
  const next = colors.dim(`taskwire document page ${documentId} ${page}`);
  return `${colors.cyan(plain(fileName))} ${plain(place)}\n  ${snippet}\n  ${next}`;
}
