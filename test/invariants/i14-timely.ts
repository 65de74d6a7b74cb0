import { buildDueKey } from '../../shared/keys/index.ts';
import { computeRetentionEnd, findDue, type LeadState } from '../../shared/lead/index.ts';
import { instantOf, type ScoringModel } from '../../shared/scoring/index.ts';
import type { Evidence, Invariant } from './evidence.ts';
import { memoize } from './memoize.ts';
import { numberOf, parseLeadId, parseStates, textOf } from './reading.ts';
import { type Allowance, scanHours } from './scan-hours.ts';
import { type Folded, foldedLedgers, type Judged, type Step } from './steps.ts';

const mostHours = 6_000;
const wakingMs = 5 * 60_000;

const iso = (at: number | undefined): string => (at === undefined ? 'no hour' : new Date(at).toISOString());

const instantOfEntry = ({ entry }: Step): number => Date.parse(entry.event.metadata.occurredAt);

/** Whether an event finds the lead as time alone has made it: it has an instant of its own, and is no history. */
const isLive = ({ entry: { event } }: Step): boolean =>
  event.type !== 'LeadsMerged' && event.type !== 'LeadRescoreRequested' && event.metadata.backfill !== true;

/** The due time of a lead of which nothing is to be expected. */
const never = Number.POSITIVE_INFINITY;

/** Returns the due times that were stored with each version of each lead; only a history has them. */
const storedDueTimes = memoize(
  ({ history }): ReadonlyMap<string, readonly number[]> =>
    new Map(
      [
        ...Map.groupBy(
          (history?.writes ?? []).filter(({ key, after }) => key.sk === 'STATE' && after !== undefined),
          ({ after = {} }) => `${parseLeadId(after)} ${numberOf(after, 'version')}`,
        ),
      ].map(([name, writes]) => [
        name,
        writes.map(({ after }) => (after?.dueAt === undefined ? never : Date.parse(textOf(after, 'dueAt')))),
      ]),
    ),
);

const listDueTimes = (evidence: Evidence, leadId: string, { version }: LeadState): readonly number[] =>
  storedDueTimes(evidence).get(`${leadId} ${version}`) ?? [];

/**
 * Returns the instant at which a lead is to be advanced next, up to an instant. A lead that another model has judged is
 * judged anew when it is due by that one, which isn't known to this one; what was stored is taken as given.
 */
const findExpected = (
  evidence: Evidence,
  leadId: string,
  { state, model: judgedBy }: Judged,
  { model, at }: { readonly model: ScoringModel; readonly at: number },
  allowance: Allowance,
): number | undefined => {
  if (judgedBy === model) return scanHours({ state, model }, at, allowance);
  const dueTimes = listDueTimes(evidence, leadId, state);
  // A state may have been moved in the index after a commit that follows it was planned.
  if (dueTimes.includes(at)) return at;
  return dueTimes.length > 0 && dueTimes.every((dueAt) => dueAt <= at) ? dueTimes.at(-1) : undefined;
};

/** Checks an advance of time: it must be at the first hour at which something differs, and say that time did it. */
const checkClock = (evidence: Evidence, leadId: string, step: Step, allowance: Allowance): string[] => {
  const { before, model, entry } = step;
  if (before === undefined) return [`${leadId} begins with an advance of time`];
  const at = instantOfEntry(step);
  if (before.model !== model && evidence.history === undefined) return [];
  // The first sweep of a table judges a lead that has no due time anew, at the hour at which it passes.
  const isSwept =
    before.model !== model && listDueTimes(evidence, leadId, before.state).every((dueAt) => dueAt === never);
  const expected = isSwept ? at : findExpected(evidence, leadId, before, { model, at }, allowance);
  return [
    ...(expected === at
      ? []
      : [`${leadId} has an advance of time at ${iso(at)}; it changes by itself at ${iso(expected)}`]),
    ...entry.changes
      .filter((change) => !('trigger' in change) || change.trigger !== 'time')
      .map(({ type }) => `${leadId} has a ${type} at ${iso(at)} that doesn't say that time made it`),
  ];
};

/** Finds an hour before an event at which the lead changed by itself, and that has no entry. */
const checkEvent = (evidence: Evidence, leadId: string, step: Step, allowance: Allowance): string[] => {
  const { before, model, entry } = step;
  const at = instantOfEntry(step);
  if (before === undefined || !isLive(step) || at < instantOf(before.state.facts)) return [];
  const missed = findExpected(evidence, leadId, before, { model, at }, allowance);
  if (missed === undefined) return [];
  return [`${leadId} changed by itself at ${iso(missed)}, which has no entry before ${entry.sk}`];
};

