import type { Context } from '../context.ts';
import { type Finding, ok, problem, unknown } from '../finding.ts';
import { describeFailedPlan, describePlan, type Plan, readPlan } from '../plan.ts';
import { checkConcurrency } from './check-concurrency.ts';
import { checkModel } from './check-model.ts';
import { checkBootstrap, checkBus, checkStacks } from './check-stacks.ts';
import { type FoundRegion, findRegion } from './find-region.ts';
import { checkIdentity } from './identity.ts';
import type { LookConfig } from './look.ts';

export interface AccountCheckProps {
  /** The context values of the deployment. */
  readonly context: Context;
  /** The profile of the AWS configuration. @default - that of the environment */
  readonly profile?: string | undefined;
}

interface Access {
  readonly findings: readonly Finding[];
  /** The configuration and account to ask on with, if AWS accepts the credentials. */
  readonly granted?: { readonly config: LookConfig; readonly account: string };
}

const regionMissing = problem(
  'region',
  'none is named; the CDK would take us-east-1',
  'name it: `-c region=eu-central-1`, or set AWS_REGION',
);

/** Whether a text may be the name of a region. The SDK fails before it asks if it can't be a part of a host. */
const isRegionName = (text: string): boolean => /^[a-z\d]+(-[a-z\d]+)+$/.test(text);

const checkAccess = async ({
  context,
  profile,
}: AccountCheckProps): Promise<Access & { found?: FoundRegion }> => {
  const found = await findRegion(context, profile);
  if (found === undefined) return { findings: [regionMissing] };
  const { region, source } = found;
  if (!isRegionName(region)) {
    const given = `${source}: given ${JSON.stringify(region)}; allowed: the name of a region`;
    return { findings: [problem('region', given, 'name it, such as `-c region=eu-central-1`')] };
  }
  const config = { region, ...(profile !== undefined && { profile }) };
  const { finding, account } = await checkIdentity(config, context.account);
  return {
    found,
    findings: [ok('region', `${region} (${source})`), finding],
    ...(account !== undefined && { granted: { config, account } }),
  };
};

export interface QuickCheckProps extends AccountCheckProps {
  /** The stack that `cdk bootstrap` made. @default - the bootstrap is not looked at */
  readonly toolkit?: string | undefined;
}

/** Checks only what the CDK's command would fail at within its first minute: region, credentials and bootstrap. */
export const checkAccountQuickly = async ({ toolkit, ...props }: QuickCheckProps): Promise<Finding[]> => {
  const { findings, granted } = await checkAccess(props);
  if (granted === undefined || toolkit === undefined) return [...findings];
  return [...findings, await checkBootstrap(granted.config, granted.account, toolkit)];
};

/** Compares the region of the topic, if one is named. Whether the environment needs one is known to the synthesis. */
const checkTopic = (topic: string | undefined, region: string): Finding[] => {
  if (topic === undefined) return [];
  const check = 'alarm topic';
  const of = topic.split(':')[3];
  return [
    of === region
      ? ok(check, `in ${region}, like the stacks`)
      : problem(
          check,
          `it is in ${of || 'no region'}, and the stacks are in ${region}: an alarm can notify no topic of another region`,
          `name a topic in ${region}: \`aws sns create-topic --name on-call --region ${region}\``,
        ),
  ];
};

/** The checks that ask AWS about the deployment, or why they could not be made. */
const checkDeployment = async (
  granted: Access['granted'],
  plan: Plan | undefined,
): Promise<readonly Finding[]> => {
  if (granted === undefined) {
    const why = 'not looked at: AWS was not asked, see above';
    return ['CDK bootstrap', 'Lambda concurrency', 'stacks'].map((check) => unknown(check, why));
  }
  const { config, account } = granted;
  const bootstrap = checkBootstrap(config, account);
  if (plan === undefined) {
    const why = 'not looked at: the deployment could not be prepared, see below';
    return [await bootstrap, ...['Lambda concurrency', 'stacks'].map((check) => unknown(check, why))];
  }
  const { concurrency, stacks, stateful, busName, model } = plan;
  return (
    await Promise.all([
      bootstrap,
      checkConcurrency(config, concurrency),
      checkStacks(config, stacks),
      busName === undefined ? [] : checkBus(config, busName, stateful),
      checkModel(config, stateful, model),
    ])
  ).flat();
};

/** Checks what a deployment needs of an account of AWS. Nothing is changed there. */
export const checkAccount = async (props: AccountCheckProps): Promise<Finding[]> => {
  const reading = readPlan(props.context).then(
    (plan) => ({ plan, findings: describePlan(plan) }),
    (error: unknown) => ({ plan: undefined, findings: [describeFailedPlan(error)] }),
  );
  const { found, findings, granted } = await checkAccess(props);
  const { plan, findings: planned } = await reading;
  return [
    ...findings,
    ...(await checkDeployment(granted, plan)),
    ...(found === undefined ? [] : checkTopic(props.context.alarmTopicArn, found.region)),
    ...planned,
  ];
};
