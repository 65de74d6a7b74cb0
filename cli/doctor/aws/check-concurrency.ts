import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type Finding, ok, problem } from '../finding.ts';
import { ask, explainUnknown, impatient, type LookConfig } from './look.ts';

/** The quota of concurrent executions of Lambda. */
const quotaCode = 'L-B99A9384';

/**
 * Checks whether the account lets as many functions run at once as the queues ask for. New accounts have a quota of 10.
 *
 * @param needed the batches that functions work on at once when all queues are full
 */
export const checkConcurrency = async (config: LookConfig, needed: number): Promise<Finding> => {
  const check = 'Lambda concurrency';
  const client = new LambdaClient(impatient(config));
  const answer = await ask(() => client.send(new GetAccountSettingsCommand({})));
  client.destroy();
  if ('failure' in answer) return explainUnknown(check, answer.failure, 'lambda:GetAccountSettings');
  const { UnreservedConcurrentExecutions: free, ConcurrentExecutions: all } = answer.value.AccountLimit ?? {};
  const available = free ?? all;
  if (available === undefined)
    return explainUnknown(
      check,
      { name: 'NoLimit', message: 'the answer names no limit' },
      'lambda:GetAccountSettings',
    );
  if (available >= needed)
    return ok(check, `${available} executions at once, and full queues ask for ${needed}`);
  return problem(
    check,
    `${available} executions at once, and full queues ask for ${needed}: throttled events would wait, and in the end become dead letters`,
    `ask for more, which is free: \`aws service-quotas request-service-quota-increase --service-code lambda --quota-code ${quotaCode} --desired-value 1000 --region ${config.region}\``,
  );
};
