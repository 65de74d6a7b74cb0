import type { Metadata } from './envelope.ts';

/**
 * Returns the correlation id of an event: the one that its producer gave it, or else its own id, since it then begins
 * the correlation.
 */
export const correlationIdOf = ({
  eventId,
  correlationId,
}: Pick<Metadata, 'eventId' | 'correlationId'>): string => correlationId ?? eventId;
