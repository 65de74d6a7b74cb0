import { readFileSync } from 'node:fs';
import { askNext, whatWouldHaveToBeTrue } from '../../shared/advice/index.ts';
import { judge, type LeadState } from '../../shared/lead/index.ts';
import { type Facts, noFacts, parseModel, type ScoringModel } from '../../shared/scoring/index.ts';
import type { Measure } from '../measure.ts';
import { median, quantile } from '../rounds.ts';
import { createLeads } from '../scoring/leads.ts';
import { largeModels } from './large-models.ts';

type Lead = Pick<LeadState, 'facts' | 'tier'>;

const file = new URL('../../models/success-ready.json', import.meta.url);

/** Returns leads at every stage, as stated by the CRM, each with the tier that the model gives it. */
const judgeLeads = (model: ScoringModel): Lead[] =>
  createLeads(200).map(({ facts, stage, at }) => {
    const stated: Facts = { ...facts, stated: [{ stage }, at] };
    return { facts: stated, tier: judge(model, stated, 'none').standing.tier };
  });

/**
 * Measures the milliseconds for each lead: the median of the rounds, so that disturbances by other processes drop out.
 */
const timeAdvice = (rounds: number, leads: readonly Lead[], advise: (lead: Lead) => unknown): number[] => {
  const times = leads.map((): number[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [i, lead] of leads.entries()) {
      const start = performance.now();
      advise(lead);
      // The first round warms up.
      if (round > 0) times[i]?.push(performance.now() - start);
    }
  }
  return times.map(median);
};

const figures = (times: readonly number[]) => ({
  'median, ms': median(times),
  'slowest lead, ms': Math.max(...times),
});

const unknownLead: Lead = { facts: noFacts, tier: 'none' };

/** Measures the search for one lead with a model near the limits of a document. */
const measureLarge = (rounds: number, name: string, model: ScoringModel): Measure => {
  const [time = 0] = timeAdvice(rounds, [unknownLead], (lead) => whatWouldHaveToBeTrue(model, lead));
  const { pairs } = whatWouldHaveToBeTrue(model, unknownLead);
  return {
    name: `what would have to be true, a lead by a large model of ${name}`,
    value: time,
    unit: 'ms',
    limit: { atMost: 10_000 },
    details: {
      'pairs of changes': pairs?.of ?? 0,
      'of these neither tried nor excluded': pairs?.untried ?? 0,
      'memory of the process, MB': process.memoryUsage().rss / 1e6,
    },
  };
};

/** Measures the time that advice takes for a lead, with the default model and with large ones. */
export const advice = async (rounds: number): Promise<Measure[]> => {
  const model = parseModel(readFileSync(file, 'utf8'), 'models/success-ready.json');
  const leads = judgeLeads(model);
  const asking = timeAdvice(rounds, leads, (lead) => askNext(model, lead));
  const requiring = timeAdvice(rounds, leads, (lead) => whatWouldHaveToBeTrue(model, lead));
  const found = leads.map((lead) => whatWouldHaveToBeTrue(model, lead));
  const ofSize = (size: number): number => found.filter((one) => one.goal && one.size === size).length;
  return [
    {
      name: 'what to ask next, 99th percentile of leads',
      value: quantile(asking, 0.99),
      unit: 'ms',
      limit: { atMost: 20 },
      details: figures(asking),
    },
    {
      name: 'what would have to be true, 99th percentile of leads',
      value: quantile(requiring, 0.99),
      unit: 'ms',
      limit: { atMost: 500 },
      details: {
        ...figures(requiring),
        'leads for which one change, two changes, or neither is enough': [1, 2, 0].map(ofSize).join(', '),
        'searches that were cut': found.filter(({ exhaustive }) => !exhaustive).length,
      },
    },
    ...Object.entries(largeModels).map(([name, create]) => measureLarge(rounds, name, create())),
  ];
};
