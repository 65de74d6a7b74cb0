import { refuseOptions } from '../no-options.ts';
import { burstsTable } from './bursts.ts';
import { clockDemandsTable } from './clock-demands.ts';
import { demandsTable } from './demands.ts';
import { countingDemandsTable, recountDemandsTable } from './funnel-demands.ts';
import { rescoringDemandsTable } from './rescoring-demands.ts';

refuseOptions('npm run scale');
const tables = [
  demandsTable,
  countingDemandsTable,
  clockDemandsTable,
  recountDemandsTable,
  rescoringDemandsTable,
  burstsTable,
];
console.log(tables.map((show) => show()).join('\n\n'));
