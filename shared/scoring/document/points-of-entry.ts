/** The points of a value in a table, whether they stand alone or with what else is said of it. */
export const pointsOfEntry = (entry: number | { readonly points: number }): number =>
  typeof entry === 'number' ? entry : entry.points;
