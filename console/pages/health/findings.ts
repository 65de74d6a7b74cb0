import type { Answer } from '../../api/call.ts';

/** The health of a deployment, and whether it is known that no model was ever activated: then nothing was rescored. */
export type Health = Answer<'getHealth'> & { readonly isNeverRescored?: boolean };
type DeadLetters = Health['deadLetters'][number];

/** The parts of the page, in its order. */
const areas = [
  'quarantine',
  'deadLetters',
  'sources',
  'deliveries',
  'clock',
  'anchors',
  'rescoring',
] as const;
export type Area = (typeof areas)[number];

/** The kinds of findings. The texts of the page have a sentence for each. */
export type FindingKind =
  | 'quarantine-open'
  | 'dead-letters'
  | 'undeliverable'
  | 'missed-runs'
  | 'unreadable'
  | 'queue-unknown'
  | 'source-silent'
  | 'source-refusing'
  | 'delivery-paused'
  | 'delivery-held'
  | 'delivery-failing'
  | 'clock-never'
  | 'clock-stopped'
  | 'clock-behind'
  | 'anchors-none'
  | 'anchors-old'
  | 'anchors-broken'
  | 'anchors-unverified'
  | 'rescoring-paused'
  | 'unknown';

/** Something to act on or to know, or something that could not be found out. */
export interface Finding {
  readonly area: Area;
  readonly kind: FindingKind;
  readonly weight: 'wrong' | 'remark' | 'unknown';
  /** The queue, source or subscription. */
  readonly name?: string;
  readonly count?: number;
  /** Whether there may be more than `count`. */
  readonly more?: boolean;
  readonly at?: string;
  /** The command that shows more or puts it right. */
  readonly command?: string;
  /** The heading in docs/runbook.md. */
  readonly section?: string;
}

const hourMs = 3_600_000;

/** The clock wakes every five minutes; the runbook calls it behind when something is due for half an hour. */
const lateSeconds = 1_800;
/** An hour is done when the clock runs after its end. */
const stoppedMs = 2.5 * hourMs;
/** Heads are anchored each day; the alarm goes off after 26 hours. */
const oldAnchorMs = 26 * hourMs;

const unknown = (area: Area): Finding => ({ area, kind: 'unknown', weight: 'unknown' });

const findQuarantine = ({ quarantine }: Health): Finding[] => {
  if (quarantine === null) return [unknown('quarantine')];
  const { open: count, more } = quarantine;
  if (count === 0) return [];
  return [
    { area: 'quarantine', kind: 'quarantine-open', weight: 'wrong', count, more, section: 'Quarantine' },
  ];
};

/** The sections and commands for queues that the kind alone doesn't tell. */
const missedRuns: ReadonlyMap<string, readonly [section: string, command: string]> = new Map([
  ['AnchorHeads', ['Missed anchors', 'npx sluice audit anchor']],
  ['RecountFunnel', ['No recount', 'npx sluice funnel recount']],
  ['RescoreLeads', ['Rescoring stalled', 'npx sluice rescore status']],
]);

const adviseOnQueue = ({ kind, queue, of }: DeadLetters): Pick<Finding, 'section' | 'command'> => {
  const redrive = `npx sluice dlq redrive ${queue} --limit 1`;
  switch (kind) {
    case 'dead-letters':
      return { section: 'Dead letters', command: redrive };
    case 'undeliverable':
      return { section: 'Undeliverable events', command: redrive };
    case 'unreadable':
      return { section: 'Unreadable events' };
    case 'missed-runs': {
      const [section, command] = missedRuns.get(of) ?? ['Failed invocations', 'npx sluice dlq list'];
      return { section, command };
    }
    default:
      return kind satisfies never;
  }
};

const findDeadLetters = ({ deadLetters }: Health): Finding[] =>
  deadLetters.flatMap((queue): Finding[] => {
    const { queue: name, kind, messages } = queue;
    if (messages === null) return [{ area: 'deadLetters', kind: 'queue-unknown', weight: 'unknown', name }];
    if (messages === 0) return [];
    return [{ area: 'deadLetters', kind, weight: 'wrong', name, count: messages, ...adviseOnQueue(queue) }];
  });

type Source = NonNullable<Health['sources']>[number];

/** Returns the instant of the last refused request, if nothing was taken in after it. */
const findLastRefusal = ({ refused, lastTakenAt }: Source): string | undefined => {
  const last = refused.map(({ lastAt }) => lastAt ?? '').reduce((a, b) => (a > b ? a : b), '');
  return last !== '' && (lastTakenAt === null || last > lastTakenAt) ? last : undefined;
};

