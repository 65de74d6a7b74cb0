import { announcedChanges } from './announcements.ts';
import type { Evidence, Invariant } from './evidence.ts';
import { textOf } from './reading.ts';
import { groupSent } from './sent-events.ts';
import { foldedLedgers, type Step } from './steps.ts';

const quietMs = 15 * 60_000;
const gridMs = 5 * 60_000;

const formatPosition = (leadId: string, { version, ordinal }: { version: number; ordinal: number }): string =>
  `${leadId} ${version}.${ordinal}`;

/** Returns the steps of all leads, each with its lead. */
const listSteps = (evidence: Evidence): (readonly [leadId: string, step: Step])[] =>
  [...foldedLedgers(evidence)].flatMap(([leadId, { steps }]) => steps.map((step) => [leadId, step] as const));

/** Finds entries of history whose changes would be announced, and announcements of them. */
const findAnnounced = (evidence: Evidence): string[] => {
  const silent = new Set(
    listSteps(evidence)
      .filter(([, { decided }]) => decided.silent)
      .map(([leadId, { entry }]) => formatPosition(leadId, entry)),
  );
  return [
    ...listSteps(evidence)
      .filter(([leadId, { entry }]) => silent.has(formatPosition(leadId, entry)) && entry.item.changes)
      .map(([leadId, { entry }]) => `${leadId} ${entry.sk} is history, and has changes to announce`),
    ...announcedChanges(evidence)
      .filter(({ data }) => silent.has(formatPosition(data.leadId, data)))
      .map(({ type, data }) => `${formatPosition(data.leadId, data)} is history; announced was ${type}`),
  ];
};

/** Returns when the events of each entry came first; only a simulation knows it. */
const findArrival = (evidence: Evidence, { entry }: Step): number | undefined => {
  const { metadata, data } = entry.event;
  const identity = `${data.leadId} ${metadata.occurredAt} ${metadata.eventId}`;
  return groupSent(evidence).get(identity)?.[0]?.arrival.at;
};

/**
 * Checks how history was settled by time: by one announcement at most, which says so, and not before a quiet period
 * after the last of it.
 */
const checkSettling = (evidence: Evidence, leadId: string, steps: readonly Step[], i: number): string[] => {
  const step = steps[i] as Step;
  if (step.entry.event.type !== 'LeadClockAdvanced' || step.before?.state.announced === undefined) return [];
  const { changes } = step.entry;
  const at = Date.parse(step.entry.event.metadata.occurredAt);
  const last = steps.slice(0, i).findLast(({ decided }) => decided.silent);
  const cameAt = last && findArrival(evidence, last);
  return [
    ...(changes.length > 1 ? [`${leadId} has ${changes.length} announcements of its history`] : []),
    ...changes
      .filter((change) => !('trigger' in change) || change.trigger !== 'backfill')
      .map(({ type }) => `${leadId} has a ${type} that doesn't say that it is of its history`),
    ...(at % gridMs !== 0 || (cameAt !== undefined && at < cameAt + quietMs)
      ? [`${leadId} was settled at ${new Date(at).toISOString()}, before a quiet period was over`]
      : []),
  ];
};

/** Finds open leads whose history was never settled, although time went on. */
const findUnsettled = ({ leads, waitedUntil }: Evidence): string[] =>
  leads
    .filter((item) => waitedUntil !== undefined && item.announced !== undefined)
    .map((item) => `${textOf(item, 'pk')} has history that was never settled`);

/** Finds follow-ups that history has started. */
const findStarted = (evidence: Evidence): string[] => {
  const silent = new Set(
    listSteps(evidence)
      .filter(([, { decided }]) => decided.silent)
      .map(([leadId, { entry }]) => formatPosition(leadId, entry)),
  );
  return evidence.announced
    .filter(({ 'detail-type': type }) => type === 'NurtureStarted' || type === 'HandoffRequested')
    .map(({ 'detail-type': type, detail }) => ({
      type,
      at: detail.metadata.occurredAt,
      data: detail.data as { leadId: string; version: number; ordinal: number; dueAt?: string },
    }))
    .flatMap(({ type, at, data }) => [
      ...(silent.has(formatPosition(data.leadId, data))
        ? [`${formatPosition(data.leadId, data)} is history, and started a ${type}`]
        : []),
      ...(data.dueAt !== undefined && data.dueAt < at
        ? [`${formatPosition(data.leadId, data)} requested a hand-off at ${at}, due at ${data.dueAt}`]
        : []),
    ]);
};

export const silentHistory: Invariant = {
  id: 'I15',
  rule: 'history that is loaded announces nothing on the way and starts nothing; afterwards one announcement says how the lead stands',
  check: (evidence) => [
    ...findAnnounced(evidence),
    ...[...foldedLedgers(evidence)].flatMap(([leadId, { steps }]) =>
      steps.flatMap((_, i) => checkSettling(evidence, leadId, steps, i)),
    ),
    ...findUnsettled(evidence),
    ...findStarted(evidence),
  ],
};
