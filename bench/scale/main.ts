import { refuseOptions } from '../no-options.ts';
import { burstsTable } from './bursts.ts';
import { demandsTable } from './demands.ts';

refuseOptions('npm run scale');
console.log(`${demandsTable()}\n\n${burstsTable()}`);
