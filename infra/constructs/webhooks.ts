import { CfnOutput } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { takenKey } from '../../shared/keys/index.ts';
import type { WebhookSource } from '../../shared/sources/index.ts';
import { documentsBesideBundle } from './document-asset.ts';
import { answerTimeout, type DoorRoute, HttpDoor, type Throttling } from './http-door.ts';
import { grantIntake, type IntakeStores, intakeEnvironment, sourcesFileName } from './intake-grants.ts';
import { grantPartitions } from './item-grants.ts';
import { grantSecrets } from './secrets.ts';
import { SluiceFunction, type SluiceFunctionProps } from './sluice-function.ts';
import { alarmOnRefusedWebhooks, alarmOnSilentWebhooks, alarmOnUnmappedPayloads } from './source-alarms.ts';

export interface WebhooksProps extends IntakeStores, Pick<SluiceFunctionProps, 'logRetention'> {
  /** The first part of the name of the API: `Sluice-dev`. */
  readonly deploymentName: string;

  /** The sources, checked. */
  readonly sources: readonly WebhookSource[];

  /**
   * The URL to which the paths of webhooks, such as `/hooks/hubspot`, are appended. Some senders sign it.
   *
   * @default - that of the API itself
   */
  readonly hooksUrl: string | undefined;
}

/**
 * Memory in MB with which a function has one whole CPU. A vendor waits for the answer, to a hundred payloads as well, and
 * the work costs the same as with less of it.
 *
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
 */
const memoryOfOneCpu = 1_769;

/**
 * The most webhooks a second, and at once. Tools send a burst when many records change at once, and send again what was
 * refused: more than the API's doors let through, and little enough that scoring has its own executions.
 */
const throttling: Throttling = { rate: 200, burst: 400 };

/** Opens the door for webhooks, and returns the function that takes them in. */
export const receiveWebhooks = (scope: Construct, props: WebhooksProps): SluiceFunction => {
  const { sources, requests, secrets, key, deploymentName, logRetention } = props;
  const receiving = new SluiceFunction(new Construct(scope, 'ReceiveWebhooks'), 'Handler', {
    service: 'receive-webhooks',
    memorySize: memoryOfOneCpu,
    timeout: answerTimeout,
    logRetention,
    commandHooks: documentsBesideBundle({ [sourcesFileName]: sources }),
    environment: { ...intakeEnvironment(props), SOURCE_SECRETS_ID: secrets.sources.ref },
  });
  grantIntake(receiving.lambda, props);
  grantPartitions(requests, receiving.lambda, [takenKey('*').pk], 'GetItem', 'UpdateItem');
  grantSecrets(receiving.lambda, key, secrets.sources);
  const door = new HttpDoor(scope, 'Hooks', {
    apiName: `${deploymentName}-hooks`,
    description: 'Sluice for webhooks, by the signatures of their sources',
    keeper: { by: 'function', reason },
    failures,
    routes: buildRoutes(receiving),
    throttling,
    logRetention,
  });
  const url = props.hooksUrl ?? door.url;
  receiving.lambda.addEnvironment('HOOKS_URL', url);
  new CfnOutput(scope, 'HooksUrl', { value: url });
  alarmOnSilentWebhooks(door, sources);
  alarmOnRefusedWebhooks(door, door.api);
  alarmOnUnmappedPayloads(door, 'receive-webhooks');
  return receiving;
};

const reason =
  'A tool that sends webhooks has no token: it signs each request with a secret of its own, over the body, which the ' +
  'function checks before anything is stored.';

const failures = {
  requests: 'webhooks',
  again: 'Most tools send them again by themselves for hours, and what was taken in before counts once.',
};

/** Returns the routes of webhooks, of the handshake by which CloudEvents are agreed upon, and for everything else. */
const buildRoutes = (answering: SluiceFunction): DoorRoute[] => [
  { id: 'Receive', key: 'POST /hooks/{source}', answering },
  { id: 'Handshake', key: 'OPTIONS /hooks/{source}', answering },
  // Some senders give a webhook up at the first 404.
  { id: 'AnythingElse', key: '$default', answering },
];
