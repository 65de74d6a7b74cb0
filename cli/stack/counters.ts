/** Totals of the metrics that functions print as log lines, in the embedded metric format of CloudWatch. */
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
        return; // A log line that only contains the word.
      }
      if (!isMetric(value)) return;
      for (const [name, amount] of Object.entries(value)) if (name !== '_aws') add(name, amount);
      onChange();
    },
    of: (metric) => totals.get(metric) ?? 0,
  };
};

/** Returns the number of deliveries that have been recorded, recognized as duplicates or quarantined. */
export const countSettled = (counters: Counters): number =>
  counters.of('EventsRecorded') + counters.of('EventsDuplicate') + counters.of('EventsQuarantined');
