interface Criterion {
  readonly each?: { readonly answering?: string };
  readonly decay?: object;
}

interface Document {
  readonly dimensions: Readonly<Record<string, { readonly criteria: readonly Criterion[] }>>;
}

const shapes = [{ halfLifeDays: 14 }, { linearDays: 90 }, { percent: 25, everyDays: 30 }, undefined];

/** Returns a model's document with decay of three in four criteria, of every shape. Counts of answers have none. */
export const withDecay = (document: unknown): object => {
  const { dimensions, ...others } = document as Document;
  const fade = (criterion: Criterion, i: number): Criterion => {
    const decay = shapes[i % shapes.length];
    return decay === undefined || criterion.each?.answering !== undefined
      ? criterion
      : { ...criterion, decay };
  };
  return {
    ...others,
    dimensions: Object.fromEntries(
      Object.entries(dimensions).map(([name, dimension]) => [
        name,
        { ...dimension, criteria: dimension.criteria.map(fade) },
      ]),
    ),
  };
};
