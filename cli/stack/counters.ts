/** What the functions counted, read off the metrics that they print (CloudWatch's embedded metric format). */
export interface Counters {
  readonly read: (line: string) => void;
  readonly of: (metric: string) => number;
}

const isMetric = (value: unknown): value is Record<string, unknown> & { _aws: unknown } =>
  typeof value === 'object' && value !== null && '_aws' in value;

export const createCounters = (onChange: () => void = () => {}): Counters => {
  const totals = new Map<string, number>();
  const add = (name: string, value: unknown) => {
    const amounts = Array.isArray(value) ? value : [value];
    const sum = amounts.reduce<number>(
      (total, amount) => total + (typeof amount === 'number' ? amount : 0),
      0,
    );
    totals.set(name, (totals.get(name) ?? 0) + sum);
  };
  return {
    read(line) {
      if (!line.includes('"_aws"')) return;
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        return; // a line of somebody else's that only mentions the word
      }
      if (!isMetric(value)) return;
      for (const [name, amount] of Object.entries(value)) if (name !== '_aws') add(name, amount);
      onChange();
    },
    of: (metric) => totals.get(metric) ?? 0,
  };
};

/** Deliveries that have been settled, one way or the other. */
export const settledOf = (counters: Counters): number =>
  counters.of('EventsRecorded') + counters.of('EventsDuplicate') + counters.of('EventsQuarantined');
