import { describe, expect, it } from 'vitest';
import { listScopes, operations, routeKeyOf, routeOf, routes } from '../../events/api/index.ts';
import { buildTemplates, listOutputs, listResources, stateless, tokens } from './synthesized.ts';

interface OfApi {
  readonly ApiId: string;
}
interface Route extends OfApi {
  readonly RouteKey: string;
  readonly Target: string;
  readonly AuthorizationType?: string;
  readonly AuthorizerId?: string;
  readonly AuthorizationScopes?: readonly string[];
}
interface Integration extends OfApi {
  readonly IntegrationUri: string;
}
interface Permission {
  readonly FunctionName: string;
  readonly SourceArn: string;
  readonly [name: string]: string;
}
interface Stage extends OfApi {
  readonly StageName: string;
  readonly DefaultRouteSettings: Readonly<Record<string, unknown>>;
  readonly RouteSettings: Readonly<Record<string, unknown>>;
  readonly AccessLogSettings: { readonly DestinationArn: string; readonly Format: string };
}

const doors = ['People', 'Services'] as const;
const services = ['AnswerQueries', 'TakeRequests', 'ManageQuarantine', 'ManageModels'];
const ofType = <P>(type: string, template = stateless) => listResources<P>(template, type);
const ofDoor = <P extends OfApi>(type: string, door: string) =>
  ofType<P>(`AWS::ApiGatewayV2::${type}`).filter(({ properties }) => properties.ApiId === `${door}Api`);
const routesOf = (door: string): Route[] => ofDoor<Route>('Route', door).map(({ properties }) => properties);

/** Returns the construct of the function that answers a route. */
const answering = (service: string): string =>
  service
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** The routes without what says who may use them. */
const targets = (door: string) =>
  Object.fromEntries(routesOf(door).map(({ RouteKey, Target }) => [RouteKey, Target]));

describe('a door of the API', () => {
  it.each(doors)('has every route of the table, and one for everything else: %s', (door) => {
    const expected = operations.map((operation) => [
      routeKeyOf(routes[operation]),
      `integrations/${door}${answering(routes[operation].service)}Integration`,
    ]);
    expect(targets(door)).toEqual({
      ...Object.fromEntries(expected),
      $default: `integrations/${door}AnswerQueriesIntegration`,
    });
    expect(routesOf(door)).toHaveLength(operations.length + 1);
  });

  it.each(doors)('leads to the live version of each function, and waits no longer than it: %s', (door) => {
    expect(ofDoor<Integration>('Integration', door).map(({ properties }) => properties)).toEqual(
      services.map((service) => ({
        ApiId: `${door}Api`,
        IntegrationType: 'AWS_PROXY',
        IntegrationMethod: 'POST',
        IntegrationUri: `${service}HandlerLive`,
        PayloadFormatVersion: '2.0',
        TimeoutInMillis: 29_000,
      })),
    );
    const functions = ofType<{ Timeout: number }>('AWS::Lambda::Function');
    for (const service of services) {
      const found = functions.find(({ id }) => id === `${service}HandlerFunction`);
      expect(found?.properties.Timeout).toBe(29);
    }
  });

  it.each(doors)('has one stage, whose requests are bounded, by the second and at once: %s', (door) => {
    const stages = ofDoor<Stage>('Stage', door).map(({ properties }) => properties);
    expect(stages).toMatchObject([{ StageName: '$default', AutoDeploy: true }]);
    expect(stages[0]?.DefaultRouteSettings).toEqual({
      ThrottlingRateLimit: 50,
      ThrottlingBurstLimit: 100,
      DetailedMetricsEnabled: false,
    });
  });

  const limit = (rate: number, burst: number) => ({
    ThrottlingRateLimit: rate,
    ThrottlingBurstLimit: burst,
    DetailedMetricsEnabled: false,
  });

  it.each(doors)('lets few reports through, so that they leave executions to scoring: %s', (door) => {
    const [stage] = ofDoor<Stage>('Stage', door);
    expect(stage?.properties.RouteSettings).toEqual({
      'GET /api/report': limit(1, 2),
      'GET /api/funnel/leads': limit(1, 2),
      'GET /api/health': limit(5, 10),
      'GET /api/leads/{id}/proof': limit(5, 10),
    });
    // A stage with settings of a route that isn't there yet fails.
    const waitsFor = Object.entries(stateless.Resources).flatMap(([id, resource]) =>
      id.startsWith(`${door}Stage`) ? ((resource as { DependsOn?: string[] }).DependsOn ?? []) : [],
    );
    expect(waitsFor.filter((id) => id.startsWith(`${door}GetReport`))).toHaveLength(1);
  });

  it('is no other than these two', () => {
    expect(ofType('AWS::ApiGatewayV2::Api').map(({ id }) => id)).toEqual(['ServicesApi', 'PeopleApi']);
  });
});

