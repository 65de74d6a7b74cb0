import type { Consumed } from './meter.ts';

/** What one function took for all that it was handed. */
export interface FunctionUsage {
  readonly invocations: number;
  readonly records: number;
  /** Milliseconds of CPU time of one invocation, once warm. */
  readonly cpu: number;
  /** The same of the one that took the most. */
  readonly slowest: number;
  /** The most memory, in MB. */
  readonly peak: number;
  /** What it logged, in bytes; metrics are log lines too. */
  readonly logBytes: number;
  /** The custom metrics that it wrote: name and dimensions. */
  readonly metrics: readonly string[];
  readonly consumed: Consumed;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html counts 26 bytes an event. */
const bytesBesideLine = 26;

export const logBytesOf = (lines: readonly string[]): number =>
  lines.reduce((sum, line) => sum + Buffer.byteLength(line) + bytesBesideLine, 0);

interface EmbeddedMetrics {
  readonly _aws?: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [dimension: string]: unknown;
}

/** Each name with each set of dimension values is a metric that is paid for. */
const metricsIn = (line: string): string[] => {
  const { _aws, ...values } = JSON.parse(line) as EmbeddedMetrics;
  return (_aws?.CloudWatchMetrics ?? []).flatMap(({ Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name }) => [Name, ...names.map((name) => `${name}=${values[name]}`)].join(' ')),
    ),
  );
};

/** Lines of embedded metrics, as CloudWatch reads them: JSON with `_aws`. */
export const metricsOf = (lines: readonly string[]): string[] => [
  ...new Set(lines.filter((line) => line.startsWith('{')).flatMap(metricsIn)),
];

/** The mean of the later half: the first invocations run code that isn't compiled yet. */
export const warmMean = (values: readonly number[]): number => {
  const warm = values.slice(Math.floor(values.length / 2));
  return warm.reduce((sum, value) => sum + value, 0) / Math.max(1, warm.length);
};