const findSources = ({ sources }: Health): Finding[] => {
  if (sources === null) return [unknown('sources')];
  const advice = { section: 'Silent source', command: 'npx sluice source list' };
  return sources.flatMap((source): Finding[] => {
    const about = { area: 'sources', weight: 'wrong', name: source.source, ...advice } as const;
    const at = findLastRefusal(source);
    if (at !== undefined) return [{ ...about, kind: 'source-refusing', at }];
    if (source.silent !== true) return [];
    const { lastTakenAt } = source;
    return [{ ...about, kind: 'source-silent', ...(lastTakenAt !== null && { at: lastTakenAt }) }];
  });
};

const deliveryKinds = new Map<string, FindingKind>([
  ['paused', 'delivery-paused'],
  ['held', 'delivery-held'],
  ['failing', 'delivery-failing'],
]);

const findDeliveries = ({ deliveries }: Health): Finding[] => {
  if (deliveries === null) return [unknown('deliveries')];
  return deliveries.flatMap(({ subscription: name, state, waiting: count, more }): Finding[] => {
    const kind = deliveryKinds.get(state);
    if (kind === undefined) return [];
    const command = `npx sluice deliveries show ${name}`;
    const section = 'Paused deliveries';
    return [{ area: 'deliveries', kind, weight: 'wrong', name, count, more, command, section }];
  });
};

const findClock = ({ clock, asOf }: Health): Finding[] => {
  if (clock === null) return [unknown('clock')];
  const { doneUntil, lagSeconds, due: count, more, waitingSince } = clock;
  const about = { area: 'clock', weight: 'wrong' } as const;
  if (doneUntil === null) return [{ ...about, kind: 'clock-never', weight: 'remark', section: 'No clock' }];
  if (Date.parse(asOf) - Date.parse(doneUntil) > stoppedMs)
    return [{ ...about, kind: 'clock-stopped', at: doneUntil, section: 'No clock' }];
  if (lagSeconds <= lateSeconds) return [];
  const at = waitingSince === null ? {} : { at: waitingSince };
  return [{ ...about, kind: 'clock-behind', count, more, ...at, section: 'Clock behind' }];
};

const findAnchors = ({ anchors, asOf }: Health): Finding[] => {
  if (anchors === null) return [unknown('anchors')];
  const { last, verification } = anchors;
  const about = { area: 'anchors', section: 'No anchors', command: 'npx sluice audit anchor' } as const;
  if (last === null) return [{ ...about, kind: 'anchors-none', weight: 'remark' }];
  const { at } = last;
  const verify = { area: 'anchors', section: 'Missed anchors', command: 'npx sluice audit verify' } as const;
  return [
    ...(Date.parse(asOf) - Date.parse(at) > oldAnchorMs
      ? [{ ...about, kind: 'anchors-old', weight: 'wrong', at } as const]
      : []),
    ...(verification === null ? [{ ...verify, kind: 'anchors-unverified', weight: 'unknown' } as const] : []),
    ...(verification?.result === 'broken'
      ? [{ ...verify, kind: 'anchors-broken', weight: 'wrong' } as const]
      : []),
  ];
};

const findRescoring = ({ rescoring, isNeverRescored }: Health): Finding[] => {
  if (rescoring === null) return isNeverRescored ? [] : [unknown('rescoring')];
  if (rescoring.status !== 'paused') return [];
  const command = 'npx sluice rescore resume';
  return [
    { area: 'rescoring', kind: 'rescoring-paused', weight: 'remark', command, section: 'Rescoring stalled' },
  ];
};

/** Lists what is wrong or isn't known of a deployment, in the order of the page. */
export const listFindings = (health: Health): readonly Finding[] => [
  ...findQuarantine(health),
  ...findDeadLetters(health),
  ...findSources(health),
  ...findDeliveries(health),
  ...findClock(health),
  ...findAnchors(health),
  ...findRescoring(health),
];

/** The state of the whole: all is well only if everything is known to be. */
export type Overall = 'well' | 'wrong' | 'unknown';

/** Returns the state of the whole. */
export const judgeOverall = (findings: readonly Finding[]): Overall => {
  if (findings.some(({ weight }) => weight === 'wrong')) return 'wrong';
  return findings.some(({ weight }) => weight === 'unknown') ? 'unknown' : 'well';
};
