import type { Action } from '../../events/index.ts';
import type { Change, Closing } from '../lead/index.ts';
import type { DecidedEntry, EntryStanding } from '../ledger/index.ts';
import { quoted } from './describe-event.ts';
import type { TimelineStep } from './timeline.ts';

const describeAction = (action: Action): string => {
  switch (action.kind) {
    case 'none':
      return 'none';
    case 'nurture':
      return `nurture on track "${action.track}"`;
    case 'handoff':
      return `hand-off to "${action.queue}"`;
    default:
      return action satisfies never;
  }
};

const triggers: ReadonlyMap<string, string> = new Map([
  ['first-seen', 'seen for the first time'],
  ['stated', 'it was stated'],
  ['activity', 'by its activity'],
  ['handoff-accepted', 'a hand-off was accepted'],
  ['handoff-rejected', 'a hand-off was rejected'],
  ['won', 'it was won'],
  ['renewed', 'it renewed'],
  ['expanded', 'it expanded'],
  ['lost', 'it was lost'],
  ['handoff-expired', 'nobody answered its hand-off in time'],
  ['time', 'time went on'],
  ['backfill', 'its history was loaded'],
]);

/** Describes how the lead came to its stage, if the entry has the transition. */
const describeTransition = (changes: readonly Change[]): string => {
  const change = changes.find(({ type }) => type === 'LeadStageTransitioned');
  if (change?.type !== 'LeadStageTransitioned') return '';
  const actor = change.actor === undefined ? '' : ` by ${quoted(change.actor)}`;
  return ` (${change.kind}: ${triggers.get(change.trigger) ?? change.trigger}${actor})`;
};

const describeMove = (name: string, before: string | undefined, after: string): string[] =>
  before === after ? [] : [`${name} ${before ?? '–'} → ${after}`];

const describeStanding = (
  { standing, changes }: DecidedEntry,
  before: EntryStanding | undefined,
): string[] => [
  ...describeMove('stage', before?.stage, standing.stage).map(
    (move) => `${move}${describeTransition(changes)}`,
  ),
  ...describeMove('tier', before?.tier ?? 'none', standing.tier),
  ...describeMove('score', before && `${before.score}`, `${standing.score}`),
  ...describeMove('status', before?.status ?? 'active', standing.status),
  ...describeMove(
    'action',
    describeAction(before?.action ?? { kind: 'none' }),
    describeAction(standing.action),
  ),
];

/** Describes what is announced of history: nothing on the way, and how the lead stands once it is loaded. */
const describeHistory = ({ standing: { stage, tier }, changes, silent }: DecidedEntry): string[] => {
  if (silent) return ['not announced, since it is history'];
  return changes.some((change) => 'trigger' in change && change.trigger === 'backfill')
    ? [`its history was loaded, so it is announced as it stands: stage ${stage}, tier ${tier}`]
    : [];
};

/** Describes that the score alone is announced. */
const describeScored = ({ changes }: DecidedEntry): string[] =>
  changes.flatMap((change) =>
    change.type === 'LeadScored'
      ? [`its score is announced; the one announced before was ${change.from}`]
      : [],
  );

/** Describes what an entry changed: stage, tier, score, status and action, each with its value before and after. */
export const describeChanges = ({ entry, before }: Pick<TimelineStep, 'entry' | 'before'>): string => {
  if (entry.kind === 'erased') return 'its content and its changes were erased';
  if (entry.kind === 'closing') return describeClosing(entry.change);
  const moves = [...describeStanding(entry, before), ...describeScored(entry), ...describeHistory(entry)];
  return moves.length === 0 ? 'nothing changed' : moves.join(', ');
};

const describeClosing = (change: Closing): string =>
  change.type === 'LeadErased'
    ? 'the lead was erased: of later events only id, time, type and source are recorded'
    : `the lead was merged into ${change.mergedInto} for good: its events are recorded there from now on`;

const signed = (value: number): string => (value < 0 ? `${value}` : `+${value}`);

const explainChange = (change: Change): string[] => {
  switch (change.type) {
    case 'LeadTierChanged':
    case 'LeadScored':
      return change.reasons.map(({ text, weight }) => `it ${text} (${signed(weight)})`);
    case 'LeadDisqualified':
      return [`it is disqualified: it ${change.because.text}`];
    case 'LeadRequalified':
      return [
        `it is no longer disqualified (before: it ${change.was.text}${change.cause === 'model' ? '; the model changed' : ''})`,
      ];
    case 'HandoffDeadlineMoved':
      return [`the deadline of its hand-off was ${change.effect}`];
    case 'LeadStageTransitioned':
      return []; // `describeChanges` includes its reason.
    default:
      return change satisfies never;
  }
};

/** Describes the reasons that an entry stores: those of a tier, of a disqualification, and of its end. */
export const describeReasons = ({ entry }: Pick<TimelineStep, 'entry'>): string[] =>
  entry.kind === 'decided' ? entry.changes.flatMap(explainChange) : [];
