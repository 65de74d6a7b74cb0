import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  CfnApi,
  CfnAuthorizer,
  CfnIntegration,
  CfnRoute,
  type CfnRouteProps,
  CfnStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { TokenIssuer } from '../token-issuer.ts';
import { alarmOnFailedRequests, type FailureWords } from './door-alarms.ts';
import type { SluiceFunction } from './sluice-function.ts';

/** The way in which a door finds out who comes. */
export type Doorkeeper =
  /** The tokens of an issuer. */
  | { readonly by: 'tokens'; readonly tokens: TokenIssuer }
  /** AWS credentials, as far as their policies allow `execute-api:Invoke`. */
  | { readonly by: 'iam' }
  /** The function itself. @param reason says to cdk-nag why nobody is asked at the door */
  | { readonly by: 'function'; readonly reason: string };

export interface DoorRoute {
  /** The id of its construct. */
  readonly id: string;

  /** The method and the path, such as `GET /api/funnel`. */
  readonly key: string;

  /** The function that answers. */
  readonly answering: SluiceFunction;

  /**
   * The scopes of which a token must have one.
   *
   * @default - none
   */
  readonly scopes?: readonly string[];

  /**
   * Limits of its own.
   *
   * @default - those of the door
   */
  readonly throttling?: Throttling;
}

/** The most requests a second, and at once. */
export interface Throttling {
  readonly rate: number;
  readonly burst: number;
}

export interface HttpDoorProps {
  /** The name of the API: `Sluice-dev-people`. */
  readonly apiName: string;

  readonly description: string;

  /**
   * The API, if another stack has it.
   *
   * @default - one of its own
   */
  readonly api?: CfnApi | undefined;

  readonly keeper: Doorkeeper;

  /** The words of the alarm on requests that fail. */
  readonly failures: FailureWords;

  readonly routes: readonly DoorRoute[];

  /** The limits of all routes together that have none of their own. */
  readonly throttling: Throttling;

  readonly logRetention: RetentionDays;
}

/** The time that a function has to answer. API Gateway waits for 30 seconds at most. */
export const answerTimeout = Duration.seconds(29);

/** The fields of an access log. Neither path, query, address nor caller: each of them may be personal. */
const accessLogFormat = JSON.stringify({
  requestId: '$context.requestId',
  routeKey: '$context.routeKey',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  functionMs: '$context.integrationLatency',
  functionError: '$context.integrationErrorMessage',
  refusedBy: '$context.error.responseType',
});

const capitalize = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const limits = ({ rate, burst }: Throttling) => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });

/** Creates an API that has no routes yet. */
export const createHttpApi = (
  scope: Construct,
  id: string,
  { apiName, description }: Pick<HttpDoorProps, 'apiName' | 'description'>,
): CfnApi =>
  new CfnApi(scope, id, {
    name: apiName,
    description,
    protocolType: 'HTTP',
    disableExecuteApiEndpoint: false,
  });

/**
 * An HTTP API: a door to functions. All of its routes ask in the same way who comes, and there is no CORS: no web page
 * elsewhere may read an answer.
 *
 * The resources are those of CloudFormation, since the CDK's own would give a function one permission for each route,
 * and the policy of a function has room for about fifty.
 */
export class HttpDoor extends Construct {
  readonly api: CfnApi;
  readonly logGroup: LogGroup;
  /** The URL to which the paths of routes, such as `/api/funnel`, are appended. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: HttpDoorProps) {
    super(scope, id);
    this.api = props.api ?? createHttpApi(this, 'Api', props);
    this.url = this.api.attrApiEndpoint;
    this.logGroup = new LogGroup(this, 'AccessLogs', {
      // The account's policy for such logs has room for a few groups only, unless their names begin like this.
      logGroupName: `/aws/vendedlogs/${props.apiName}`,
      retention: props.logRetention,
      // Access logs hold no business data, so nothing is lost with them.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = this.#stage(props);
    // API Gateway refuses settings of a route that isn't there yet.
    for (const route of this.#routes(props)) stage.addResourceDependency(route);
    alarmOnFailedRequests(this, this.api, props.failures);
  }

  #stage({ routes, throttling: { rate, burst } }: HttpDoorProps): CfnStage {
    const own = routes.flatMap(({ key, throttling }) =>
      throttling === undefined ? [] : [[key, { ...limits(throttling), DetailedMetricsEnabled: false }]],
    );
    return new CfnStage(this, 'Stage', {
      apiId: this.api.ref,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: {
        throttlingRateLimit: rate,
        throttlingBurstLimit: burst,
        detailedMetricsEnabled: false,
      },
      // Its names are those of CloudFormation: the CDK hands it on as it is.
      ...(own.length > 0 && { routeSettings: Object.fromEntries(own) }),
      accessLogSettings: { destinationArn: this.logGroup.logGroupArn, format: accessLogFormat },
    });
  }

  #routes({ keeper, routes }: HttpDoorProps): CfnRoute[] {
    const authorize = this.#authorizer(keeper);
    const functions = [...new Set(routes.map(({ answering }) => answering))];
    const targets = new Map(functions.map((each) => [each, this.#target(each)]));
    return routes.map(({ id, key, answering, scopes = [] }) => {
      const route = new CfnRoute(this, id, {
        apiId: this.api.ref,
        routeKey: key,
        target: `integrations/${targets.get(answering)}`,
        ...authorize(scopes),
      });
      if (keeper.by === 'function')
        Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: keeper.reason });
      return route;
    });
  }

  /** Returns what a route says about who may use it, by the scopes that a token needs. */
  #authorizer(
    keeper: Doorkeeper,
  ): (
    scopes: readonly string[],
  ) => Pick<CfnRouteProps, 'authorizationType' | 'authorizerId' | 'authorizationScopes'> {
    switch (keeper.by) {
      case 'iam':
        return () => ({ authorizationType: 'AWS_IAM' });
      case 'function':
        return () => ({ authorizationType: 'NONE' });
      case 'tokens': {
        const authorizerId = this.#tokenAuthorizer(keeper.tokens);
        return (scopes) => ({
          authorizationType: 'JWT',
          authorizerId,
          authorizationScopes: [...scopes],
        });
      }
      default:
        return keeper satisfies never;
    }
  }

  #tokenAuthorizer({ issuer, audience }: TokenIssuer): string {
    return new CfnAuthorizer(this, 'Authorizer', {
      apiId: this.api.ref,
      name: 'tokens',
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { issuer, audience: [...audience] },
    }).ref;
  }

  /** Connects a function, and returns the id of the integration. */
  #target({ service, live }: SluiceFunction): string {
    const name = service.split('-').map(capitalize).join('');
    const integration = new CfnIntegration(this, `${name}Integration`, {
      apiId: this.api.ref,
      integrationType: 'AWS_PROXY',
      integrationMethod: 'POST',
      integrationUri: live.functionArn,
      payloadFormatVersion: '2.0',
      timeoutInMillis: answerTimeout.toMilliseconds(),
    });
    new CfnPermission(this, `${name}Permission`, {
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      functionName: live.functionArn,
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: this.api.ref,
        resourceName: '*/*',
      }),
    });
    return integration.ref;
  }
}
