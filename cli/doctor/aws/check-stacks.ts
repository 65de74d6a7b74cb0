import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { type Finding, ok, problem } from '../finding.ts';
import { ask, explainUnknown, type Failure, impatient, type LookConfig } from './look.ts';

const isMissing = ({ name, message }: Failure): boolean =>
  name === 'ResourceNotFoundException' || (name === 'ValidationError' && /does not exist/.test(message));

interface Described {
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Describes a stack; `undefined` if there is none. */
export const describeStack = (client: CloudFormationClient, name: string) =>
  ask(async (): Promise<Described | undefined> => {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (stack === undefined) return undefined;
    const outputs = (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
      OutputKey,
      OutputValue,
    ]);
    return { status: stack.StackStatus ?? 'unknown', outputs: Object.fromEntries(outputs) };
  });

/** The stack that `cdk bootstrap` makes if it is given no other name. */
export const defaultToolkit = 'CDKToolkit';

/** Checks whether the CDK may deploy to an account and region: it needs a bucket and roles there. */
export const checkBootstrap = async (
  config: LookConfig,
  account: string,
  toolkit = defaultToolkit,
): Promise<Finding> => {
  const check = 'CDK bootstrap';
  const client = new CloudFormationClient(impatient(config));
  const answer = await describeStack(client, toolkit);
  client.destroy();
  const todo = `run \`npx cdk bootstrap aws://${account}/${config.region}\`, once for each account and region`;
  if ('failure' in answer) {
    return isMissing(answer.failure)
      ? problem(check, `account ${account} is not bootstrapped in ${config.region}`, todo)
      : explainUnknown(check, answer.failure, 'cloudformation:DescribeStacks');
  }
  if (answer.value === undefined)
    return problem(check, `there is no stack ${toolkit} in ${config.region}`, todo);
  const { status, outputs } = answer.value;
  return isSettled(status)
    ? ok(check, `version ${outputs.BootstrapVersion ?? 'unknown'} in ${config.region}`)
    : problem(check, `the stack ${toolkit} is ${status}`, todo);
};

/** Whether a stack in this status takes an update. */
const isSettled = (status: string): boolean =>
  /^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK|IMPORT_ROLLBACK)_COMPLETE$/.test(status);

const explainStatus = (check: string, status: string, name: string): Finding => {
  if (isSettled(status)) return ok(check, `deployed already (${status}); a deployment updates it`);
  if (status.endsWith('_IN_PROGRESS')) return problem(check, status, 'wait until it has ended');
  if (status === 'UPDATE_ROLLBACK_FAILED') {
    const todo = `remove the cause, then \`aws cloudformation continue-update-rollback --stack-name ${name}\``;
    return problem(check, status, todo);
  }
  const todo = `look for the first failed event, remove its cause, then delete the stack: \`aws cloudformation delete-stack --stack-name ${name}\``;
  return problem(check, `its creation or deletion failed (${status}), so that nothing can update it`, todo);
};

/** Checks whether the stacks of a deployment can be created or updated. */
export const checkStacks = async (config: LookConfig, names: readonly string[]): Promise<Finding[]> => {
  const client = new CloudFormationClient(impatient(config));
  const findings = await Promise.all(
    names.map(async (name): Promise<Finding> => {
      const check = `stack ${name}`;
      const answer = await describeStack(client, name);
      if ('failure' in answer && !isMissing(answer.failure))
        return explainUnknown(check, answer.failure, 'cloudformation:DescribeStacks');
      const found = 'value' in answer ? answer.value : undefined;
      return found === undefined
        ? ok(check, 'not there yet; it will be created')
        : explainStatus(check, found.status, name);
    }),
  );
  client.destroy();
  return findings;
};

/**
 * Checks whether the name of the bus is free for a first deployment. A deployment of an older version that failed may
 * have left the bus behind.
 *
 * @param stack the stack that creates the bus
 */
export const checkBus = async (config: LookConfig, bus: string, stack: string): Promise<Finding> => {
  const check = `bus ${bus}`;
  const stacks = new CloudFormationClient(impatient(config));
  const buses = new EventBridgeClient(impatient(config));
  const [owner, answer] = await Promise.all([
    describeStack(stacks, stack),
    ask(() => buses.send(new DescribeEventBusCommand({ Name: bus }))),
  ]);
  stacks.destroy();
  buses.destroy();
  if ('failure' in answer) {
    return isMissing(answer.failure)
      ? ok(check, 'the name is free')
      : explainUnknown(check, answer.failure, 'events:DescribeEventBus');
  }
  if ('failure' in owner && !isMissing(owner.failure))
    return explainUnknown(check, owner.failure, 'cloudformation:DescribeStacks');
  if ('value' in owner && owner.value !== undefined) return ok(check, `belongs to ${stack}`);
  return problem(
    check,
    `the name is taken, and no stack ${stack} owns it`,
    `if nothing uses it, delete it: \`aws events delete-event-bus --name ${bus}\`; else deploy with -c name=OTHER`,
  );
};
