import { resolve } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../cdk.json' with { type: 'json' };
import { checkContextNames } from './context-names.ts';
import { findRegion, readDestination } from './destination.ts';
import { type Environment, type EnvironmentName, parseEnvironment } from './environments.ts';
import { checkAlarmTopic, readOverrides } from './overrides.ts';
import { StatefulStack } from './stacks/stateful.ts';
import { StatelessStack } from './stacks/stateless.ts';
import { readTokenIssuer } from './token-issuer.ts';

const projectRoot = resolve(import.meta.dirname, '..');

export interface SluiceAppProps {
  /**
   * The folder for the cloud assembly.
   *
   * @default - chosen by the CDK: `cdk.out` under its CLI, else a temporary folder
   */
  readonly outdir?: string;

  /**
   * The scoring model, relative to the project's root.
   *
   * @default - the context value `model`, else `models/success-ready.json`
   */
  readonly modelFile?: string;

  /**
   * The environment to deploy to.
   *
   * @default - the context value `environment`, else dev
   */
  readonly environment?: EnvironmentName;

  /**
   * The first part of all names, which tells this deployment from others in the same account and region.
   *
   * @default - the context value `name`, else Sluice
   */
  readonly name?: string;

  /**
   * The region to deploy to.
   *
   * @default - the context value `region`, else that of the CDK's command
   */
  readonly region?: string;

  /**
   * The account to deploy to.
   *
   * @default - the context value `account`, else that of the credentials
   */
  readonly account?: string;

  /**
   * Values in place of the environment's own.
   *
   * @default - the context values `keepData`, `anchorLock`, `producers`, `customerManagedKeys` and `deployment`, else
   * none
   */
  readonly overrides?: Partial<Omit<Environment, 'name'>>;

  /**
   * The SNS topic of all alarms.
   *
   * @default - the context value `alarmTopicArn`, else none
   */
  readonly alarmTopicArn?: string;

  /**
   * The issuer of the tokens by which the API knows people: an https URL. It needs an audience.
   *
   * @default - the context value `issuer`, else the API has no door for people
   */
  readonly issuer?: string;

  /**
   * The value, or several, that says of a token that it is meant for Sluice.
   *
   * @default - the context value `audience`
   */
  readonly audience?: string | readonly string[];

  /**
   * Whether the functions are bundled. Without bundling, the templates differ only in the hashes of their assets.
   *
   * @default true
   */
  readonly bundle?: boolean;

  /**
   * Whether synthesis ends with the checks of cdk-nag and CloudFormation's own. Every deployment does.
   *
   * @default true
   */
  readonly validate?: boolean;
}

export interface SluiceApp {
  readonly app: App;
  readonly stateful: StatefulStack;
  readonly stateless: StatelessStack;
  /** A line for people about the settings that apply. */
  readonly settings: string;
}

/**
 * Builds Sluice as a CDK app, ready for `app.synth()`. The feature flags come from `cdk.json` even if no CLI reads it,
 * so that tests and the local runtime synthesize what is deployed.
 */
export const buildSluiceApp = (props: SluiceAppProps = {}): SluiceApp => {
  const validate = props.validate ?? true;
  const app = new App({
    context: { ...cdkJson.context, ...(props.bundle === false && { [BUNDLING_STACKS]: [] }) },
    builtinCloudFormationValidation: validate,
    ...(props.outdir && { outdir: props.outdir }),
  });
  if (validate) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const fromContext = (key: string): string | undefined => app.node.tryGetContext(key);

  checkContextNames(Object.keys(app.node.getAllContext()), Object.keys(cdkJson.context));

  const model = props.modelFile ?? fromContext('model') ?? 'models/success-ready.json';
  const alarmTopicArn = props.alarmTopicArn ?? fromContext('alarmTopicArn');
  const environment: Environment = {
    ...parseEnvironment(props.environment ?? fromContext('environment') ?? 'dev'),
    ...readOverrides(fromContext),
    ...props.overrides,
  };
  const destination = readDestination(
    (key) => ({ name: props.name, region: props.region, account: props.account })[key] ?? fromContext(key),
  );
  const { name, region, account } = destination;
  checkAlarmTopic(environment, alarmTopicArn, findRegion(destination));
  const tokens = readTokenIssuer({
    issuer: props.issuer ?? fromContext('issuer'),
    audience: props.audience ?? fromContext('audience'),
  });
  const deploymentName = `${name}-${environment.name}`;
  const common = {
    deploymentName,
    environment,
    env: { ...(region && { region }), ...(account && { account }) },
  };
  // The ids are the same for each deployment, since the CDK makes them part of the logical ids of event source mappings:
  // with another id CloudFormation would create a second mapping of a queue, which Lambda refuses.
  const stateful = new StatefulStack(app, 'SluiceStateful', {
    ...common,
    stackName: `${deploymentName}-Stateful`,
  });
  const stateless = new StatelessStack(app, 'SluiceStateless', {
    ...common,
    stackName: `${deploymentName}-Stateless`,
    stateful,
    modelFile: resolve(projectRoot, model),
    ...(alarmTopicArn && { alarmTopicArn }),
    tokens,
  });
  const { keepData, deployment } = environment;
  const where = region === undefined ? '' : `, region ${region}`;
  const settings =
    `environment ${environment.name}${where}, model ${model}, keepData ${keepData}, deployment ${deployment}, ` +
    `API for services${tokens === undefined ? '' : ` and people of ${tokens.issuer}`}`;
  return { app, stateful, stateless, settings };
};