describe('who may use a route', () => {
  const byKey = new Map(operations.map((operation) => [routeKeyOf(routes[operation]), routeOf(operation)]));

  it('is, of people, whoever has a token for its role or one that may do more', () => {
    for (const { RouteKey, ...route } of routesOf('People')) {
      expect({ RouteKey, ...route }).toMatchObject({
        AuthorizationType: 'JWT',
        AuthorizerId: 'PeopleAuthorizer',
        AuthorizationScopes: listScopes(byKey.get(RouteKey)?.role ?? 'viewer'),
      });
    }
    const erase = routesOf('People').find(({ RouteKey }) => RouteKey === 'DELETE /api/leads/{id}');
    expect(erase?.AuthorizationScopes).toEqual(['sluice/admin']);
  });

  it('is, of services, whoever the policies of the account let', () => {
    for (const { RouteKey, Target, ...who } of routesOf('Services'))
      expect({ RouteKey, ...who }).toEqual({
        RouteKey,
        ApiId: 'ServicesApi',
        AuthorizationType: 'AWS_IAM',
      });
  });

  it('is never just anybody', () => {
    const open = ofType<Route>('AWS::ApiGatewayV2::Route').filter(
      ({ properties: { AuthorizationType = 'NONE', AuthorizationScopes = [] } }) =>
        AuthorizationType !== 'AWS_IAM' && (AuthorizationType !== 'JWT' || AuthorizationScopes.length === 0),
    );
    expect(open).toEqual([]);
    expect(ofType('AWS::Lambda::Url')).toEqual([]);
  });

  it('is no web page of another origin: nothing answers for CORS', () => {
    for (const { properties } of ofType<object>('AWS::ApiGatewayV2::Api')) {
      expect(properties).not.toHaveProperty('CorsConfiguration');
      expect(properties).toMatchObject({ ProtocolType: 'HTTP', DisableExecuteApiEndpoint: false });
    }
    const keys = ofType<Route>('AWS::ApiGatewayV2::Route').map(({ properties }) => properties.RouteKey);
    expect(keys.filter((key) => /^(OPTIONS|ANY) /.test(key))).toEqual([]);
  });
});

describe('the tokens of people', () => {
  it('are those of one issuer, for one audience or several', () => {
    const several = buildTemplates({}, { issuer: 'https://id.example.com', audience: ['a', 'b'] });
    const findAuthorizers = (template: typeof stateless) =>
      ofType('AWS::ApiGatewayV2::Authorizer', template).map(({ properties }) => properties);
    const authorizer = (Issuer: string, Audience: readonly string[]) => ({
      ApiId: 'PeopleApi',
      Name: 'tokens',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer, Audience },
    });
    expect(findAuthorizers(stateless)).toEqual([authorizer('https://issuer.example.com/', ['sluice'])]);
    expect(findAuthorizers(several.templates.stateless)).toEqual([
      authorizer('https://id.example.com', ['a', 'b']),
    ]);
    expect(listOutputs(several.templates.stateless)).toMatchObject({
      ApiIssuer: 'https://id.example.com',
      ApiAudience: 'a b',
    });
  });

  it('open nothing where no issuer is given: then there is a door for services alone, as the settings say', () => {
    const { templates, settings } = buildTemplates({}, {});
    expect(settings).toMatch(/, API for services$/);
    expect(buildTemplates().settings).toMatch(
      /, API for services and people of https:\/\/issuer\.example\.com\/$/,
    );
    expect(ofType('AWS::ApiGatewayV2::Api', templates.stateless).map(({ id }) => id)).toEqual([
      'ServicesApi',
    ]);
    expect(ofType('AWS::ApiGatewayV2::Authorizer', templates.stateless)).toEqual([]);
    const names = Object.keys(listOutputs(templates.stateless)).filter((name) => /Api/.test(name));
    expect(names).toEqual(['ServicesApiUrl']);
  });
});

