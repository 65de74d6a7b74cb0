import type { Consumed } from './meter.ts';

/** The usage of one function for all its batches. */
export interface FunctionUsage {
  readonly invocations: number;
  readonly records: number;
  /** The CPU time of one warm invocation, in milliseconds. */
  readonly cpu: number;
  /** The CPU time of the slowest invocation, in milliseconds. */
  readonly slowest: number;
  /** The peak memory, in MB. */
  readonly peak: number;
  /** The size of the log in bytes; metrics are log lines too. */
  readonly logBytes: number;
  /** The custom metrics written, by name and dimensions. */
  readonly metrics: readonly string[];
  readonly consumed: Consumed;
}

/**
 * The bytes charged in addition to each log event:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
const bytesBesideLine = 26;

export const sumLogBytes = (lines: readonly string[]): number =>
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

/** Returns the metrics in a line. Each name with each set of dimension values is charged as one metric. */
const parseMetrics = (line: string): string[] => {
  const { _aws, ...values } = JSON.parse(line) as EmbeddedMetrics;
  return (_aws?.CloudWatchMetrics ?? []).flatMap(({ Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.map(({ Name }) => [Name, ...names.map((name) => `${name}=${values[name]}`)].join(' ')),
    ),
  );
};

/** Returns the metrics in lines of the embedded metric format, which are JSON with `_aws`. */
export const listMetrics = (lines: readonly string[]): string[] => [
  ...new Set(lines.filter((line) => line.startsWith('{')).flatMap(parseMetrics)),
];

/** Returns the mean of the later half, because the first invocations run code that isn't compiled yet. */
export const warmMean = (values: readonly number[]): number => {
  const warm = values.slice(Math.floor(values.length / 2));
  return warm.reduce((sum, value) => sum + value, 0) / Math.max(1, warm.length);
};
