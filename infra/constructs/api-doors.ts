import { CfnOutput } from 'aws-cdk-lib';
import type { CfnApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { listScopes, type Operation, operations, routeKeyOf, routeOf } from '../../events/api/index.ts';
import type { TokenIssuer } from '../token-issuer.ts';
import type { ApiFunctions } from './api-functions.ts';
import { createHttpApi, type DoorRoute, HttpDoor, type Throttling } from './http-door.ts';

export interface ApiDoorsProps {
  /** The first part of the names of the APIs: `Sluice-dev`. */
  readonly deploymentName: string;

  /** The functions that answer, by their services. */
  readonly functions: ApiFunctions;

  /**
   * The issuer of the tokens that open the door for people.
   *
   * @default - there is no door for people
   */
  readonly tokens?: TokenIssuer | undefined;

  /**
   * The API for people, if the stack of the console has it.
   *
   * @default - one of its own
   */
  readonly peopleApi?: CfnApi | undefined;

  readonly logRetention: RetentionDays;
}

/**
 * The most requests a second, and at once. They bound how many executions the API takes from the account, so that
 * scoring has its own. No concurrency is reserved for that: small accounts have none to reserve, and elsewhere it would
 * be missing for all other functions all the time.
 */
const throttling: Throttling = { rate: 50, burst: 100 };

/**
 * The most reports a second, and at once. A report may read the whole table, and take as long as an answer may: at the
 * rate of other routes, reports alone could use up the executions of an account.
 */
const reportThrottling: Throttling = { rate: 1, burst: 2 };

const describePeople = (deploymentName: string) => ({
  apiName: `${deploymentName}-people`,
  description: 'Sluice for people, by the tokens of their issuer',
});

/** Creates the API for people, without its routes. */
export const createPeopleApi = (scope: Construct, id: string, deploymentName: string): CfnApi =>
  createHttpApi(scope, id, describePeople(deploymentName));
/** The same of what reads much, but is read often by few: health, and the proof of a ledger. */
const heavyThrottling: Throttling = { rate: 5, burst: 10 };

const throttlings: ReadonlyMap<Operation, Throttling> = new Map([
  ['getReport', reportThrottling],
  // It reads all that a report reads.
  ['listCountedLeads', reportThrottling],
  ['getHealth', heavyThrottling],
  ['getProof', heavyThrottling],
]);

const capitalize = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Returns all routes of the API, and one for everything else. */
const buildRoutes = (functions: ApiFunctions): DoorRoute[] => [
  ...operations.map((operation) => {
    const route = routeOf(operation);
    const own = throttlings.get(operation);
    return {
      id: capitalize(operation),
      key: routeKeyOf(route),
      answering: functions[route.service],
      scopes: listScopes(route.role),
      ...(own && { throttling: own }),
    };
  }),
  // What no route takes is answered by a problem document too, but only to those who may ask something.
  {
    id: 'AnythingElse',
    key: '$default',
    answering: functions['answer-queries'],
    scopes: listScopes('viewer'),
  },
];

const failures = {
  requests: 'requests to this door of the API',
  again:
    'Callers may send them again, best with an Idempotency-Key, since the answer alone may have been lost.',
};

/**
 * Opens the doors of the API: one for services, and one for people if there is an issuer of their tokens. A route has one
 * authorizer, so that people and services each have a door of their own, in front of the same functions. The outputs
 * name the URLs to which paths such as `/api/funnel` are appended.
 */
export const openDoors = (scope: Construct, props: ApiDoorsProps): void => {
  const { deploymentName, functions, tokens, peopleApi, logRetention } = props;
  const common = { routes: buildRoutes(functions), failures, throttling, logRetention };
  const services = new HttpDoor(scope, 'Services', {
    ...common,
    apiName: `${deploymentName}-services`,
    description: 'Sluice for services, by their AWS credentials',
    keeper: { by: 'iam' },
  });
  new CfnOutput(scope, 'ServicesApiUrl', { value: services.url });
  if (tokens === undefined) return;
  const people = new HttpDoor(scope, 'People', {
    ...common,
    ...describePeople(deploymentName),
    api: peopleApi,
    keeper: { by: 'tokens', tokens },
  });
  new CfnOutput(scope, 'PeopleApiUrl', { value: people.url });
  new CfnOutput(scope, 'ApiIssuer', { value: tokens.issuer });
  // No audience contains a space.
  new CfnOutput(scope, 'ApiAudience', { value: tokens.audience.join(' ') });
};
