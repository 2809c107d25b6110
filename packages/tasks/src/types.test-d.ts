import { expectTypeOf, test } from 'vitest';
import * as z from 'zod';
import { upload } from './index.ts';
import type {
  ParsedTaskInput,
  RememberedStageOf,
  StageNameOf,
  StageResultInput,
  StageResultOf,
  TaskInput,
  TaskKind,
  TaskMessage,
  TaskOutput,
  TaskRequestInput,
  TaskState,
  UploadId,
} from './index.ts';

test('a kind knows its input, output and stages', () => {
  expectTypeOf<'demo.count' | 'document.ingest'>().toExtend<TaskKind>();
  expectTypeOf<'no.such'>().not.toExtend<TaskKind>();
  expectTypeOf<TaskInput<'document.ingest'>>().toEqualTypeOf<{
    uploadId: string;
    chunkSize?: number | undefined;
    overlap?: number;
    replaces?: string;
  }>();
  expectTypeOf<TaskOutput<'demo.count'>>().toEqualTypeOf<{ counted: number }>();
  expectTypeOf<StageNameOf<'document.ingest'>>().toEqualTypeOf<'parse' | 'chunk' | 'index'>();
});

test('a request takes the input of its own kind only', () => {
  expectTypeOf<{ kind: 'demo.count'; input: { to: 3 } }>().toExtend<TaskRequestInput>();
  expectTypeOf<{ kind: 'demo.count'; input: { uploadId: string } }>().not.toExtend<
    TaskRequestInput<'document.ingest'>
  >();
  expectTypeOf<{ kind: 'document.ingest'; input: { uploadId: number } }>().not.toExtend<TaskRequestInput>();
});

test('the kind of a state determines the type of its output', () => {
  const outputOf = (state: TaskState) => (state.kind === 'demo.count' ? state.output : undefined);
  expectTypeOf(outputOf).returns.toEqualTypeOf<{ counted: number } | undefined>();
});

test('a done message of a kind carries the output of that kind', () => {
  type Done = Extract<TaskMessage<'demo.count'>, { type: 'done' }>;
  expectTypeOf<Done['output']>().toEqualTypeOf<{ counted: number }>();
});

test('a stage whose definition gives a result schema is remembered, with the types of that schema', () => {
  type PageRange = { from: number; to: number };
  type Parsed = {
    pages: number;
    characters: number;
    sections: number;
    pageLabels?: Record<string, string>;
    coverage?: {
      pagesWithText: number;
      pagesWithoutText: PageRange[];
      pagesUnreadable: PageRange[];
      pagesRecognised?: PageRange[];
    };
    warnings?: string[];
  };
  expectTypeOf<RememberedStageOf<'document.ingest'>>().toEqualTypeOf<'parse' | 'chunk'>();
  expectTypeOf<RememberedStageOf<'demo.count'>>().toBeNever();
  expectTypeOf<StageResultInput<'document.ingest', 'parse'>>().toEqualTypeOf<Parsed>();
  expectTypeOf<StageResultOf<'document.ingest', 'parse'>>().toEqualTypeOf<Parsed>();
  // @ts-expect-error the stage has no result schema
  expectTypeOf<StageResultOf<'document.ingest', 'index'>>();
});

test('an upload is given as a text and comes out of the check as an id that can be opened', () => {
  expectTypeOf<TaskInput<'document.ingest'>['uploadId']>().toEqualTypeOf<string>();
  expectTypeOf<ParsedTaskInput<'document.ingest'>['uploadId']>().toEqualTypeOf<UploadId>();
  expectTypeOf<UploadId>().toExtend<string>();
  expectTypeOf<string>().not.toExtend<UploadId>();
  const image = upload({ accept: ['image/*'], maxBytes: 5 });
  const pages = z.array(z.object({ image: image.optional() }));
  expectTypeOf(pages.parse([])).toEqualTypeOf<z.output<typeof pages>>();
  expectTypeOf<z.input<typeof pages>>().toEqualTypeOf<{ image?: string | undefined }[]>();
  expectTypeOf<z.output<typeof pages>>().toEqualTypeOf<{ image?: UploadId | undefined }[]>();
});
