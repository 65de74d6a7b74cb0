import { burstsTable } from './bursts.ts';
import { demandsTable } from './demands.ts';

console.log(`${demandsTable()}\n\n${burstsTable()}`);
