/** Returns the points of a value in a table, whether they stand alone or in an object with details. */
export const pointsOfEntry = (entry: number | { readonly points: number }): number =>
  typeof entry === 'number' ? entry : entry.points;
