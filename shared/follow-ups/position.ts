import type { ActionEvent } from '../../events/index.ts';
import { type Item, S, text, UnreadableItemError } from '../dynamodb/index.ts';
import { buildPositionKey } from '../keys/index.ts';

/** Returns the attribute of an announcement's position: the same for all announcements of one entry. */
export const positionField = ({ data }: ActionEvent): Item => ({ position: S(buildPositionKey(data)) });

/** Reads the position of a follow-up. @throws UnreadableItemError */
export const readPosition = (item: Item): { readonly version: number; readonly ordinal: number } => {
  const [, version, ordinal] = /^(\d+)\.(\d+)$/.exec(text(item, 'position')) ?? [];
  if (version === undefined || ordinal === undefined) throw new UnreadableItemError(item, 'position');
  return { version: Number(version), ordinal: Number(ordinal) };
};

/** Returns the attributes that relate a follow-up to the announcement that it follows. */
export const causeFields = (event: ActionEvent): Item => ({
  ...positionField(event),
  occurredAt: S(event.metadata.occurredAt),
  correlationId: S(event.metadata.correlationId ?? event.metadata.eventId),
  causationId: S(event.metadata.eventId),
});
