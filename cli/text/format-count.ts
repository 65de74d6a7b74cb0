/**
 * Returns a number with its noun in the singular or plural.
 *
 * @example formatCount(2, 'event') // '2 events'
 */
export const formatCount = (count: number, singular: string, plural = `${singular}s`): string =>
  `${count} ${count === 1 ? singular : plural}`;
