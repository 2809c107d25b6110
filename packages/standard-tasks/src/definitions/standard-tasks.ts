import { demoBurn } from './demo-burn.ts';
import { demoCount } from './demo-count.ts';
import { demoText } from './demo-text.ts';
import { documentIngest } from './document-ingest.ts';

/** The definitions of this package, in the order of display. */
export const standardTasks = [demoCount, documentIngest, demoText, demoBurn] as const;
