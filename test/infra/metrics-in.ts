import { listResources, type stateless } from './synthesized.ts';

type Template = typeof stateless;

/** A metric that an alarm or the dashboard uses. */
export interface LookedUp {
  /** The alarm or widget that uses it. */
  readonly by: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

interface CfnMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}
interface Alarm extends Partial<CfnMetric> {
  readonly Metrics?: readonly { readonly MetricStat?: { readonly Metric: CfnMetric } }[];
}

const lookedUp = (by: string, { Namespace, MetricName, Dimensions = [] }: CfnMetric): LookedUp => ({
  by,
  namespace: Namespace,
  name: MetricName,
  dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
});

export const listAlarmMetrics = (template: Template): LookedUp[] =>
  listResources<Alarm>(template, 'AWS::CloudWatch::Alarm').flatMap(({ id, properties }) => {
    const { Namespace, MetricName, Metrics = [] } = properties;
    const own = Namespace === undefined || MetricName === undefined ? [] : [properties as CfnMetric];
    return [...own, ...Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? [])].map((metric) =>
      lookedUp(id, metric),
    );
  });

type Row = readonly (string | { readonly expression?: string })[];

export interface Widget {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly metrics?: readonly Row[];
    readonly alarms?: unknown[];
  };
}

export const widgets = (template: Template): Widget[] => {
  const [board] = listResources<{ DashboardBody: string }>(template, 'AWS::CloudWatch::Dashboard');
  return JSON.parse(board?.properties.DashboardBody ?? '{"widgets":[]}').widgets;
};

/** Reads a row of a widget: `[namespace, name, dimension, value, …, options]`; an expression has options alone. */
const ofRow = (by: string, row: Row): LookedUp[] => {
  const [namespace, name, ...pairs] = row.filter((part) => typeof part === 'string');
  if (namespace === undefined || name === undefined) return [];
  const dimensions = Object.fromEntries(
    Array.from({ length: pairs.length / 2 }, (_, i) => [pairs[2 * i] ?? '', pairs[2 * i + 1] ?? '']),
  );
  return [{ by, namespace, name, dimensions }];
};

export const listDashboardMetrics = (template: Template): LookedUp[] =>
  widgets(template).flatMap(({ properties: { title = '', metrics = [] } }) =>
    metrics.flatMap((row) => ofRow(title, row)),
  );
