import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createBasis } from '../../shared/report/basis.ts';
import { tallyLeads } from '../../shared/report/make-report.ts';
import { parseModel } from '../../shared/scoring/index.ts';
import type { Measure } from '../measure.ts';
import { createLeads } from './leads.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Returns the bytes in use: objects, and the counts of histograms, which are outside of the heap. */
const heldNow = (): number => {
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** Returns the bytes in use after finished work has released its memory, which takes a turn of the event loop. */
const held = async (): Promise<number> => {
  await setImmediate();
  return heldNow();
};

const few = 2_000;
const many = 50_000;
const fewEntries = 1_000;
const manyEntries = 100_000;
const entriesEach = 12;

const modelFile = new URL('../../models/success-ready.json', import.meta.url);
const basis = createBasis({
  model: parseModel(readFileSync(modelFile, 'utf8'), 'models/success-ready.json'),
  now: Date.parse('2027-01-01T00:00:00.000Z'),
});
const computeTally = (items: ReturnType<typeof createLeads>) =>
  tallyLeads(items, basis, { stuckDays: 30, limit: 10 });

/** Returns the bytes that a tally of this many leads holds: those that are freed when it is released. */
const heldByTally = async (leads: number): Promise<number> => {
  const tallies = [await computeTally(createLeads(leads, entriesEach))];
  const withTally = await held();
  if (tallies.pop()?.report().funnel.leads !== leads) throw new Error(`the tally is not of ${leads} leads`);
  return withTally - (await held());
};

/** Returns the bytes in use while one lead is read, after few entries and after many. */
const heldWithinLead = async (): Promise<readonly [number, number]> => {
  const found: number[] = [];
  const measure = (count: number): void => {
    if (count === fewEntries || count === manyEntries) found.push(heldNow());
  };
  await computeTally(createLeads(1, manyEntries, measure));
  const [atFew, atMany] = found;
  if (atFew === undefined || atMany === undefined) throw new Error('the lead had too few entries');
  return [atFew, atMany];
};

const kb = (bytes: number): number => Math.round(bytes / 1_024);

/**
 * Measures whether a report's memory is constant in the number of leads and in the entries of one lead, once: all
 * rounds would be alike.
 */
export const reportMemory = async (): Promise<Measure[]> => {
  await heldByTally(few); // loads and compiles the code of later runs
  const ofFew = await heldByTally(few);
  const ofMany = await heldByTally(many);
  const [atFew, atMany] = await heldWithinLead();
  return [
    {
      name: 'memory of a report, 50,000 leads against 2,000',
      value: ofMany / ofFew,
      unit: 'times',
      limit: { atMost: 1.5 },
      details: { '2,000 leads, KB': kb(ofFew), '50,000 leads, KB': kb(ofMany) },
    },
    {
      name: 'memory within one lead, 100,000 entries against 1,000',
      value: atMany / atFew,
      unit: 'times',
      limit: { atMost: 1.5 },
      details: { 'after 1,000 entries, KB': kb(atFew), 'after 100,000 entries, KB': kb(atMany) },
    },
  ];
};
