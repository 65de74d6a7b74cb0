import { Duration } from 'aws-cdk-lib';
import { GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';

/** Returns a graph of several metrics, a third of the page wide, so that three related graphs fit in a row. */
export const graph = (
  title: string,
  left: readonly IMetric[],
  options: { readonly right?: readonly IMetric[]; readonly stacked?: boolean } = {},
): GraphWidget =>
  new GraphWidget({
    title,
    left: [...left],
    right: [...(options.right ?? [])],
    stacked: options.stacked ?? false,
    width: 8,
    height: 6,
    period: Duration.minutes(5),
    leftYAxis: { min: 0, showUnits: false },
    rightYAxis: { min: 0, showUnits: false },
  });
