import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createModelRegistry, isSameModel, type ModelRegistry } from '../../../shared/model-store/index.ts';
import type { ScoringModel } from '../../../shared/scoring/index.ts';
import { type Finding, ok, problem } from '../finding.ts';
import { describeStack } from './check-stacks.ts';
import { ask, explainUnknown, impatient, type LookConfig } from './look.ts';

const check = 'model';

/** Compares the model's file of a deployment with what its table has. */
export const compareModel = async (
  registry: Pick<ModelRegistry, 'readPointer' | 'load'>,
  { version, document }: ScoringModel,
): Promise<Finding> => {
  const active = (await registry.readPointer())?.active;
  const stored = await registry.load(version);
  const differs = stored !== undefined && !isSameModel(stored, document);
  if (active === undefined)
    return differs
      ? problem(
          check,
          `no model is active, and the file differs from what is stored as ${version}: no event would be judged`,
          'give the file a new version',
        )
      : ok(check, `${version} becomes the active one with the first event`);
  if (differs)
    return problem(
      check,
      `${active} is active; the file differs from what is published as ${version}, and isn't used`,
      `give the file a new version, then publish and activate it; or name the file of ${active}`,
    );
  return ok(
    check,
    version === active ? `${active} is active` : `${active} stays active, and the file isn't used`,
  );
};

/** Checks the model's file against the table of a deployment, if that exists. @param stack the stack with the table */
export const checkModel = async (
  config: LookConfig,
  stack: string,
  model: ScoringModel,
): Promise<readonly Finding[]> => {
  const stacks = new CloudFormationClient(impatient(config));
  const found = await describeStack(stacks, stack);
  stacks.destroy();
  const table = 'value' in found ? found.value?.outputs.LeadsTableName : undefined;
  if (table === undefined) return [];
  const client = new DynamoDBClient(impatient(config));
  const answer = await ask(() => compareModel(createModelRegistry({ client, table, now: () => 0 }), model));
  client.destroy();
  return [
    'failure' in answer ? explainUnknown(check, answer.failure, 'dynamodb:BatchGetItem') : answer.value,
  ];
};
