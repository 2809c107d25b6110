import { expect, it } from 'vitest';
import { DOCUMENT_TYPES } from '../packages/documents/src/media-types/document-types.ts';
import { documentIngest } from '../packages/standard-tasks/src/index.ts';
import { createTaskCatalog } from '../packages/tasks/src/index.ts';
import { acceptAttribute, uploadHint } from '../packages/web-kit/src/documents/upload-rules.ts';

it('the task, the reader and the web pages name the same types of documents', () => {
  const [{ accept = [] } = {}] = createTaskCatalog([documentIngest]).uploadRules;
  const rules = { acceptedMediaTypes: accept, maxUploadBytes: 1 };
  expect(new Set(accept)).toEqual(new Set(DOCUMENT_TYPES.map(({ mediaType }) => mediaType)));
  const extensions = DOCUMENT_TYPES.flatMap((type) => type.extensions.map((extension) => `.${extension}`));
  const offered = acceptAttribute(rules)
    .split(',')
    .filter((entry) => entry.startsWith('.'));
  expect(new Set(offered)).toEqual(new Set(extensions));
  // A type without a name of its own shows as `application/…`.
  expect(uploadHint(rules)).not.toContain('/');
});
