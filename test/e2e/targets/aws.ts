import { resolve } from 'node:path';
import { defaultOutputsFile, readDeployedOutputs } from '../../../cli/stack/outputs.ts';
import { createClients, readers, type Target } from '../target.ts';

/** EventBridge takes a while until a new rule works, and the depths of queues are approximate. */
const pace = { patienceMs: 300_000, intervalMs: 1_000, quietMs: 15_000 };

export interface AwsTargetProps {
  /** The file that `npm run deploy` wrote. @default cdk-outputs.json */
  readonly outputsFile?: string | undefined;
}

/**
 * Opens what is deployed in an account, with the credentials of the environment. The run leaves its leads behind, named
 * after the run, and removes only its own queue and rule: it neither deploys nor deletes.
 */
export const awsTarget = async ({ outputsFile = defaultOutputsFile }: AwsTargetProps): Promise<Target> => {
  // Named, so that a file that isn't there is an error.
  const outputs = await readDeployedOutputs(resolve(outputsFile));
  const clients = createClients();
  return {
    name: 'aws',
    clients,
    ...readers(() => outputs),
    pace,
    close: async () => clients.destroy(),
  };
};
