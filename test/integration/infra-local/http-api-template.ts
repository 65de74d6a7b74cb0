import { getAtt, lambda, ref, type TemplateResource } from './template.ts';

interface Door {
  /** The scopes of each route, by its key; for the door of services none. */
  readonly routes: Readonly<Record<string, readonly string[]>>;
  readonly authorizer: 'JWT' | 'AWS_IAM' | 'NONE';
  readonly timeoutMs?: number;
}

const resource = (type: string, Properties: object): TemplateResource => ({
  Type: `AWS::ApiGatewayV2::${type}`,
  Properties,
});

/** Returns the resources of an HTTP API in front of the function `Echo`, as the CDK writes them. */
export const door = (name: string, { routes, authorizer, timeoutMs = 29_000 }: Door) => {
  const ApiId = ref(`${name}Api`);
  const scoped = (scopes: readonly string[]) =>
    authorizer === 'JWT' ? { AuthorizerId: ref(`${name}Authorizer`), AuthorizationScopes: scopes } : {};
  const all = Object.entries(routes).map(([RouteKey, scopes], i) => [
    `${name}Route${i}`,
    resource('Route', {
      ApiId,
      RouteKey,
      AuthorizationType: authorizer,
      ...scoped(scopes),
      Target: { 'Fn::Join': ['', ['integrations/', ref(`${name}Integration`)]] },
    }),
  ]);
  return {
    [`${name}Api`]: resource('Api', {
      Name: name,
      Description: 'a door',
      ProtocolType: 'HTTP',
      DisableExecuteApiEndpoint: false,
    }),
    [`${name}Stage`]: resource('Stage', {
      ApiId,
      StageName: '$default',
      AutoDeploy: true,
      AccessLogSettings: { DestinationArn: getAtt('Logs', 'Arn'), Format: '$context.requestId' },
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    }),
    [`${name}Integration`]: resource('Integration', {
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationMethod: 'POST',
      IntegrationUri: ref('Live'),
      PayloadFormatVersion: '2.0',
      TimeoutInMillis: timeoutMs,
    }),
    ...(authorizer === 'JWT' && {
      [`${name}Authorizer`]: resource('Authorizer', {
        ApiId,
        Name: 'tokens',
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: 'https://sluice.local', Audience: ['sluice'] },
      }),
    }),
    ...Object.fromEntries(all),
  } as Record<string, TemplateResource>;
};

const routes = {
  'GET /api/leads/{id}': ['sluice/viewer', 'sluice/seller', 'sluice/admin'],
  'DELETE /api/leads/{id}': ['sluice/admin'],
  'POST /api/echo': ['sluice/viewer', 'sluice/seller', 'sluice/admin'],
  'GET /api/open': [],
  $default: ['sluice/viewer', 'sluice/seller', 'sluice/admin'],
};

/** An app with a door for people and one for services, in front of the same function. */
export const apiResources = ({ timeoutMs }: { readonly timeoutMs?: number } = {}) => ({
  Logs: { Type: 'AWS::Logs::LogGroup' },
  Echo: lambda('echo'),
  EchoVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Echo') } },
  Live: {
    Type: 'AWS::Lambda::Alias',
    Properties: {
      FunctionName: ref('Echo'),
      FunctionVersion: getAtt('EchoVersion', 'Version'),
      Name: 'live',
    },
  },
  ...door('People', { routes, authorizer: 'JWT', ...(timeoutMs !== undefined && { timeoutMs }) }),
  ...door('Services', { routes, authorizer: 'AWS_IAM', ...(timeoutMs !== undefined && { timeoutMs }) }),
});

/** A handler that does what the query says, or answers with its event. */
export const echo = `
const odd = { 'not-json': { statusCode: 'x' }, plain: { plain: true }, 'bad-header': { statusCode: 200, headers: { a: 'b\\nc' } } };
export const handler = async (event) => {
  const { do: what, ms } = event.queryStringParameters ?? {};
  if (what === 'fail') throw new TypeError('no');
  if (what === 'wait') await new Promise((done) => setTimeout(done, Number(ms)));
  if (what === 'cookies') return { statusCode: 200, cookies: ['a=1', 'b=2'] };
  if (what === 'binary') return { statusCode: 200, body: 'AP8=', isBase64Encoded: true };
  if (what === 'unchanged') return { statusCode: 304 };
  if (what in odd) return odd[what];
  return { statusCode: 200, headers: { 'content-type': 'application/json', etag: '"3"' }, body: JSON.stringify(event) };
};`;
