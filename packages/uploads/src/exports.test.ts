import { expect, it } from 'vitest';
import * as uploads from './index.ts';

it('exports these values', () => {
  expect(Object.keys(uploads).sort()).toMatchInlineSnapshot(`
    [
      "DERIVED_PREFIX",
      "FolderStorage",
      "UploadStorageError",
      "createUploadStorage",
      "derivedName",
      "isDraftName",
      "uploadIdOf",
      "uploadOptionVariables",
      "uploadProblems",
      "uploadSettingsOf",
      "uploadVariables",
    ]
  `);
});
