import { dayMs } from '../../events/index.ts';
import { buildEntry, type EventInput } from './events.ts';
import type { SentEvent } from './histories.ts';

const start = Date.parse('2024-01-01T00:00:00.000Z');

/** Returns numbers from 0 to 1 that look random, and are the same each time. */
const createDice = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

const pick = <T>(values: readonly T[], roll: number): T => values[Math.floor(roll * values.length)] as T;

const industries = ['software', 'finance', 'mining', 'retail'] as const;
const oddsOf = { software: 0.35, finance: 0.2, mining: 0.05, retail: 0.1 } as const;

/**
 * Returns the events of leads from two years, some of which are won: more often those of some industries, and those with
 * more visits. Customers renew, expand, refer and leave.
 */
export const outcomeEvents = (leads: number, seed = 1): SentEvent[] => {
  const roll = createDice(seed);
  return Array.from({ length: leads }, (_, i): SentEvent[] => {
    const leadId = `l-${i}`;
    const day = (700 * i) / leads;
    let ids = 0;
    const on = (after: number, type: EventInput['type'], data: EventInput['data']): SentEvent =>
      buildEntry({
        type,
        data: { leadId, ...data },
        at: new Date(start + Math.round((day + after) * dayMs)).toISOString(),
        id: `e-${ids++}`,
      });
    const ends = (after: number, outcome: string, amount?: number): SentEvent =>
      on(after, 'LeadOutcomeRecorded', { outcome, ...(amount !== undefined && { amount }) });
    const industry = pick(industries, roll());
    const visits = Math.floor(roll() * 6);
    const employees = Math.floor(10 ** (1 + 3 * roll()));
    const isWon = roll() < oddsOf[industry] + visits * 0.05;
    const isHappy = roll() < (employees < 500 ? 0.8 : 0.4);
    return [
      on(0, 'LeadProfileUpdated', { attributes: { industry, employees } }),
      ...(visits > 0 ? [on(1, 'LeadActivityRecorded', { activity: 'page_visited', count: visits })] : []),
      on(9, 'LeadStageChanged', { stage: 'mql' }),
      ends(20, isWon ? 'won' : 'lost', isWon ? 1_000 + employees : undefined),
      ...(isWon
        ? [isHappy ? ends(60, pick(['renewed', 'expanded', 'referenced'], roll())) : ends(70, 'churned')]
        : []),
    ];
  }).flat();
};
