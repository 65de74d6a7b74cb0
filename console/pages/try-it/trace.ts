import type { Answer } from '../../api/call.ts';

export type TimelineEntry = Answer<'getTimeline'>['entries'][number];
export type Lead = Answer<'getLead'>;
type Action = Lead['action'];

/** An instant by the clock of the page, in milliseconds since 1970. */
type Moment = number;

/** The steps of an event that was sent, as far as they were seen. */
export interface Trace {
  readonly eventId: string;
  readonly type: string;
  /** The leads in whose timelines the event may appear. */
  readonly leadIds: readonly string[];
  readonly sentAt: Moment;
  readonly acceptedAt: Moment;
  readonly recorded?: { readonly at: Moment; readonly leadId: string; readonly entry: TimelineEntry };
  readonly followed?: { readonly at: Moment; readonly begun: Begun };
  /** Sends the same event once more. */
  readonly send: () => Promise<unknown>;
  /** Whether the page has stopped looking before everything was there. */
  readonly gaveUp?: true;
  /** The end of a second sending of the same event. */
  readonly again?: Again;
}

/** The hand-off or track that begins after an event, or the reason why nothing does. */
export type Begun =
  | { readonly kind: 'handoff'; readonly queue: string }
  | { readonly kind: 'nurture'; readonly track: string }
  | { readonly kind: 'ended' | 'same' | 'overtaken' | 'nothing-asked' | 'closed' };

export type Again =
  | { readonly kind: 'waiting' | 'moved' }
  | { readonly kind: 'once'; readonly version: number }
  | { readonly kind: 'twice'; readonly count: number };

const isSame = (a: Action, b: Action): boolean =>
  a.kind === b.kind &&
  (a.kind !== 'handoff' || b.kind !== 'handoff' || a.queue === b.queue) &&
  (a.kind !== 'nurture' || b.kind !== 'nurture' || a.track === b.track);

/** Returns the action that an entry asks for; undefined if it has the same as before, or none. */
const findNewAction = (entry: TimelineEntry): Action | 'same' | 'closed' => {
  if (entry.kind !== 'decided') return 'closed';
  const { standing, before } = entry;
  return before !== undefined && isSame(standing.action, before.action) ? 'same' : standing.action;
};

/** The hand-offs and the track of a lead, by which one sees that something has begun. */
export interface Standing {
  readonly handoffs: ReadonlySet<string>;
  readonly track: string | undefined;
}

/** Returns what was begun of a lead so far. */
export const readStanding = (lead: Pick<Lead, 'handoffs' | 'nurture'> | undefined): Standing => ({
  handoffs: new Set(lead?.handoffs?.map(({ id }) => id)),
  track: lead?.nurture?.track,
});

/**
 * Finds what has begun or ended after an event, by the lead as it was before and as it is now. Returns undefined while
 * what the model asks for isn't there yet.
 */
export const findBegun = (
  entry: TimelineEntry,
  before: Standing,
  lead: Lead | undefined,
): Begun | undefined => {
  const action = findNewAction(entry);
  if (action === 'same' || action === 'closed') return { kind: action };
  if (action.kind === 'none') {
    const hadAction = entry.kind === 'decided' && entry.before !== undefined;
    return { kind: hadAction ? 'ended' : 'nothing-asked' };
  }
  if (lead !== undefined && lead.version > entry.version && !isSame(lead.action, action))
    return { kind: 'overtaken' };
  const now = readStanding(lead);
  if (action.kind === 'nurture')
    return now.track === action.track ? { kind: 'nurture', track: action.track } : undefined;
  const isNew = [...now.handoffs].some((id) => !before.handoffs.has(id));
  return isNew ? { kind: 'handoff', queue: action.queue } : undefined;
};

/** Judges whether an event that was sent twice counts twice, by a page of the timeline after the second sending. */
export const judgeAgain = (
  { eventId, recorded }: Pick<Trace, 'eventId' | 'recorded'>,
  timeline: Pick<Answer<'getTimeline'>, 'entries' | 'version'>,
  versionBefore: number | undefined,
): Again => {
  const count = timeline.entries.filter(
    (entry) => entry.eventId === eventId && entry.occurredAt === recorded?.entry.occurredAt,
  ).length;
  if (count > 1) return { kind: 'twice', count };
  const { version } = timeline;
  return version !== undefined && version === versionBefore ? { kind: 'once', version } : { kind: 'moved' };
};
