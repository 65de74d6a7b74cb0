import { environmentOf } from '../../infra/environments.ts';
import { type Deployment, withDeployment } from '../metered/deployment.ts';
import { type Flow, runFlow } from '../metered/flow.ts';
import { type History, inFives, readSample } from '../pipeline/stream.ts';
import { fixedLinesOf } from './fixed.ts';
import { type CostLine, type Deployed, linesOf, untilLedger } from './lines.ts';
import { usualLinesOf } from './usual-scheme.ts';

export interface Costs {
  readonly isolated: readonly CostLine[];
  readonly fives: readonly CostLine[];
  /** The parts of both that end with the ledger. */
  readonly scored: { readonly isolated: readonly CostLine[]; readonly fives: readonly CostLine[] };
  /** The cost by the usual scheme, for comparison. */
  readonly usual: readonly CostLine[];
  /** The monthly cost that doesn't depend on events. */
  readonly fixed: readonly CostLine[];
  readonly flows: { readonly isolated: Flow; readonly fives: Flow };
}

/**
 * The sizes of batches of the stream and of announcements: between those of a quiet system and the maxima, 100 and 10.
 */
const fill = { streamBatch: 10, followBatch: 5 };

const deployedOf = ({ blueprint }: Deployment): Deployed => ({
  memory: Object.fromEntries(
    blueprint.functions.map(({ properties }) => [
      properties.Environment?.Variables.POWERTOOLS_SERVICE_NAME ?? '',
      properties.MemorySize,
    ]),
  ),
  archiveDays: environmentOf('prod').archiveRetention.toDays(),
});

const metricsOf = ({ usages }: Flow): number =>
  new Set(usages.flatMap(({ service, usage }) => usage.metrics.map((metric) => `${service} ${metric}`))).size;

const flowOf = (histories: readonly History[], leads: number, each: number) =>
  withDeployment(async (deployment) => ({
    flow: await runFlow(deployment, histories, { leads, each, ...fill }),
    deployed: deployedOf(deployment),
    fixed: (metrics: number) => fixedLinesOf(deployment.assembly, metrics),
  }));

/** Measures the cost of the sample stream: with one event of a lead in each batch, and with five. */
export const measureCost = async (): Promise<Costs> => {
  const sample = readSample();
  const one = await flowOf(sample, 50, 1);
  const five = await flowOf(inFives(sample), 10, 5);
  return {
    isolated: linesOf(one.flow, one.deployed),
    fives: linesOf(five.flow, five.deployed),
    scored: {
      isolated: linesOf(untilLedger(one.flow), one.deployed),
      fives: linesOf(untilLedger(five.flow), five.deployed),
    },
    usual: usualLinesOf(one.flow, one.deployed),
    fixed: one.fixed(metricsOf(one.flow)),
    flows: { isolated: one.flow, fives: five.flow },
  };
};
