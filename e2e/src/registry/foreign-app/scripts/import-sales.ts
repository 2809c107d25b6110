import { createAndWatchTask, uploadFile } from '@taskwire/cli';
import { createTaskwireClient } from '@taskwire/client';
import { importSales } from '../jobs/import-sales';

// A program signs in as members do: by a session, whose cookie it sends itself.
const [bakery = 'http://127.0.0.1:3000', member = 'till', path = 'sales.csv'] = process.argv.slice(2);
const headers = { 'content-type': 'application/json' };
const signedIn = await fetch(`${bakery}/login`, { method: 'POST', headers, body: JSON.stringify({ member }) });
const cookie = signedIn.headers
  .getSetCookie()
  .map((each) => each.split(';')[0])
  .join('; ');

const client = createTaskwireClient({
  url: `${bakery}/taskwire`,
  fetch: (input, init) => {
    const request = new Request(input, init);
    request.headers.set('cookie', cookie);
    return fetch(request);
  },
});
const table = await uploadFile(path, { client });
const { rows, cents } = await createAndWatchTask(importSales, { table, pauseMs: 10 }, { client });
console.log(`${rows} rows, ${cents} cents`);
client.close();
