import { startIssuer } from '../../api/issuer.ts';
import { people } from '../../api/people.ts';
import { type Reply, sendRequest, signRequest } from '../../api/send-request.ts';
import { buildArn, recorderResources } from '../functions.ts';
import type { Lab, Probe } from '../probe.ts';

const audience = 'probe';
const apiId = { Ref: 'Api' };
const target = { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] };

/** Returns an HTTP API with a route for tokens and one for signatures, both to the recorder. */
const buildApi = (issuer: string) => ({
  ...recorderResources,
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'probe', ProtocolType: 'HTTP' } },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: {
      ApiId: apiId,
      StageName: '$default',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
    },
  },
  Authorizer: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: {
      ApiId: apiId,
      Name: 'tokens',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: issuer, Audience: [audience] },
    },
  },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: apiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: buildArn('Fn'),
      PayloadFormatVersion: '2.0',
    },
  },
  Tokens: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: apiId,
      RouteKey: 'GET /tokens',
      AuthorizationType: 'JWT',
      AuthorizerId: { Ref: 'Authorizer' },
      AuthorizationScopes: ['sluice/viewer'],
      Target: target,
    },
  },
  Signatures: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: apiId,
      RouteKey: 'GET /signatures',
      AuthorizationType: 'AWS_IAM',
      Target: target,
    },
  },
});

interface ListedApi {
  readonly name: string;
  readonly apiEndpoint: string;
}

const findUrl = async ({ endpoint }: Lab): Promise<string> => {
  const { items } = (await (await fetch(`${endpoint}/v2/apis`)).json()) as { items: readonly ListedApi[] };
  return items.find(({ name }) => name === 'probe')?.apiEndpoint ?? '';
};

/** Probes an HTTP API: who it lets in, what its function gets, and its throttling. */
export const httpApi: Probe = async (lab) => {
  const issuer = await startIssuer(audience);
  try {
    const made = await lab.make('HttpApi', buildApi(issuer.url));
    if (made.status !== 'CREATE_COMPLETE')
      return [{ what: 'an HTTP API', asAws: false, saw: made.reason || made.status }];
    const address = { url: await findUrl(lab), connectTo: lab.endpoint };
    const request = { method: 'GET', path: '/tokens', query: {}, headers: {}, body: undefined };
    const send = (token?: string): Promise<Reply> =>
      sendRequest(address, {
        ...request,
        headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      });
    const refused = await send();
    const token = await issuer.issueToken(people.viewer);
    const [head, , signature] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ iss: issuer.url, aud: audience })).toString('base64url');
    const forgery = await send(`${head}.${forged}.${signature}`);
    const invented = { accessKeyId: 'test', secretAccessKey: 'invented' };
    const signed = await signRequest({ region: 'us-east-1', credentials: invented }, address, {
      ...request,
      path: '/signatures',
    });
    const wrong = await sendRequest(address, {
      ...signed,
      headers: { ...signed.headers, 'x-amz-date': '20200101T000000Z' },
    });
    await lab.receive('Seen', 500);
    const burst = await Promise.all(Array.from({ length: 8 }, () => send(token)));
    const [seen = '{}'] = await lab.receive('Seen', 3_000);
    const event = JSON.parse(seen) as Readonly<Record<string, unknown>>;
    return [
      {
        what: 'a token with a wrong signature is refused',
        asAws: forgery.status === 401,
        saw: `${forgery.status}`,
      },
      {
        what: 'a refusal says in www-authenticate what is wrong',
        asAws: refused.headers['www-authenticate'] !== undefined,
        saw: JSON.stringify(refused.headers),
      },
      {
        what: 'a request with a wrong signature of AWS is refused',
        asAws: wrong.status === 403,
        saw: `${wrong.status}`,
      },
      {
        what: 'a function gets no field for parameters that there are not',
        asAws: event.version === '2.0' && !('pathParameters' in event),
        saw: JSON.stringify({ version: event.version, pathParameters: event.pathParameters }),
      },
      {
        what: 'a stage throttles',
        asAws: burst.some(({ status }) => status === 429),
        saw: burst.map(({ status }) => status).join(' '),
      },
    ];
  } finally {
    await issuer.close();
  }
};
