import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
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
import {
  type ApiService,
  apiServices,
  listScopes,
  operations,
  type Role,
  routeKeyOf,
  routeOf,
  routes,
} from '../../events/api/index.ts';
import type { TokenIssuer } from '../token-issuer.ts';
import { alarmOnFailedRequests } from './door-alarms.ts';
import type { SluiceFunction } from './sluice-function.ts';

export interface HttpDoorProps {
  /** The name of the API: `Sluice-dev-people`. */
  readonly apiName: string;

  readonly description: string;

  /** The functions that answer, by their services. */
  readonly functions: Readonly<Record<ApiService, SluiceFunction>>;

  /**
   * The issuer of the tokens that open the door.
   *
   * @default - AWS credentials open it, as far as their policies allow `execute-api:Invoke`
   */
  readonly tokens?: TokenIssuer | undefined;

  readonly logRetention: RetentionDays;
}

/** The time that a function has to answer. API Gateway waits for 30 seconds at most. */
export const answerTimeout = Duration.seconds(29);

/**
 * The most requests a second, and at once. They bound how many executions the API takes from the account, so that
 * scoring has its own. No concurrency is reserved for that: small accounts have none to reserve, and elsewhere it would
 * be missing for all other functions all the time.
 */
const throttling = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };

/**
 * The most reports a second, and at once. A report may read the whole table, and take as long as an answer may: at the
 * rate of other routes, reports alone could use up the executions of an account.
 */
const reportThrottling = { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 };

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

/**
 * An HTTP API with all routes of the API. A route has one authorizer, so that people and services each have a door of
 * their own, in front of the same functions. Every route asks who comes, and there is no CORS: no web page elsewhere may
 * read an answer.
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
    this.api = new CfnApi(this, 'Api', {
      name: props.apiName,
      description: props.description,
      protocolType: 'HTTP',
      disableExecuteApiEndpoint: false,
    });
    this.url = this.api.attrApiEndpoint;
    this.logGroup = new LogGroup(this, 'AccessLogs', {
      // The account's policy for such logs has room for a few groups only, unless their names begin like this.
      logGroupName: `/aws/vendedlogs/${props.apiName}`,
      retention: props.logRetention,
      // Access logs hold no business data, so nothing is lost with them.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new CfnStage(this, 'Stage', {
      apiId: this.api.ref,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: { ...throttling, detailedMetricsEnabled: false },
      // Its names are those of CloudFormation: the CDK hands it on as it is.
      routeSettings: {
        [routeKeyOf(routes.getReport)]: { ...reportThrottling, DetailedMetricsEnabled: false },
      },
      accessLogSettings: { destinationArn: this.logGroup.logGroupArn, format: accessLogFormat },
    });
    // API Gateway refuses settings of a route that isn't there yet.
    for (const route of this.#routes(props)) stage.addResourceDependency(route);
    alarmOnFailedRequests(this, this.api);
  }

  #routes({ functions, tokens }: HttpDoorProps): CfnRoute[] {
    const authorize = this.#authorizer(tokens);
    const targets = new Map(apiServices.map((service) => [service, this.#target(functions[service])]));
    const addRoute = (routeId: string, routeKey: string, service: ApiService, role: Role) =>
      new CfnRoute(this, routeId, {
        apiId: this.api.ref,
        routeKey,
        target: `integrations/${targets.get(service)}`,
        ...authorize(role),
      });
    return [
      ...operations.map((operation) => {
        const route = routeOf(operation);
        return addRoute(capitalize(operation), routeKeyOf(route), route.service, route.role);
      }),
      // What no route takes is answered by a problem document too, but only to those who may ask something.
      addRoute('AnythingElse', '$default', 'answer-queries', 'viewer'),
    ];
  }

  /** Returns what a route says about who may use it, by its role. */
  #authorizer(
    tokens: TokenIssuer | undefined,
  ): (role: Role) => Pick<CfnRouteProps, 'authorizationType' | 'authorizerId' | 'authorizationScopes'> {
    if (tokens === undefined) return () => ({ authorizationType: 'AWS_IAM' });
    const { issuer, audience } = tokens;
    const authorizer = new CfnAuthorizer(this, 'Authorizer', {
      apiId: this.api.ref,
      name: 'tokens',
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { issuer, audience: [...audience] },
    });
    return (role) => ({
      authorizationType: 'JWT',
      authorizerId: authorizer.ref,
      authorizationScopes: listScopes(role),
    });
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
