import { resolve } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../cdk.json' with { type: 'json' };
import { type AddedConsole, addConsole } from './add-console.ts';
import { chooseModel } from './choose-model.ts';
import { readConsoleSettings } from './console-settings.ts';
import { checkContextNames } from './context-names.ts';
import { findRegion, readDestination } from './destination.ts';
import { checkedSources, checkedSubscriptions } from './documents.ts';
import { type Environment, type EnvironmentName, parseEnvironment } from './environments.ts';
import { readHooksUrl } from './hooks-url.ts';
import { checkAlarmTopic, readOverrides } from './overrides.ts';
import { StatefulStack } from './stacks/stateful.ts';
import { StatelessStack, type StatelessStackProps } from './stacks/stateless.ts';
import { readTokenIssuer, type TokenIssuer } from './token-issuer.ts';

const projectRoot = resolve(import.meta.dirname, '..');

export interface SluiceAppProps {
  /**
   * The folder for the cloud assembly.
   *
   * @default - chosen by the CDK: `cdk.out` under its CLI, else a temporary folder
   */
  readonly outdir?: string;

  /**
   * The model by which the leads of an empty table are judged first, relative to the project's root.
   *
   * @default - the context value `model`, else `models/success-ready.json`; prod refuses to have none
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
   * The folder of the documents of sources, relative to the project's root.
   *
   * @default - the context value `sources`, else there is no door for webhooks
   */
  readonly sources?: string;

  /**
   * The URL at which webhooks arrive, if a domain of the account's own is in front of their API.
   *
   * @default - the context value `hooksUrl`, else that of the API
   */
  readonly hooksUrl?: string;

  /**
   * The folder of the documents of subscriptions, relative to the project's root.
   *
   * @default - the context value `deliveries`, else nothing is delivered
   */
  readonly deliveries?: string;

  /**
   * The values of the console: `console`, `signIn`, `clientId` and so on, as the context has them.
   *
   * @default - the context values of these names, else there is no console
   */
  readonly consoleContext?: Readonly<Record<string, unknown>>;

  /**
   * Whether the app runs on this machine. Targets may be on this machine then, as tests of them are, and the console is
   * served by the local stack itself.
   *
   * @default false
   */
  readonly local?: boolean;

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
  /** The stacks of the console, if there are any. */
  readonly added: AddedConsole | undefined;
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

  const alarmTopicArn = props.alarmTopicArn ?? fromContext('alarmTopicArn');
  const environment: Environment = {
    ...parseEnvironment(props.environment ?? fromContext('environment') ?? 'dev'),
    ...readOverrides(fromContext),
    ...props.overrides,
  };
  const model = chooseModel(environment, props.modelFile ?? fromContext('model'));
  const destination = readDestination(
    (key) => ({ name: props.name, region: props.region, account: props.account })[key] ?? fromContext(key),
  );
  const { name, region, account } = destination;
  checkAlarmTopic(environment, alarmTopicArn, findRegion(destination));
  const givenIssuer = {
    issuer: props.issuer ?? fromContext('issuer'),
    audience: props.audience ?? fromContext('audience'),
  };
  const given = { ...givenIssuer, ...props.consoleContext };
  const consoleSettings = readConsoleSettings(
    (key) => new Map(Object.entries(given)).get(key) ?? fromContext(key),
  );
  const ofIssuer = readTokenIssuer(givenIssuer);
  const folderOf = (name: 'sources' | 'deliveries'): string | undefined => props[name] ?? fromContext(name);
  const integrations = readIntegrations(folderOf, {
    hooksUrl: props.hooksUrl ?? fromContext('hooksUrl'),
    allowLoopback: props.local ?? false,
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
    partnerBuses: integrations.sources?.flatMap((source) => ('bus' in source ? [source.bus] : [])) ?? [],
  });
  // The local stack serves the console itself.
  const added =
    consoleSettings === undefined || props.local
      ? undefined
      : addConsole(app, { settings: consoleSettings, tokens: ofIssuer, common, alarmTopicArn });
  const stateless = new StatelessStack(app, 'SluiceStateless', {
    ...common,
    stackName: `${deploymentName}-Stateless`,
    stateful,
    modelFile: resolve(projectRoot, model),
    ...(alarmTopicArn && { alarmTopicArn }),
    tokens: ofIssuer,
    ...(added && { tokens: added.tokens, peopleApi: added.peopleApi }),
    ...integrations,
  });
  const { keepData, deployment } = environment;
  const where = region === undefined ? '' : `, region ${region}`;
  const settings =
    `environment ${environment.name}${where}, model ${model}, keepData ${keepData}, deployment ${deployment}, ` +
    `API for services${describePeople(ofIssuer, added)}` +
    describeIntegrations(integrations);
  return { app, stateful, stateless, added, settings };
};

const describePeople = (tokens: TokenIssuer | undefined, added: AddedConsole | undefined): string => {
  const people = added?.signIn === undefined ? tokens?.issuer : 'a user pool';
  return `${people === undefined ? '' : ` and people of ${people}`}${added === undefined ? '' : ', console'}`;
};

/** The documents of what comes in by webhook, and of what is delivered. */
type Integrations = Pick<StatelessStackProps, 'sources' | 'hooksUrl' | 'subscriptions'>;

const readIntegrations = (
  folderOf: (name: 'sources' | 'deliveries') => string | undefined,
  { hooksUrl, allowLoopback }: { readonly hooksUrl: unknown; readonly allowLoopback: boolean },
): Integrations => {
  const [sources, deliveries] = [folderOf('sources'), folderOf('deliveries')];
  return {
    ...(sources !== undefined && { sources: checkedSources(resolve(projectRoot, sources)) }),
    hooksUrl: readHooksUrl(hooksUrl, sources),
    ...(deliveries !== undefined && {
      subscriptions: checkedSubscriptions(resolve(projectRoot, deliveries), allowLoopback),
    }),
  };
};

const list = (what: string, documents: readonly { readonly name: string }[] | undefined): string =>
  documents === undefined ? '' : `, ${what} ${documents.map(({ name }) => name).join(' ') || 'none'}`;

const describeIntegrations = ({ sources, subscriptions }: Integrations): string =>
  `${list('sources', sources)}${list('deliveries', subscriptions)}`;
