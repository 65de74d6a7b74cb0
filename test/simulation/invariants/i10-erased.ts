import type { Item } from '../../../shared/dynamodb/index.ts';
import { type ToldEvent, toldIn } from './arrivals.ts';
import type { Arrival, Evidence, Invariant } from './evidence.ts';
import { aliasesOf, leadIdOf, quarantineIdOf, statesIn, textOf } from './reading.ts';

/** The leads that were erased, with all that were merged into them. */
const erasedIn = (evidence: Evidence): ReadonlySet<string> =>
  new Set(
    [...statesIn(evidence).values()]
      .filter(({ status }) => status === 'erased')
      .flatMap(({ leadId }) => aliasesOf(evidence, leadId)),
  );

const wordsOf = (item: Item): string =>
  Object.entries(item)
    .map(([name, { S, N, B }]) => `${name}=${S ?? N ?? (B && Buffer.from(B).toString('latin1'))}`)
    .join('\n');

const inLeads = (evidence: Evidence, erased: ReadonlySet<string>): string[] =>
  evidence.leads
    .filter((item) => erased.has(leadIdOf(item)))
    .filter((item) => /secret|facts=|tier=|score=/.test(wordsOf(item)))
    .map((item) => `${leadIdOf(item)} is erased, and ${textOf(item, 'sk')} still tells of it`);

/** The lead that a rejected event names, as far as it can be read. */
const leadIn = ({ body }: Arrival): unknown => {
  try {
    return JSON.parse(body)?.detail?.data?.leadId;
  } catch {
    return undefined;
  }
};

const inQuarantine = (evidence: Evidence, erased: ReadonlySet<string>): string[] => {
  const ids = new Set(
    [...evidence.arrivals.values()]
      .filter((arrival) => erased.has(String(leadIn(arrival))))
      .map(({ key }) => quarantineIdOf(key)),
  );
  return evidence.quarantine
    .filter((item) => ids.has(textOf(item, 'pk')))
    .filter((item) => /secret/.test(wordsOf(item)) || item.body !== undefined || item.leadId !== undefined)
    .map(
      (item) => `the quarantine still tells of an erased lead: ${textOf(item, 'pk')} ${textOf(item, 'sk')}`,
    );
};

/** The leads that merges have made one, whichever came first and whatever became of them. */
const unions = (evidence: Evidence): ReadonlyMap<string, ReadonlySet<string>> => {
  const unionOf = new Map<string, Set<string>>();
  const of = (leadId: string) => unionOf.get(leadId) ?? new Set([leadId]);
  for (const [{ event }] of toldIn(evidence).values() as Iterable<readonly [ToldEvent]>) {
    if (event.type !== 'LeadsMerged') continue;
    const union = new Set([...of(event.data.leadId), ...of(event.data.mergedLeadId)]);
    for (const leadId of union) unionOf.set(leadId, union);
  }
  return unionOf;
};

/** Who was asked to be erased is, with all whom merges have made one with them; and nobody else. */
const notAsAsked = (evidence: Evidence): string[] => {
  const unionOf = unions(evidence);
  const asked = new Set(
    [...toldIn(evidence).values()]
      .flat()
      .filter(({ event }) => event.type === 'LeadErasureRequested')
      .flatMap(({ event: { data } }) => [...(unionOf.get(data.leadId) ?? [data.leadId])]),
  );
  const erased = erasedIn(evidence);
  return [...statesIn(evidence).keys()].flatMap((leadId) => {
    if (asked.has(leadId) === erased.has(leadId)) return [];
    return [
      asked.has(leadId)
        ? `${leadId} was to be erased, and is not`
        : `${leadId} is erased, and nobody asked for it`,
    ];
  });
};

/** Who is closed stays closed. */
const broughtBack = ({ writes }: Evidence): string[] =>
  writes
    .filter(({ key }) => key.sk === 'STATE')
    .filter(({ before, after }) => {
      const was = textOf(before, 'status');
      return (
        (was === 'erased' && textOf(after, 'status') !== 'erased') ||
        (was === 'merged' && textOf(after, 'status') !== 'merged')
      );
    })
    .map(({ key, step }) => `${key.pk} was brought back at step ${step}`);

export const erasedIsGone: Invariant = {
  id: 'I10',
  says: 'after an erasure no personal data of the lead is left in the tables, and a late event does not bring it back',
  check: (evidence) => {
    const erased = erasedIn(evidence);
    return [
      ...inLeads(evidence, erased),
      ...inQuarantine(evidence, erased),
      ...notAsAsked(evidence),
      ...broughtBack(evidence),
    ];
  },
};