const checkStep = (evidence: Evidence, leadId: string, step: Step, allowance: Allowance): string[] => {
  // History isn't announced on the way; I15 checks when it is settled.
  if (step.before?.state.announced !== undefined) return [];
  return step.entry.event.type === 'LeadClockAdvanced'
    ? checkClock(evidence, leadId, step, allowance)
    : checkEvent(evidence, leadId, step, allowance);
};

/** Checks that a lead was forgotten when its time had come. */
const checkForgotten = (leadId: string, { steps, closing }: Folded): string[] => {
  const last = steps.at(-1);
  if (closing?.event.type !== 'LeadClockAdvanced' || last === undefined) return [];
  const at = Date.parse(closing.event.metadata.occurredAt);
  const end = computeRetentionEnd(last.model, last.state.facts);
  // An entry at an earlier instant would be before the last one, or have its key.
  const expected = end && Math.max(end, instantOf(last.state.facts) + 1);
  return at === expected
    ? []
    : [`${leadId} was forgotten at ${iso(at)}; the policy retains it until ${iso(expected)}`];
};

/** Finds open leads that have changed by themselves since their last entry, and that nobody has woken. */
const checkEnd = (
  { waitedUntil }: Evidence,
  leadId: string,
  { steps, closing }: Folded,
  allowance: Allowance,
): string[] => {
  const last = steps.at(-1);
  if (waitedUntil === undefined || closing !== undefined || last === undefined) return [];
  const missed = scanHours(last, waitedUntil - wakingMs, allowance);
  return missed === undefined ? [] : [`${leadId} changed by itself at ${iso(missed)}, which has no entry`];
};

/** Finds leads that would be woken too late, or that are in the wrong partition of the index by due time. */
const findWronglyDue = (evidence: Evidence): string[] =>
  evidence.leads
    .filter((item) => textOf(item, 'sk') === 'STATE')
    .flatMap((item) => {
      const leadId = parseLeadId(item);
      const [dueAt, dueKey] = [textOf(item, 'dueAt'), textOf(item, 'dueKey')];
      const last = foldedLedgers(evidence).get(leadId)?.steps.at(-1);
      const state = parseStates(evidence).get(leadId);
      if (last === undefined || state === undefined || state.status === 'merged' || state.status === 'erased')
        return [];
      const due = last.state.announced === undefined ? findDue(last.model, last.state) : undefined;
      const writtenAt = Date.parse(`${dueKey.slice(0, 13)}:00:00.000Z`);
      return [
        ...(due !== undefined && (dueAt === '' || Date.parse(dueAt) > due)
          ? [`${leadId} is due at ${dueAt || 'no time'}; it changes by itself at ${iso(due)}`]
          : []),
        ...(dueAt !== '' && buildDueKey(textOf(item, 'pk'), Date.parse(dueAt), writtenAt) !== dueKey
          ? [`${leadId} is due at ${dueAt}, and indexed as ${dueKey}`]
          : []),
      ];
    });

/** Finds what was due and is still due after it was waited for. */
const findLeftDue = ({ leads, waitedUntil }: Evidence): string[] =>
  leads
    .filter((item) => waitedUntil !== undefined && item.dueKey !== undefined)
    .filter((item) => Date.parse(textOf(item, 'dueAt')) <= (waitedUntil ?? 0) - wakingMs)
    .map((item) => `${textOf(item, 'pk')} ${textOf(item, 'sk')} is still due since ${textOf(item, 'dueAt')}`);

export const timely: Invariant = {
  id: 'I14',
  rule: 'what time alone changes is announced at the hour at which it changes, once, also after a late wake-up',
  check: (evidence) => {
    const allowance: Allowance = { hours: mostHours };
    return [
      ...[...foldedLedgers(evidence)].flatMap(([leadId, folded]) => [
        ...folded.steps.flatMap((step) => checkStep(evidence, leadId, step, allowance)),
        ...checkForgotten(leadId, folded),
        ...checkEnd(evidence, leadId, folded, allowance),
      ]),
      ...findWronglyDue(evidence),
      ...findLeftDue(evidence),
    ];
  },
};