describe('the right to invoke a function of the API', () => {
  const permissions = ofType<Permission>('AWS::Lambda::Permission').filter(
    ({ properties }) => properties.Principal === 'apigateway.amazonaws.com',
  );

  it('is one for each door and function, and for no other API', () => {
    const arn = 'arn:AWS::Partition:execute-api:AWS::Region:AWS::AccountId';
    const expected = doors.flatMap((door) =>
      services.map((service) => ({
        Action: 'lambda:InvokeFunction',
        Principal: 'apigateway.amazonaws.com',
        FunctionName: `${service}HandlerLive`,
        SourceArn: `${arn}:${door}Api/*/*`,
      })),
    );
    const key = ({ SourceArn, FunctionName }: Permission) => `${SourceArn} ${FunctionName}`;
    expect(
      permissions.map(({ properties }) => properties).sort((a, b) => (key(a) < key(b) ? -1 : 1)),
    ).toEqual((expected as Permission[]).sort((a, b) => (key(a) < key(b) ? -1 : 1)));
  });
});

describe('an access log', () => {
  const stages = ofType<Stage>('AWS::ApiGatewayV2::Stage').map(({ properties }) => properties);

  it.each(doors)('is written into a group of its own: %s', (door) => {
    const [stage] = ofDoor<Stage>('Stage', door);
    expect(stage?.properties.AccessLogSettings.DestinationArn).toBe(`${door}AccessLogs.Arn`);
    const group = ofType('AWS::Logs::LogGroup').find(({ id }) => id === `${door}AccessLogs`);
    expect(group).toMatchObject({ properties: { RetentionInDays: 30 }, deletionPolicy: 'Delete' });
  });

  it('holds nothing personal: no path, no query, no address, no caller, and no error that a caller worded', () => {
    expect(stages).toHaveLength(2);
    for (const { AccessLogSettings } of stages) {
      const fields = JSON.parse(AccessLogSettings.Format) as Record<string, string>;
      expect(Object.values(fields).sort()).toEqual([
        '$context.error.responseType',
        '$context.integrationErrorMessage',
        '$context.integrationLatency',
        '$context.requestId',
        '$context.responseLatency',
        '$context.routeKey',
        '$context.status',
      ]);
    }
  });
});

describe('the outputs by which the command line finds the API', () => {
  it('is where each door is, whose URL the paths of routes follow', () => {
    expect(listOutputs(stateless)).toMatchObject({
      ServicesApiUrl: 'ServicesApi.ApiEndpoint',
      PeopleApiUrl: 'PeopleApi.ApiEndpoint',
      ApiIssuer: tokens.issuer,
      ApiAudience: tokens.audience,
    });
    for (const operation of operations) expect(routes[operation].path).toMatch(/^\/api\//);
  });
});

describe('a door that fails', () => {
  interface Alarm {
    readonly AlarmDescription?: string;
    readonly Metrics?: readonly {
      readonly Expression?: string;
      readonly MetricStat?: {
        readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { Value: string }[] };
        readonly Stat: string;
      };
    }[];
  }

  const alarmsOf = (door: string) =>
    ofType<Alarm>('AWS::CloudWatch::Alarm').filter(({ id }) => id === `${door}FailedRequestsAlarm`);

  it.each(doors)('says how its callers send a request again: %s', (door) => {
    expect(alarmsOf(door)[0]?.properties.AlarmDescription).toMatch(/best with an Idempotency-Key/);
  });

  it.each(doors)('warns when 5 %% of the requests fail, and at least two: %s', (door) => {
    const alarms = alarmsOf(door);
    expect(alarms).toMatchObject([
      { properties: { Threshold: 5, EvaluationPeriods: 3, DatapointsToAlarm: 2 } },
    ]);
    const metrics = alarms[0]?.properties.Metrics ?? [];
    expect(metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual([
      'IF(failed >= 2, 100 * failed / requests, 0)',
    ]);
    const measured = metrics.flatMap(({ MetricStat }) =>
      MetricStat === undefined
        ? []
        : [[MetricStat.Metric.MetricName, MetricStat.Stat, MetricStat.Metric.Dimensions[0]?.Value]],
    );
    expect(measured.sort()).toEqual([
      ['5xx', 'Sum', `${door}Api`],
      ['Count', 'SampleCount', `${door}Api`],
    ]);
  });
});
