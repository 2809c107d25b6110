import { createAndWatchTask } from '@taskwire/cli';
import { createTaskwireClient } from '@taskwire/client';
import { countWords } from './tasks/index.ts';

// `taskwire dev` starts this script with the server's address and a token for trials.
const { TASKWIRE_URL: url = 'http://127.0.0.1:4000', TASKWIRE_TOKEN: token } = process.env;
const client = createTaskwireClient({ url, ...(token === undefined ? {} : { token }) });

const lines = Array.from({ length: 40 }, (_, index) => `This is line ${index + 1} of a text that is counted live.`);
const { uploadId } = await client.upload(new Blob([lines.join('\n')]), { fileName: 'sample.txt' });
// Shows a bar for each stage, and returns the output, typed by the definition.
const output = await createAndWatchTask(countWords, { file: uploadId }, { client });
console.log(`${output.words} words in ${output.lines} lines`);
client.close();
