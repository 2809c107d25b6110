import { addErrand, close, createTables } from './database';

await createTables();
await addErrand('ada', 'sweep');
await close();
