import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { uploadProblems, uploadSettingsOf, uploadVariables } from './upload-variables.ts';

const schema = z.object(uploadVariables);
const settingsOf = (variables: Record<string, string>) => uploadSettingsOf(schema.parse(variables));

describe('settings of the storage', () => {
  it('are a folder, as an absolute path', () => {
    expect(settingsOf({ UPLOAD_DIRECTORY: '/data/uploads/' })).toEqual({ type: 'folder', directory: '/data/uploads' });
  });

  it('are a bucket of Amazon', () => {
    expect(settingsOf({ UPLOAD_S3_BUCKET: 'files', UPLOAD_S3_REGION: 'eu-central-1' })).toEqual({
      ...{ type: 's3', bucket: 'files', region: 'eu-central-1', prefix: '' },
      ...{ forcePathStyle: false, localBytes: 2 ** 31 },
    });
  });

  it('are a bucket elsewhere: the bucket is in the path, and the region is any', () => {
    const given = { UPLOAD_S3_BUCKET: 'files', UPLOAD_S3_ENDPOINT: 'http://127.0.0.1:9000', UPLOAD_S3_PREFIX: 'a/b' };
    expect(settingsOf(given)).toMatchObject({
      ...{ endpoint: 'http://127.0.0.1:9000', region: 'us-east-1', prefix: 'a/b/', forcePathStyle: true },
    });
    expect(settingsOf({ ...given, UPLOAD_S3_FORCE_PATH_STYLE: 'off' })).toMatchObject({ forcePathStyle: false });
  });

  it.each([
    ['UPLOAD_DIRECTORY', ' '],
    ['UPLOAD_S3_LOCAL_DIRECTORY', ' '],
    ['UPLOAD_S3_BUCKET', 'Hunter2'],
    ['UPLOAD_S3_ENDPOINT', 'hunter2'],
    ['UPLOAD_S3_ENDPOINT', 'https://ada:hunter2@minio.example'],
    ['UPLOAD_S3_ENDPOINT', 'https://minio.example/hunter2'],
    ['UPLOAD_S3_REGION', 'hunter2 hunter2'],
    ['UPLOAD_S3_PREFIX', '../hunter2'],
    ['UPLOAD_S3_FORCE_PATH_STYLE', 'hunter2'],
    ['UPLOAD_S3_LOCAL_MIB', 'hunter2'],
    ['UPLOAD_DIRECTORY', 'hunter2\0'],
  ])('%s: %s is refused in one line, with the remedy and without the value', (name, value) => {
    const issues = schema.safeParse({ UPLOAD_S3_BUCKET: 'files', [name]: value }).error?.issues ?? [];
    expect(issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)).toEqual([
      expect.stringMatching(new RegExp(`^${name}: is (?!.*unter2).+: give .+$`)),
    ]);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['nothing is given', {}, ['UPLOAD_DIRECTORY: is missing']],
    ['both are given', { UPLOAD_DIRECTORY: '/x', UPLOAD_S3_BUCKET: 'files' }, ['UPLOAD_DIRECTORY: is given beside']],
    ['a bucket is missing', { UPLOAD_S3_REGION: 'x' }, ['UPLOAD_DIRECTORY: is missing', 'UPLOAD_S3_REGION: is of no']],
    ['a folder has an endpoint', { UPLOAD_DIRECTORY: '/x', UPLOAD_S3_ENDPOINT: 'x' }, ['UPLOAD_S3_ENDPOINT: is of no']],
    ['a folder is given', { UPLOAD_DIRECTORY: '/x' }, []],
    ['a bucket is given', { UPLOAD_S3_BUCKET: 'files' }, []],
  ])('name a remedy if %s', (_what, variables, beginnings) => {
    const problems = uploadProblems(variables);
    expect(problems).toHaveLength(beginnings.length);
    for (const [index, beginning] of beginnings.entries()) {
      expect(problems[index]).toMatch(new RegExp(`^${beginning}.*: (give|leave) `));
    }
  });
});
