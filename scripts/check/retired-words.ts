/** A word that no longer names a concept, and the one that does (docs/decisions/2026-11-28-the-fields-own-words.md). */
export interface RetiredWord {
  word: RegExp;
  use: string;
  /** Files that may say it, from the repository's root: stored names, and sample texts. */
  except?: readonly string[];
}

/** Sample texts in natural languages, records of the past, and what others wrote. Prefixes of paths. */
const LEFT_OUT: readonly string[] = [
  'docs/decisions/',
  'examples/documents/',
  'packages/documents/src/testing/',
  'bench/src/documents/corpus/',
  'patches/',
  'pnpm-lock.yaml',
  'scripts/check/retired-words',
];

/** Files in which fields and keys of Redis keep their names, because older versions read them. */
const STORED_FIELDS = [
  'packages/event-log/src/scripts/stored-fields.ts',
  'packages/event-log/src/scripts/stored-fields.test.ts',
];
const HEARTBEATS_KEY = ['packages/queue/src/fleet/keys.ts'];

/** Entries and texts of samples. */
const SAYS_TOLD = ['chaos/src/truth/recorder.test.ts', 'packages/standard-tasks/src/worker/handlers/demo-text.ts'];

/** Tests whose sample texts have doors and houses. */
const DOORS = ['packages/documents/src/search/question/parse-question.test.ts'];
const HOUSES = [
  'bench/src/documents/reading/summarize-groups.test.ts',
  'packages/documents/src/reading/parsers/pdf/layout/layout.test.ts',
  'packages/documents/src/reading/parsers/pdf/text/actual-text.test.ts',
  'packages/documents/src/search/search-documents.test.ts',
];

/** Words of common English are retired as names only, the others everywhere. */
export const RETIRED_WORDS: readonly RetiredWord[] = [
  {
    word: /(?<!(sign|signs|end) of )\blife\b(?![- ]cycle)/i,
    use: 'epoch (a log), lifetime (a stream)',
    except: STORED_FIELDS,
  },
  { word: /\bisPassing\b|\bpassing\??:|\.passing\b/, use: 'isRetryable' },
  { word: /\bdoors?\b/i, use: 'transport', except: DOORS },
  { word: /\beverybody\b/i, use: 'subscribers, group, everyone (in prose)' },
  {
    word: /\brooms\b|\b(class|new|type|interface) Room\b|: Room\b|\broom\.[a-z]|\broom\(/,
    use: 'broadcast (gateway), hub entry',
  },
  {
    word: /\b(un|re)?told\b|\btold[A-Z]\w*/i,
    use: 'delivered, relayed, skipped, reported',
    except: [...STORED_FIELDS, ...SAYS_TOLD],
  },
  { word: /\bwhoever\b(?! runs (this server|it)\b)/i, use: 'the actor: a client, a caller, a process' },
  {
    word: /\b(beats?|beating)\b|\w+Beat\b|\bbeat[A-Z]\w*/,
    use: 'ping (connection), heartbeat (worker)',
    except: HEARTBEATS_KEY,
  },
  { word: /\bmisfits?\b/i, use: 'out of order' },
  { word: /[#.]doubt\b|\bdoubt\(/, use: 'suspend' },
  { word: /\bmendEnd\b/, use: 'repairTail' },
  { word: /\bdenies\b/, use: 'endsBefore' },
  { word: /\bowned\(/, use: 'requireOwned' },
  { word: /\b[A-Z]\w*[a-z]Parts\b/, use: '…Dependencies' },
  { word: /\bhouse\b|\b\w+House\b/, use: 'backend (a test’s), folders, repository', except: HOUSES },
];

/** One use of a retired word. */
export interface RetiredUse {
  file: string;
  /** From 1. */
  line: number;
  found: string;
  use: string;
}

/** Whether a file is looked at: sources and documents of ours. @param file its path from the repository's root */
export function isLookedAt(file: string): boolean {
  return !LEFT_OUT.some((start) => file.startsWith(start));
}

/** Finds all uses of retired words in a text. @param file its path from the repository's root */
export function findRetiredWords(file: string, text: string): RetiredUse[] {
  const words = RETIRED_WORDS.filter(({ except = [] }) => !except.includes(file));
  return text.split('\n').flatMap((content, index) =>
    words.flatMap(({ word, use }) => {
      const found = word.exec(content)?.[0];
      return found === undefined ? [] : [{ file, line: index + 1, found, use }];
    }),
  );
}
