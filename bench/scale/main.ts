import { refuseOptions } from '../no-options.ts';
import { burstsTable } from './bursts.ts';
import { clockDemandsTable } from './clock-demands.ts';
import { demandsTable } from './demands.ts';
import { countingDemandsTable, recountDemandsTable } from './funnel-demands.ts';

refuseOptions('npm run scale');
const tables = [demandsTable, countingDemandsTable, clockDemandsTable, recountDemandsTable, burstsTable];
console.log(tables.map((show) => show()).join('\n\n'));
