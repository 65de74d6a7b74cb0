import { describe, expect, it, type TestContext } from 'vitest';
import type { AppSpec, DeployedApp } from './backends/app.ts';
import type { Backend } from './backends/backend.ts';
import type { Behaviour, Deploy } from './behaviour.ts';
import { conditionalWrites } from './behaviours/conditional-writes.ts';
import { queueMappings } from './behaviours/queue-mappings.ts';
import { queues } from './behaviours/queues.ts';
import { reads } from './behaviours/reads.ts';
import { rules } from './behaviours/rules.ts';
import { streamMappings } from './behaviours/stream-mappings.ts';
import { streamRecords } from './behaviours/stream-records.ts';
import { transactions } from './behaviours/transactions.ts';
import { expectedDifferences, type Kind } from './expected-differences.ts';

/** The result that a test passes to the report. */
export interface Outcome {
  readonly backend: string;
  readonly behaviour: string;
  readonly source: string;
  /** The known difference of the back end; undefined if it must behave as AWS does. */
  readonly differs: string | undefined;
}

declare module 'vitest' {
  interface TaskMeta {
    conformance?: Outcome;
  }
}

const dataBehaviours = [...conditionalWrites, ...transactions, ...reads, ...streamRecords];

const appBehaviours = {
  Queues: queues,
  'Queue mappings': queueMappings,
  'Stream mappings': streamMappings,
  Rules: rules,
};

/** Removes whatever a behaviour has deployed, however it ended. */
const tidied = async (deploy: Deploy, check: (deploy: Deploy) => Promise<void>): Promise<void> => {
  const apps: DeployedApp[] = [];
  try {
    await check(async (spec: AppSpec) => {
      const app = await deploy(spec);
      apps.push(app);
      return app;
    });
  } finally {
    await Promise.all(apps.map((app) => app.stop()));
  }
};

const catchProblem = async (check: () => Promise<void>): Promise<unknown> => {
  try {
    await check();
    return undefined;
  } catch (error) {
    return error;
  }
};

const requireDeploy = ({ name, deploy }: Backend): Deploy => {
  if (deploy === undefined) throw new Error(`${name} runs no apps`);
  return deploy;
};

/**
 * Checks every behaviour against a back end. An expected difference must exist: if it is fixed, the test fails as for a
 * new one, so that the list stays true.
 */
export const runBehaviours = (kind: Kind, backendOf: () => Backend): void => {
  const hold = <World>({ name, source, check }: Behaviour<World>, worldOf: () => World): void => {
    it.concurrent(name, async ({ task }: TestContext) => {
      const differs = expectedDifferences[kind][name];
      task.meta.conformance = { backend: backendOf().name, behaviour: name, source, differs };
      const problem = await catchProblem(() => check(worldOf()));
      if (differs === undefined && problem !== undefined) throw problem;
      if (differs !== undefined) expect(problem, `fixed: it no longer differs (${differs})`).toBeDefined();
    });
  };
  describe.concurrent('DynamoDB', () => {
    for (const behaviour of dataBehaviours) hold(behaviour, () => backendOf().database);
  });
  if (kind === 'dynamodb-local' || kind === 'memory') return;
  for (const [group, behaviours] of Object.entries(appBehaviours)) {
    describe.concurrent(group, () => {
      for (const { check, ...behaviour } of behaviours) {
        hold({ ...behaviour, check: (deploy: Deploy) => tidied(deploy, check) }, () =>
          requireDeploy(backendOf()),
        );
      }
    });
  }
};
