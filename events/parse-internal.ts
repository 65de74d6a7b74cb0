import { BrokenAnnouncementError } from './announcements.ts';
import { type InternalEvent, type InternalType, internalContracts } from './catalogue.ts';
import { isObject } from './is-object.ts';
import { describeProblems } from './problems.ts';
import { sluiceSource } from './source.ts';

/**
 * The id of the events by which a lead's time is advanced. With the instant it is the identity of such an event, so that
 * a producer may not use it.
 */
export const clockEventId = 'sluice.clock';

/** A message from one function of Sluice to another. */
export type OwnEvent = InternalEvent & { readonly source: typeof sluiceSource };

/** Returns whether a type is that of a message between functions, which no producer may send. */
export const isInternalType = (type: unknown): type is InternalType =>
  typeof type === 'string' && Object.hasOwn(internalContracts, type);

/**
 * Parses a message from one function of Sluice to another.
 *
 * @returns undefined for anything else, such as an event of a producer, also if it uses such a type
 * @throws BrokenAnnouncementError if the message breaks its contract
 */
export const parseInternal = (entry: unknown): OwnEvent | undefined => {
  if (!isObject(entry) || entry.source !== sluiceSource) return undefined;
  const { 'detail-type': type, detail } = entry;
  if (!isInternalType(type)) return undefined;
  const parsed = internalContracts[type].detail.safeParse(detail);
  if (!parsed.success)
    throw new BrokenAnnouncementError(type, describeProblems(parsed.error, detail, ['detail']));
  // The contract of `type` parsed the data; TypeScript can't relate the two through the lookup.
  return { type, source: sluiceSource, ...parsed.data } as OwnEvent;
};
