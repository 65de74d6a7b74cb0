import { canonical, type Item } from '../../shared/dynamodb/index.ts';
import { isClosed } from '../../shared/lead/index.ts';
import { type AnnouncedChange, announcedChanges, announcedOf, type ChangeData } from './announcements.ts';
import type { Evidence, History, Invariant } from './evidence.ts';
import { isRearming } from './is-rearming.ts';
import { groupLeads, type LeadItems, numberOf, parseLeadId, parseStates, textOf } from './reading.ts';

/** Finds leads whose entries don't have every version up to that of the state. */
const findGaps = ({ leadId, entries, state }: LeadItems): string[] => {
  if (state === undefined) return [];
  const found = [...new Set(entries.map((item) => numberOf(item, 'version')))];
  const last = numberOf(state, 'version');
  const expected = Array.from({ length: last }, (_, i) => i + 1);
  return found.join() === expected.join()
    ? []
    : [`${leadId} has version ${last} and entries of the versions ${found.join(', ')}`];
};

/** Finds announcements with the same id and different contents. */
const findAmbiguousIds = ({ announced }: Evidence): string[] => {
  const contents = new Map<string, string>();
  return announced.flatMap(({ detail }) => {
    const content = canonical(detail);
    const id = detail.metadata.eventId;
    const first = contents.get(id);
    contents.set(id, first ?? content);
    return first === undefined || first === content ? [] : [`the announcement ${id} has two contents`];
  });
};

const formatChange = (
  type: string,
  { leadId, version, ordinal }: Omit<ChangeData, 'action' | 'actionChanged'>,
) => `${type} of ${leadId} at ${version}.${ordinal}`;

/** Finds changes that were announced under several ids. */
const findChangesOfManyIds = (evidence: Evidence): string[] =>
  [...Map.groupBy(announcedChanges(evidence), ({ type, data }) => formatChange(type, data))].flatMap(
    ([name, all]) => {
      const ids = new Set(all.map(({ id }) => id));
      return ids.size > 1 ? [`${name} was announced under ${ids.size} ids`] : [];
    },
  );

const closings = ['LeadRedirected', 'LeadErased'];

/**
 * Returns the tier or stage that was announced last. History that was loaded is announced by one change alone, which
 * has the whole standing.
 */
const findLastAnnounced = (
  announced: readonly AnnouncedChange[],
  type: string,
  name: 'tier' | 'stage',
): unknown => {
  const last = announced.findLast((one) => one.type === type || one.data.trigger === 'backfill')?.data;
  return last?.trigger === 'backfill' ? last[name] : last?.to;
};

/** Returns the score that was announced last: every announcement of a standing has it. */
const findLastScore = (announced: readonly AnnouncedChange[]): unknown =>
  announced.findLast(({ type }) => type !== 'HandoffDeadlineMoved')?.data.score;

/**
 * Finds leads whose announced score isn't the one that was announced last, or from which the score of a settled lead is
 * as far as the policy announces.
 */
const findOutdatedScores = (evidence: Evidence): string[] =>
  [...parseStates(evidence).values()].flatMap((state) => {
    if (isClosed(state)) return [];
    const { leadId, announcedScore, score, modelVersion } = state;
    const points = evidence.models.get(modelVersion)?.document.policy.announceScore?.points;
    const last = announcedScore && findLastScore(announcedOf(evidence, leadId));
    const isStored = announcedScore !== undefined;
    const isExpected = points !== undefined && state.announced === undefined;
    return [
      ...(last === announcedScore
        ? []
        : [`${leadId} has the announced score ${announcedScore}; announced last was ${last}`]),
      ...(isExpected && !isStored ? [`${leadId} has no announced score`] : []),
      ...(isExpected && isStored && Math.abs(score - announcedScore) > points - 0.005
        ? [`${leadId} has score ${score}, announced as ${announcedScore}`]
        : []),
      ...(points === undefined && isStored ? [`${leadId} has an announced score that nobody asks for`] : []),
    ];
  });

/** Finds leads whose last announcements differ from their state. */
const findOutdated = (evidence: Evidence): string[] =>
  [...parseStates(evidence).values()].flatMap((state) => {
    const { leadId } = state;
    const announced = announcedOf(evidence, leadId);
    if (isClosed(state)) {
      const last = announced.at(-1)?.type;
      const closing = state.status === 'merged' ? 'LeadRedirected' : 'LeadErased';
      return last === closing ? [] : [`${leadId} is ${state.status}; the last announced was ${last}`];
    }
    const tier = findLastAnnounced(announced, 'LeadTierChanged', 'tier') ?? 'none';
    const stage = findLastAnnounced(announced, 'LeadStageTransitioned', 'stage');
    return [
      ...(tier === state.tier ? [] : [`${leadId} has tier ${state.tier}; announced was ${tier}`]),
      ...(stage === state.stage ? [] : [`${leadId} has stage ${state.stage}; announced was ${stage}`]),
      ...announced
        .filter(({ type }) => closings.includes(type))
        .map(({ type }) => `${leadId} is open; announced was ${type}`),
    ];
  });

/** Finds writes with which the version of a lead does not rise by one. */
const findJumps = ({ writes }: History): string[] =>
  writes
    .filter((write) => write.table === 'leads' && write.key.sk === 'STATE' && !isRearming(write))
    .map(({ before, ...write }) => ({ ...write, from: before ? numberOf(before, 'version') : 0 }))
    .filter(({ from, after }) => numberOf(after, 'version') !== from + 1)
    .map(
      ({ key, from, after, step }) =>
        `${key.pk} went from version ${from} to ${numberOf(after, 'version')} at step ${step}`,
    );

const parseChanges = (item: Item): string[] => {
  const { list } = JSON.parse(textOf(item, 'changes') || '{"list":[]}') as { list: { type: string }[] };
  const [version, ordinal] = [numberOf(item, 'version'), numberOf(item, 'ordinal')];
  return list.map(({ type }) => formatChange(type, { leadId: parseLeadId(item), version, ordinal }));
};

/** Finds decided changes that were not announced, and announced ones that were not decided. */
const findNotAsDecided = ({ writes }: History, evidence: Evidence): string[] => {
  const decided = new Set(
    writes.flatMap(({ key, before, after }) =>
      key.sk.startsWith('EVENT#') && before === undefined && after !== undefined ? parseChanges(after) : [],
    ),
  );
  const announced = new Set(announcedChanges(evidence).map(({ type, data }) => formatChange(type, data)));
  return [
    ...[...decided].filter((name) => !announced.has(name)).map((name) => `${name} was never announced`),
    ...[...announced]
      .filter((name) => !decided.has(name))
      .map((name) => `${name} was announced, and never decided`),
  ];
};

export const announcedAsStored: Invariant = {
  id: 'I4',
  rule: 'versions rise by one without gaps; the last announced tier, stage and score are the stored ones; each change has one id',
  check: (evidence) => [
    ...[...groupLeads(evidence).values()].flatMap(findGaps),
    ...findAmbiguousIds(evidence),
    ...findChangesOfManyIds(evidence),
    ...findOutdated(evidence),
    ...findOutdatedScores(evidence),
  ],
  checkHistory: (history, evidence) => [...findJumps(history), ...findNotAsDecided(history, evidence)],
};
