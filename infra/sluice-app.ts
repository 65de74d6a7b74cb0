import { resolve } from 'node:path';
import { App, type Duration, Validations } from 'aws-cdk-lib';
import { BUNDLING_STACKS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../cdk.json' with { type: 'json' };
import { type AnchorLock, anchorLocks } from './constructs/anchors-bucket.ts';
import { StatefulStack } from './stacks/stateful.ts';
import { StatelessStack } from './stacks/stateless.ts';

const projectRoot = resolve(import.meta.dirname, '..');

export interface SluiceAppProps {
  /**
   * Where the cloud assembly is written.
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
   * Whether tables, bus and archive outlive their stack and refuse deletion.
   *
   * @default - true, unless the context value `keepData` is `false`
   */
  readonly keepData?: boolean;

  /**
   * How long the archive can replay what was on the bus.
   *
   * @default - 30 days
   */
  readonly archiveRetention?: Duration;

  /**
   * How anchors of the ledgers are locked.
   *
   * @default - the context value `anchorLock`, else governance
   */
  readonly anchorLock?: AnchorLock;

  /**
   * The SNS topic that hears of every alarm.
   *
   * @default - the context value `alarmTopicArn`, else no one hears
   */
  readonly alarmTopicArn?: string;

  /**
   * Whether the functions are bundled. Without, the templates are the same but for the hashes of their assets.
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
}

/** A switch of the context, true unless it says false. Anything else is refused: it may guard data. */
const switchOf = (name: string, given: unknown): boolean => {
  const text = String(given ?? true);
  if (text === 'true' || text === 'false') return text === 'true';
  throw new Error(`context ${name}: given ${JSON.stringify(given)}; allowed: true, false`);
};

/** @throws Error for anything but a lock: a typing error must not leave anchors less protected than was meant */
const lockOf = (given: unknown): AnchorLock => {
  const lock = anchorLocks.find((each) => each === (given ?? 'governance'));
  if (lock !== undefined) return lock;
  throw new Error(`context anchorLock: given ${JSON.stringify(given)}; allowed: ${anchorLocks.join(', ')}`);
};

/**
 * Sluice as a CDK app, ready for `app.synth()`. The feature flags come from `cdk.json` also when no CLI reads
 * it, so that what tests and the local runtime synthesize is what is deployed.
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

  const model = props.modelFile ?? fromContext('model') ?? 'models/success-ready.json';
  const alarmTopicArn = props.alarmTopicArn ?? fromContext('alarmTopicArn');
  const stateful = new StatefulStack(app, 'SluiceStateful', {
    keepData: props.keepData ?? switchOf('keepData', fromContext('keepData')),
    anchorLock: lockOf(props.anchorLock ?? fromContext('anchorLock')),
    ...(props.archiveRetention && { archiveRetention: props.archiveRetention }),
  });
  const stateless = new StatelessStack(app, 'SluiceStateless', {
    stateful,
    modelFile: resolve(projectRoot, model),
    ...(alarmTopicArn && { alarmTopicArn }),
  });
  return { app, stateful, stateless };
};
