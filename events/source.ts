/**
 * The source of Sluice's own events. It has a file of its own, so that code that only sends events doesn't load the
 * schemas.
 */
export const sluiceSource = 'sluice';

/** The source of the events that the API makes of requests. */
export const apiSource = 'sluice.api';

/** The source of rescorings. */
export const rescoringSource = 'sluice.rescore';

/** Returns whether a source is one that Sluice gives to its own events: whoever used it would pose as a part of it. */
export const isOwnSource = (source: unknown): boolean =>
  typeof source === 'string' && (source === sluiceSource || source.startsWith(`${sluiceSource}.`));
