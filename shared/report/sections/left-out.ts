import { type Observation, type Remark, remarks } from '../observations.ts';

/** The number of leads and events that the figures leave out, or count with a reservation. */
export interface LeftOut extends Readonly<Record<Remark, number>> {
  /** The leads that were last scored by other models than that of the report, by model; the most frequent first. */
  readonly otherModels: readonly { readonly model: string; readonly leads: number }[];
}

/** The most models that are named; a table has few, but nothing bounds their number. */
const mostModels = 100;
const allOthers = 'others';

export const tallyLeftOut = () => {
  const counts = Object.fromEntries(remarks.map((remark) => [remark, 0])) as Record<Remark, number>;
  const models = new Map<string, number>();
  return {
    add(observation: Extract<Observation, { kind: 'remark' | 'model' }>): void {
      if (observation.kind === 'remark') counts[observation.remark]++;
      else {
        const { version } = observation;
        const name = models.has(version) || models.size < mostModels ? version : allOthers;
        models.set(name, (models.get(name) ?? 0) + 1);
      }
    },
    result: (): LeftOut => ({
      ...counts,
      otherModels: [...models]
        .map(([model, leads]) => ({ model, leads }))
        .sort((a, b) => b.leads - a.leads || (a.model < b.model ? -1 : 1)),
    }),
  };
};
