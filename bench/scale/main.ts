import { refuseOptions } from '../no-options.ts';
import { burstsTable } from './bursts.ts';
import { clockDemandsTable } from './clock-demands.ts';
import { demandsTable } from './demands.ts';

refuseOptions('npm run scale');
console.log(`${demandsTable()}\n\n${clockDemandsTable()}\n\n${burstsTable()}`);
