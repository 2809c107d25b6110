import { afterAll, beforeAll, describe, test } from 'vitest';
import { watchTask } from './testing/scenarios/asks.ts';
import type { Ask } from './testing/scenarios/ask.ts';
import { startPair, type Pair } from './testing/scenarios/pair.ts';
import { runScenario } from './testing/scenarios/run-scenario.ts';
import type { Scenario } from './testing/scenarios/scenario.ts';

let pair: Pair;
beforeAll(async () => {
  pair = await startPair();
});
afterAll(() => pair.stop());

const JSON_TYPE = { 'content-type': 'application/json' };

const requests: Scenario[] = (
  [
    ['POST with a body', /METHOD_NOT_SUPPORTED/, { method: 'POST', headers: JSON_TYPE, body: '{}' }],
    ['POST without a content type', /UNSUPPORTED_MEDIA_TYPE/, { method: 'POST', body: '{}' }],
    ['PUT', /METHOD_NOT_ALLOWED/, { method: 'PUT', headers: JSON_TYPE, body: '{}' }],
    ['DELETE', /METHOD_NOT_ALLOWED/, { method: 'DELETE', headers: JSON_TYPE }],
    ['OPTIONS', /./, { method: 'OPTIONS', headers: JSON_TYPE }],
    ['HEAD', /^$/, { method: 'HEAD' }],
    ['a batch of one', /Cannot batch subscription calls/, { query: { batch: '1' } }],
    ['JSON lines', /must be batched/, { headers: { 'trpc-accept': 'application/jsonl' } }],
    ['JSON lines by the standard header', /must be batched/, { headers: { accept: 'application/jsonl' } }],
    [
      'a batch of one in JSON lines',
      /Cannot batch subscription calls/,
      { query: { batch: '1' }, headers: { 'trpc-accept': 'application/jsonl' } },
    ],
    ['GET of a form', /METHOD_NOT_SUPPORTED/, { headers: { 'content-type': 'multipart/form-data; boundary=x' } }],
    ['GET of bytes', /METHOD_NOT_SUPPORTED/, { headers: { 'content-type': 'application/octet-stream' } }],
  ] satisfies [string, RegExp, Partial<Ask>][]
).map(([name, outline, rest]) => ({ name, ask: watchTask({}, rest), outline, leftToTrpc: true, withoutLinks: true }));

describe('a request that is no plain subscription call is answered as without a gateway', () => {
  test.each(requests)('$name', (scenario) => runScenario(pair, scenario));
});

const forms: Scenario[] = [
  { what: 'a JSON content type', rest: { headers: JSON_TYPE } },
  { what: 'unknown parameters', rest: { query: { unknown: '1', batch: '0' } } },
  { what: 'connection parameters', rest: { query: { connectionParams: '{"token":"x"}' } }, leftToTrpc: true },
  { what: 'the accept header of a browser', rest: { headers: { accept: 'text/event-stream' } } },
  { what: 'an accept-encoding header', rest: { headers: { 'accept-encoding': 'gzip, br' } } },
  { what: 'a range', rest: { headers: { range: 'bytes=0-9' } } },
  { what: 'the header of a page of another origin', rest: { headers: { origin: 'https://elsewhere.example' } } },
].map(({ what, rest, ...tolerance }) => ({
  name: `a GET with ${what}`,
  ask: watchTask({}, rest),
  during: ({ task }) => task.done(),
  outline: 'connected | 2 snapshot | 3 done | return',
  withoutLinks: true,
  ...tolerance,
}));

describe('a request may have fields that it does not need', () => {
  test.each(forms)('$name', (scenario) => runScenario(pair, scenario));
});
