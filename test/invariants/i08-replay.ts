import { isDeepStrictEqual } from 'node:util';
import type { Item } from '../../shared/dynamodb/index.ts';
import { contentKey } from './content.ts';
import type { Evidence, History, Invariant, Snapshot } from './evidence.ts';
import { joinTexts, textOf } from './reading.ts';

const byKey = (items: readonly Item[]): Map<string, unknown> =>
  new Map(items.map((item) => [`${textOf(item, 'pk')} ${textOf(item, 'sk')}`, item]));

/**
 * The attributes that another delivery may change: how often and when it was rejected, how often it was redacted, and
 * the stored envelope.
 */
const changing = new Set(['times', 'steps', 'lastReceivedAt', 'expiresAt', 'textId', 'bytes', 'parts']);

/** The attributes of a merge with an erased lead that its redaction removes as soon as somebody has decided about it. */
const ofDecision = [
  'origin',
  'status',
  'text',
  'leadId',
  'mergedLeadId',
  'rejectedEventId',
  'rejectedSource',
  'rejectedType',
];

/**
 * The attributes that may change for some codes: the reasons of an event that is ahead of time contain the time of day;
 * those of a merge name the leads that are erased by now, and one that was decided about is open again.
 */
const changingBy: Readonly<Record<string, readonly string[]>> = {
  'ahead-of-time': ['reasons'],
  'merge-with-erased': ['reasons', ...ofDecision],
};

const withoutChanging = (item: Item): Item => {
  const ofCode = changingBy[textOf(item, 'code')] ?? [];
  return Object.fromEntries(
    Object.entries(item).filter(([name]) => !changing.has(name) && !ofCode.includes(name)),
  );
};

/** Returns the reasons and the content of each quarantined event. */
const byEvent = (items: readonly Item[]): Map<string, unknown> => {
  const texts = joinTexts(items);
  const heads = items.filter((item) => textOf(item, 'sk') === 'META');
  return new Map(
    heads.map((head) => {
      const text = texts.get(textOf(head, 'pk'));
      const whole = text === undefined ? head : { ...head, text: { S: contentKey(text) } };
      return [`quarantine ${textOf(head, 'pk')}`, withoutChanging(whole)];
    }),
  );
};

const listChanges = (before: Map<string, unknown>, after: Map<string, unknown>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => !isDeepStrictEqual(before.get(key), after.get(key)))
    .map((key) => {
      const verb = before.has(key) ? (after.has(key) ? 'changed' : 'removed') : 'added';
      return `replaying the archive ${verb} ${key}`;
    });

const findAnnouncedAnew = ({ beforeReplay }: History, { announced }: Evidence): string[] => {
  const idOf = (event: (typeof announced)[number]) => event.detail.metadata.eventId;
  const known = new Set(announced.slice(0, beforeReplay.announced).map(idOf));
  return announced
    .slice(beforeReplay.announced)
    .filter((event) => !known.has(idOf(event)))
    .map((event) => `replaying the archive announced the ${event['detail-type']} ${idOf(event)}`);
};

const compare = (before: Snapshot, after: Snapshot): string[] => [
  ...listChanges(byKey(before.leads), byKey(after.leads)),
  ...listChanges(byEvent(before.quarantine), byEvent(after.quarantine)),
];

export const replayChangesNothing: Invariant = {
  id: 'I8',
  rule: 'replaying the whole archive changes no state and announces nothing',
  checkHistory: (history, evidence) => [
    ...compare(history.beforeReplay, history.afterReplay),
    ...findAnnouncedAnew(history, evidence),
  ],
};
