import { isDeepStrictEqual } from 'node:util';
import type { Item } from '../../../shared/dynamodb/index.ts';
import { contentKey } from '../load/entry.ts';
import type { Evidence, Invariant, Snapshot } from './evidence.ts';
import { textOf, textsIn } from './reading.ts';

const byKey = (items: readonly Item[]): Map<string, unknown> =>
  new Map(items.map((item) => [`${textOf(item, 'pk')} ${textOf(item, 'sk')}`, item]));

/** How often and when an event was rejected may change, since it came again; and in which of its envelopes it is kept. */
const counted = new Set(['times', 'lastReceivedAt', 'expiresAt', 'textId', 'bytes', 'parts']);

/** Why an event is ahead of time is told with the time of day. */
const told = (item: Item): Item =>
  Object.fromEntries(
    Object.entries(item).filter(
      ([name]) => !counted.has(name) && !(name === 'reasons' && textOf(item, 'code') === 'ahead-of-time'),
    ),
  );

/** What the quarantine holds of each event: why it was rejected, and what it says. */
const quarantined = (items: readonly Item[]): Map<string, unknown> => {
  const texts = textsIn(items);
  const heads = items.filter((item) => textOf(item, 'sk') === 'META');
  return new Map(
    heads.map((head) => {
      const text = texts.get(textOf(head, 'pk'));
      return [`quarantine ${textOf(head, 'pk')}`, [told(head), text && contentKey(text)]];
    }),
  );
};

const changed = (before: Map<string, unknown>, after: Map<string, unknown>): string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => !isDeepStrictEqual(before.get(key), after.get(key)))
    .map((key) => {
      const verb = before.has(key) ? (after.has(key) ? 'changed' : 'removed') : 'added';
      return `replaying the archive ${verb} ${key}`;
    });

const announcedAnew = ({ announced, beforeReplay }: Evidence): string[] => {
  const idOf = (event: (typeof announced)[number]) => event.detail.metadata.eventId;
  const known = new Set(announced.slice(0, beforeReplay.announced).map(idOf));
  return announced
    .slice(beforeReplay.announced)
    .filter((event) => !known.has(idOf(event)))
    .map(
      (event) => `replaying the archive announced a ${event['detail-type']} of ${event.detail.data.leadId}`,
    );
};

const compare = (before: Snapshot, after: Snapshot): string[] => [
  ...changed(byKey(before.leads), byKey(after.leads)),
  ...changed(quarantined(before.quarantine), quarantined(after.quarantine)),
];

export const replayChangesNothing: Invariant = {
  id: 'I8',
  says: 'replaying the whole archive changes no state and announces nothing',
  check: (evidence) => [...compare(evidence.beforeReplay, evidence.afterReplay), ...announcedAnew(evidence)],
};
