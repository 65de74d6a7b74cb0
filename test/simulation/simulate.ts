import type { Finding } from '../invariants/evidence.ts';
import { checkInvariants } from '../invariants/index.ts';
import { drawPlan, type Plan } from './load/plan.ts';
import { beQuiet } from './quiet.ts';
import type { StepReport } from './scheduler/scheduler.ts';
import { createMemoryStore } from './services/memory-store.ts';
import type { OpenStore } from './world/core.ts';
import { run } from './world/run.ts';
import type { Sabotage } from './world/sabotage.ts';

export interface SimulateProps {
  /** Opens the tables. @default in memory */
  readonly openStore?: OpenStore | undefined;
  readonly sabotage?: Sabotage | undefined;
  /** Called after each step. */
  readonly onStep?: ((report: StepReport) => void) | undefined;
  /** Changes the plan that the seed has drawn. */
  readonly plan?: ((drawn: Plan) => Plan) | undefined;
}

/** The outcome of a seed. */
export interface Outcome {
  readonly seed: number;
  readonly findings: readonly Finding[];
  readonly steps: number;
  /** The number of events that came in. */
  readonly events: number;
  readonly worked: number;
  /** A digest of the run: two runs of one seed have the same. */
  readonly digest: string;
  /** The number of times that each fault struck. */
  readonly faults: ReadonlyMap<string, number>;
}

const openInMemory: OpenStore = (faults, { pageItems }) => createMemoryStore(faults, pageItems);

const failure = (seed: number, error: unknown): Outcome => ({
  seed,
  findings: [
    { invariant: 'run', text: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  ],
  steps: 0,
  events: 0,
  worked: 0,
  digest: '',
  faults: new Map(),
});

/** Runs the world of a seed and checks its results. The same seed always gives the same outcome. */
export const simulate = async (seed: number, props: SimulateProps = {}): Promise<Outcome> => {
  beQuiet();
  const { openStore = openInMemory, plan = (drawn: Plan) => drawn, ...rest } = props;
  try {
    const { world, evidence } = await run({ plan: plan(drawPlan(seed)), openStore, ...rest });
    return {
      seed,
      findings: checkInvariants(evidence),
      steps: world.scheduler.steps,
      events: evidence.arrivals.size,
      worked: evidence.history.worked.reduce((sum, { given }) => sum + given.length, 0),
      digest: `${world.scheduler.digest.toString(16)}-${evidence.history.writes.length}-${evidence.announced.length}`,
      faults: world.faults.struck,
    };
  } catch (error) {
    return failure(seed, error);
  }
};
