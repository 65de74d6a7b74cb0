import { isCanary } from '../../events/index.ts';
import type { Item } from '../../shared/dynamodb/index.ts';
import { isClosed } from '../../shared/lead/index.ts';
import type { StoredLead } from '../../shared/ledger/index.ts';
import type { Evidence, History, Invariant } from './evidence.ts';
import { parseLeadId, parseStates, textOf } from './reading.ts';

type Counts = Map<string, number>;

const add = (counts: Counts, cell: string, amount: number): void => {
  counts.set(cell, (counts.get(cell) ?? 0) + amount);
};

/** The cell in which a lead must be counted: as it was last announced. */
const findCell = (lead: StoredLead): string | undefined => {
  if (isClosed(lead) || isCanary(lead.leadId) || lead.announced === null) return undefined;
  const { stage, tier } = lead.announced ?? lead;
  return `${stage}/${tier}`;
};

const isCounter = (item: Item): boolean => textOf(item, 'pk').startsWith('FUNNEL#');

/** Sums the attributes of the counters whose sort key begins with a word. */
const sumCounters = (leads: readonly Item[], beginning: string): Counts => {
  const counts: Counts = new Map();
  for (const item of leads.filter((one) => isCounter(one) && textOf(one, 'sk').startsWith(beginning))) {
    for (const [name, { N }] of Object.entries(item)) if (N !== undefined) add(counts, name, Number(N));
  }
  return counts;
};

const listDifferences = (what: string, is: Counts, should: Counts): string[] =>
  [...new Set([...is.keys(), ...should.keys()])]
    .filter((cell) => (is.get(cell) ?? 0) !== (should.get(cell) ?? 0))
    .map((cell) => `${what} of ${cell} is ${is.get(cell) ?? 0}; it should be ${should.get(cell) ?? 0}`);

/** Returns the stock by counter, without the number of moves. */
const readStock = ({ leads }: Evidence): Counts =>
  new Map([...sumCounters(leads, 'STOCK')].filter(([name]) => name.includes('/')));

const findWronglyCounted = (evidence: Evidence): string[] => {
  const counted = new Map(
    evidence.leads
      .filter((item) => textOf(item, 'sk') === 'FUNNEL')
      .map((item) => [parseLeadId(item), textOf(item, 'cell')]),
  );
  return [...parseStates(evidence).values()]
    .map((lead) => ({ leadId: lead.leadId, should: findCell(lead) ?? '' }))
    .filter(({ leadId, should }) => (counted.get(leadId) ?? '') !== should)
    .map(
      ({ leadId, should }) =>
        `${leadId} is counted in "${counted.get(leadId) ?? ''}"; its state says "${should}"`,
    );
};

const findWrongStock = (evidence: Evidence): string[] => {
  const should: Counts = new Map();
  for (const lead of parseStates(evidence).values()) {
    const cell = findCell(lead);
    if (cell !== undefined) add(should, cell, 1);
  }
  return listDifferences('the stock', readStock(evidence), should);
};

/** Returns the leads by cell that recounts have made part of the stock without a flow. */
const sumAdopted = ({ writes }: History): Counts => {
  const withFlows = new Set(writes.filter(({ key }) => key.sk.startsWith('DAY#')).map(({ step }) => step));
  const adopted: Counts = new Map();
  for (const { key, before, after, step } of writes) {
    const cell = textOf(after, 'cell');
    if (key.sk === 'FUNNEL' && before === undefined && cell !== '' && !withFlows.has(step))
      add(adopted, cell, 1);
  }
  return adopted;
};

/** The flows into a cell, without those out of it, are its stock. */
const findWrongFlows = (evidence: Evidence, history: History): string[] => {
  const net = sumAdopted(history);
  for (const [flow, leads] of sumCounters(evidence.leads, 'DAY#')) {
    const [from = '', to = ''] = flow.split('>');
    if (from !== '-') add(net, from, -leads);
    if (to !== '-') add(net, to, leads);
  }
  return listDifferences('the sum of flows', net, readStock(evidence));
};

/** Finds leads that were counted for an announcement before the one that was counted last. Only a recount may go back. */
const findWentBack = ({ writes }: History): string[] =>
  writes
    .filter(({ key, after }) => key.sk === 'FUNNEL' && !textOf(after, 'countedPosition').endsWith('.999'))
    .filter(({ before, after }) => textOf(after, 'countedPosition') <= textOf(before, 'countedPosition'))
    .map(({ key, step }) => `${key.pk} was counted anew for something earlier at step ${step}`);

export const countedOnce: Invariant = {
  id: 'I19',
  rule: 'the counters of the funnel equal a recount of the states, however often and in whatever order announcements came',
  check: (evidence) => [
    ...findWronglyCounted(evidence),
    ...findWrongStock(evidence),
    ...(evidence.recounted ?? []).map((finding) => `a recount found that ${finding}`),
  ],
  checkHistory: (history, evidence) => [...findWrongFlows(evidence, history), ...findWentBack(history)],
};
