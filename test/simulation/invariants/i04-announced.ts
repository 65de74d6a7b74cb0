import { canonical, type Item } from '../../../shared/dynamodb/index.ts';
import type { DeliveredEvent } from '../services/bus.ts';
import type { Evidence, Invariant } from './evidence.ts';
import { leadIdOf, leadsIn, numberOf, statesIn, textOf } from './reading.ts';

/** A lead's version rises by one a commit, and never stays or jumps. */
const versionGaps = ({ writes }: Evidence): string[] =>
  writes
    .filter(({ key, table }) => table === 'leads' && key.sk === 'STATE')
    .filter(
      ({ before, after }) => numberOf(after, 'version') !== (before ? numberOf(before, 'version') : 0) + 1,
    )
    .map(
      ({ key, before, after, step }) =>
        `${key.pk} went from version ${before ? numberOf(before, 'version') : 0} to ${numberOf(after, 'version')} at step ${step}`,
    );

interface Announced {
  readonly id: string;
  readonly place: string;
  readonly type: string;
  readonly leadId: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly rank: number;
}

const ordinals = 1_000;

const announcedOf = ({ 'detail-type': type, detail: { metadata, data } }: DeliveredEvent): Announced => {
  const { leadId, version, ordinal } = data as { leadId: string; version: number; ordinal: number };
  return {
    id: metadata.eventId,
    place: `${type} of ${leadId} at ${version}.${ordinal}`,
    type,
    leadId,
    data,
    rank: version * ordinals + ordinal,
  };
};

/** What announces a change of a lead's ledger entry; the others tell of what consumers keep. */
const ofEntries = new Set([
  'LeadTierChanged',
  'LeadStageTransitioned',
  'LeadDisqualified',
  'LeadRequalified',
  'LeadRedirected',
  'LeadErased',
]);

/** One id says one thing. */
const idsThatDiffer = (announced: readonly DeliveredEvent[]): string[] => {
  const contents = new Map<string, string>();
  return announced.flatMap(({ detail }) => {
    const content = canonical(detail);
    const id = detail.metadata.eventId;
    const first = contents.get(id);
    contents.set(id, first ?? content);
    return first === undefined || first === content ? [] : [`the announcement ${id} says two things`];
  });
};

/** One thing has one id. */
const thingsWithIds = (announced: readonly Announced[]): string[] =>
  [...Map.groupBy(announced, ({ place }) => place)].flatMap(([place, all]) => {
    const ids = new Set(all.map(({ id }) => id));
    return ids.size > 1 ? [`${place} was announced under ${ids.size} ids`] : [];
  });

interface StoredChanges {
  readonly list: readonly { readonly type: string }[];
}

const changesIn = (item: Item): string[] => {
  const { list } = JSON.parse(textOf(item, 'changes') || '{"list":[]}') as StoredChanges;
  const at = `of ${leadIdOf(item)} at ${numberOf(item, 'version')}.${numberOf(item, 'ordinal')}`;
  return list.map(({ type }) => `${type} ${at}`);
};

/** Everything that entries decided is announced, and nothing else. */
const notAsDecided = ({ writes }: Evidence, announced: readonly Announced[]): string[] => {
  const decided = new Set(
    writes.flatMap(({ key, before, after }) =>
      key.sk.startsWith('EVENT#') && before === undefined && after !== undefined ? changesIn(after) : [],
    ),
  );
  const told = new Set(announced.map(({ place }) => place));
  return [
    ...[...decided].filter((place) => !told.has(place)).map((place) => `${place} was never announced`),
    ...[...told]
      .filter((place) => !decided.has(place))
      .map((place) => `${place} was announced, and never decided`),
  ];
};

const lastOf = (announced: readonly Announced[], leadId: string, ...types: string[]): Announced | undefined =>
  announced
    .filter((one) => one.leadId === leadId && (types.length === 0 || types.includes(one.type)))
    .reduce<Announced | undefined>((last, one) => (last && last.rank > one.rank ? last : one), undefined);

const notAsStored = (evidence: Evidence, announced: readonly Announced[]): string[] =>
  [...statesIn(evidence).values()].flatMap((state) => {
    const { leadId } = state;
    if (state.status === 'merged' || state.status === 'erased') {
      const last = lastOf(announced, leadId)?.type;
      const closing = state.status === 'merged' ? 'LeadRedirected' : 'LeadErased';
      return last === closing ? [] : [`${leadId} is ${state.status}; the last announced was ${last}`];
    }
    const tier = lastOf(announced, leadId, 'LeadTierChanged')?.data.to ?? 'none';
    const stage = lastOf(announced, leadId, 'LeadStageTransitioned')?.data.to;
    return [
      ...(tier === state.tier ? [] : [`${leadId} has tier ${state.tier}; announced was ${tier}`]),
      ...(stage === state.stage ? [] : [`${leadId} has stage ${state.stage}; announced was ${stage}`]),
    ];
  });

export const announcedAsStored: Invariant = {
  id: 'I4',
  says: 'versions rise by one without gaps; the last announced tier and stage are the stored ones; each change has one id',
  check: (evidence) => {
    const ofLeads = evidence.announced
      .filter((event) => ofEntries.has(event['detail-type']))
      .map(announcedOf);
    return [
      ...versionGaps(evidence),
      ...idsThatDiffer(evidence.announced),
      ...thingsWithIds(ofLeads),
      ...notAsDecided(evidence, ofLeads),
      ...notAsStored(evidence, ofLeads),
      ...[...leadsIn(evidence).values()].flatMap(() => []),
    ];
  },
};
