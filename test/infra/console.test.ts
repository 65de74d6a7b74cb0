import { describe, expect, it } from 'vitest';
import { buildContentPolicy, pageHeaders } from '../../shared/page-headers/index.ts';
import { buildTemplates, listOutputs, listResources, stateless as withoutConsole } from './synthesized.ts';

type CfnTemplate = typeof withoutConsole;

const tokens = { issuer: 'https://issuer.example.com/tenant/', audience: 'sluice' };
const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/1b2c';

const build = (
  consoleContext: Record<string, unknown>,
  ofPeople: Partial<typeof tokens> = tokens,
  props = {},
) => {
  const built = buildTemplates(
    { consoleContext: { console: 'true', ...consoleContext }, ...props },
    ofPeople as typeof tokens,
  );
  const { console, signIn } = built.ofConsole;
  return { ...built, console, people: signIn, stateless: built.templates.stateless };
};

const ofIssuer = build({ clientId: 'web', signInOrigins: 'https://tokens.example.com' });
const ofCognito = build({ signIn: 'cognito' }, {});
const ofDomain = build({
  clientId: 'web',
  consoleDomain: 'console.example.com',
  consoleCertificate: certificate,
});

/** Returns the properties of the one resource of a type. */
const only = <P = Readonly<Record<string, unknown>>>(template: CfnTemplate, type: string): P => {
  const found = listResources<P>(template, type);
  expect(found).toHaveLength(1);
  return (found[0] as (typeof found)[number]).properties;
};

interface Behavior {
  readonly TargetOriginId: string;
  readonly ViewerProtocolPolicy: string;
  readonly AllowedMethods: readonly string[];
  readonly CachePolicyId: string;
  readonly OriginRequestPolicyId?: string;
  readonly ResponseHeadersPolicyId: string;
  readonly PathPattern?: string;
}
interface Origin {
  readonly Id: string;
  readonly DomainName: unknown;
  readonly OriginAccessControlId?: string;
  readonly S3OriginConfig?: { readonly OriginAccessIdentity: string };
  readonly CustomOriginConfig?: Readonly<Record<string, unknown>>;
}
interface Distribution {
  readonly DistributionConfig: {
    readonly HttpVersion: string;
    readonly DefaultCacheBehavior: Behavior;
    readonly CacheBehaviors: readonly Behavior[];
    readonly Origins: readonly Origin[];
    readonly Aliases?: readonly string[];
    readonly ViewerCertificate?: unknown;
    readonly Logging?: unknown;
    readonly CustomErrorResponses?: unknown;
  };
}

const distributionOf = ({ console }: typeof ofIssuer) =>
  only<Distribution>(console, 'AWS::CloudFront::Distribution').DistributionConfig;
const originOf = (built: typeof ofIssuer, { TargetOriginId }: Behavior) =>
  distributionOf(built).Origins.find(({ Id }) => Id === TargetOriginId);
const apiBehavior = (built: typeof ofIssuer): Behavior => {
  const [api, ...others] = distributionOf(built).CacheBehaviors;
  expect(others).toEqual([]);
  return api as Behavior;
};

interface HeadersPolicy {
  readonly ResponseHeadersPolicyConfig: {
    readonly SecurityHeadersConfig: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly CustomHeadersConfig?: { readonly Items: readonly { Header: string; Value: string }[] };
  };
}
const headersOf = ({ console }: typeof ofIssuer, id: 'PageHeaders' | 'ApiHeaders') =>
  listResources<HeadersPolicy>(console, 'AWS::CloudFront::ResponseHeadersPolicy').find(
    (policy) => policy.id === id,
  )?.properties.ResponseHeadersPolicyConfig;

/** The ids that CloudFront gives its own policies. Source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const managed = {
  cachingDisabled: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
  allViewerExceptHostHeader: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
};

describe('the files of the console', () => {
  it('are in a bucket that is encrypted, closed to the public, and open to one distribution by TLS alone', () => {
    const bucket = only(ofIssuer.console, 'AWS::S3::Bucket');
    expect(bucket).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
    expect(bucket).not.toHaveProperty('WebsiteConfiguration');
    const { PolicyDocument } = only<{ PolicyDocument: { Statement: Record<string, unknown>[] } }>(
      ofIssuer.console,
      'AWS::S3::BucketPolicy',
    );
    const [denied, allowed, ...others] = PolicyDocument.Statement;
    expect(others).toEqual([]);
    expect(denied).toMatchObject({
      Effect: 'Deny',
      Action: 's3:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    expect(allowed).toMatchObject({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { StringEquals: { 'AWS:SourceArn': expect.stringMatching(/:distribution\/Distribution$/) } },
    });
  });

  it('are fetched by origin access control, and not by an identity of the old kind', () => {
    const { DefaultCacheBehavior: behavior } = distributionOf(ofIssuer);
    expect(originOf(ofIssuer, behavior)).toMatchObject({
      OriginAccessControlId: 'Access.Id',
      S3OriginConfig: { OriginAccessIdentity: '' },
    });
    expect(only(ofIssuer.console, 'AWS::CloudFront::OriginAccessControl')).toMatchObject({
      OriginAccessControlConfig: {
        OriginAccessControlOriginType: 's3',
        SigningBehavior: 'always',
        SigningProtocol: 'sigv4',
      },
    });
    expect(listResources(ofIssuer.console, 'AWS::CloudFront::CloudFrontOriginAccessIdentity')).toEqual([]);
  });

  it('are only read, and by HTTPS', () => {
    expect(distributionOf(ofIssuer).DefaultCacheBehavior).toMatchObject({
      AllowedMethods: ['GET', 'HEAD'],
      ViewerProtocolPolicy: 'redirect-to-https',
    });
    expect(distributionOf(ofIssuer).HttpVersion).toBe('http2and3');
  });

  it('have the headers of the local console, and the policy lets the page reach its issuer and nobody else', () => {
    const { SecurityHeadersConfig, CustomHeadersConfig } = headersOf(ofIssuer, 'PageHeaders') ?? {};
    expect(distributionOf(ofIssuer).DefaultCacheBehavior.ResponseHeadersPolicyId).toBe('PageHeaders');
    const policy = buildContentPolicy(['https://issuer.example.com', 'https://tokens.example.com']);
    expect(SecurityHeadersConfig).toEqual({
      ContentSecurityPolicy: { ContentSecurityPolicy: policy, Override: true },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: pageHeaders['referrer-policy'], Override: true },
      StrictTransportSecurity: {
        AccessControlMaxAgeSec: 63_072_000,
        IncludeSubdomains: false,
        Override: true,
      },
    });
    expect(policy).not.toMatch(/unsafe|\*|http:/);
    const custom = Object.fromEntries(
      (CustomHeadersConfig?.Items ?? []).map(({ Header, Value }) => [Header, Value]),
    );
    expect({
      ...custom,
      'x-content-type-options': 'nosniff',
      'referrer-policy': SecurityHeadersConfig?.ReferrerPolicy?.ReferrerPolicy,
    }).toEqual(pageHeaders);
  });

  it('come with the sign-in of the page beside them', () => {
    const [source] = listResources<{ SourceMarkers?: readonly Record<string, unknown>[] }>(
      ofCognito.console,
      'Custom::CDKBucketDeployment',
    ).flatMap(({ properties: { SourceMarkers = [] } }) => SourceMarkers.slice(1));
    expect(Object.values(source ?? {})).toEqual(expect.arrayContaining(['People', 'Client']));
  });

  it('are stored by browsers for good if their names have a hash, and asked for each time if not', () => {
    const copies = listResources<{
      Exclude: readonly string[];
      Include?: readonly string[];
      SystemMetadata: Readonly<Record<string, string>>;
      Prune: boolean;
    }>(ofIssuer.console, 'Custom::CDKBucketDeployment').map(({ properties }) => properties);
    expect(copies).toMatchObject([
      {
        Exclude: ['*'],
        Include: ['assets/*'],
        SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
        // A page that is open may still load a part of itself.
        Prune: false,
      },
      { Exclude: ['assets/*'], SystemMetadata: { 'cache-control': 'no-cache' }, Prune: false },
    ]);
  });
});

describe('the way to a file', () => {
  const { FunctionCode } = only<{ FunctionCode: string }>(ofIssuer.console, 'AWS::CloudFront::Function');
  const route = new Function('uri', `${FunctionCode}; return handler({ request: { uri: uri } });`) as (
    uri: string,
  ) => unknown;

  it.each(['/', '/console'])('leads from %s to the page', (uri) => {
    expect(route(uri)).toMatchObject({ statusCode: 302, headers: { location: { value: '/console/' } } });
  });

  it.each([
    ['/console/', '/console/index.html'],
    ['/console/assets/index-1a2b.js', '/console/assets/index-1a2b.js'],
    ['/console/config.json', '/console/config.json'],
    ['/other/', '/other/'],
  ])('leads from %s to %s', (uri, expected) => {
    expect(route(uri)).toEqual({ uri: expected });
  });
});

describe('the API behind the console', () => {
  it('is never stored at the edge, and gets the token, the query and every method', () => {
    const behavior = apiBehavior(ofIssuer);
    expect(behavior).toMatchObject({
      PathPattern: '/api/*',
      CachePolicyId: managed.cachingDisabled,
      OriginRequestPolicyId: managed.allViewerExceptHostHeader,
      // A redirect would come after the token was sent.
      ViewerProtocolPolicy: 'https-only',
      ResponseHeadersPolicyId: 'ApiHeaders',
    });
    expect([...behavior.AllowedMethods].sort()).toEqual([
      'DELETE',
      'GET',
      'HEAD',
      'OPTIONS',
      'PATCH',
      'POST',
      'PUT',
    ]);
  });

  it('is that for people, reached by HTTPS', () => {
    expect(originOf(ofIssuer, apiBehavior(ofIssuer))).toMatchObject({
      DomainName: 'PeopleApi.ApiEndpoint',
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
    });
    const api = only<{ Name: string }>(ofIssuer.console, 'AWS::ApiGatewayV2::Api');
    expect(api).toMatchObject({ Name: 'Sluice-staging-people', ProtocolType: 'HTTP' });
    expect(api).not.toHaveProperty('CorsConfiguration');
  });

  it('has its routes in the stateless stack, in front of the API of the console', () => {
    const apisOf = (template: CfnTemplate) =>
      listResources<{ Name: string }>(template, 'AWS::ApiGatewayV2::Api').map(
        ({ properties: { Name } }) => Name,
      );
    expect(apisOf(ofIssuer.stateless)).toEqual(['Sluice-staging-services']);
    const routesOf = (template: CfnTemplate) =>
      listResources<{ RouteKey: string }>(template, 'AWS::ApiGatewayV2::Route')
        .filter(({ id }) => id.startsWith('People'))
        .map(({ properties: { RouteKey } }) => RouteKey);
    expect(routesOf(ofIssuer.stateless).length).toBeGreaterThan(10);
    expect(routesOf(ofIssuer.stateless)).toEqual(routesOf(withoutConsole));
    expect(Object.keys(ofIssuer.stateless.Resources).length).toBe(
      Object.keys(withoutConsole.Resources).length - 1,
    );
  });

  it('answers with headers by which an answer that is opened as a page loads nothing', () => {
    expect(headersOf(ofIssuer, 'ApiHeaders')?.SecurityHeadersConfig).toMatchObject({
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'" },
      ContentTypeOptions: { Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 63_072_000 },
    });
  });

  it('keeps its errors: no page takes the place of an answer', () => {
    expect(distributionOf(ofIssuer).CustomErrorResponses).toBeUndefined();
  });

  it('leaves no log of paths, which have the ids of leads', () => {
    expect(distributionOf(ofIssuer).Logging).toBeUndefined();
    expect(listResources(ofIssuer.console, 'AWS::Logs::DeliverySource')).toEqual([]);
  });
});

describe('a domain of the account', () => {
  it('speaks nothing below TLS 1.2', () => {
    expect(distributionOf(ofDomain)).toMatchObject({
      Aliases: ['console.example.com'],
      ViewerCertificate: {
        AcmCertificateArn: certificate,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
    expect(listOutputs(ofDomain.console)).toMatchObject({
      ConsoleUrl: 'https://console.example.com/console/',
      ConsoleHost: 'Distribution.DomainName',
    });
  });

  it("is CloudFront's own unless the context names one", () => {
    expect(distributionOf(ofIssuer).Aliases).toBeUndefined();
    expect(listOutputs(ofIssuer.console).ConsoleUrl).toBe('https://Distribution.DomainName/console/');
  });
});

describe('people in a user pool', () => {
  const pool = only(ofCognito.people, 'AWS::Cognito::UserPool');
  const client = only(ofCognito.console, 'AWS::Cognito::UserPoolClient');

  it('are added by an administrator, and sign in by a strong password and a second factor', () => {
    expect(pool).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' },
      Policies: { PasswordPolicy: { MinimumLength: 14, RequireSymbols: true } },
      // Whoever could take another's address would own the other's leads.
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    });
  });

  it('outlive their stack where data does', () => {
    expect(pool).toMatchObject({ DeletionProtection: 'ACTIVE' });
    expect(ofCognito.added?.signIn?.terminationProtection).toBe(true);
    const dev = build({ signIn: 'cognito' }, {}, { environment: 'dev' });
    expect(only(dev.people, 'AWS::Cognito::UserPool')).toMatchObject({ DeletionProtection: 'INACTIVE' });
  });

  it('sign in by a code and PKCE alone, on the page of Cognito, for a client without a secret', () => {
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      CallbackURLs: ['https://Distribution.DomainName/console/'],
      LogoutURLs: ['https://Distribution.DomainName/console/'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      AccessTokenValidity: 30,
    });
  });

  it('have the role of their group, which no client may ask for', () => {
    const groups = listResources<{ GroupName: string }>(ofCognito.people, 'AWS::Cognito::UserPoolGroup');
    expect(groups.map(({ properties }) => properties.GroupName)).toEqual(['viewer', 'seller', 'admin']);
    expect(client.AllowedOAuthScopes).toEqual(['openid']);
    expect(only(ofCognito.people, 'AWS::Cognito::UserPoolResourceServer')).toMatchObject({
      Identifier: 'sluice',
      Scopes: [{ ScopeName: 'viewer' }, { ScopeName: 'seller' }, { ScopeName: 'admin' }],
    });
    expect(pool.LambdaConfig).toEqual({
      PreTokenGenerationConfig: { LambdaArn: 'GrantScopes.Arn', LambdaVersion: 'V2_0' },
    });
  });

  it('are known to the API by tokens of the pool, for the client of the console', () => {
    expect(only(ofCognito.stateless, 'AWS::ApiGatewayV2::Authorizer')).toMatchObject({
      JwtConfiguration: {
        Issuer: 'https://cognito-idp.AWS::Region.AWS::URLSuffix/People',
        Audience: ['Client'],
      },
    });
    expect(ofCognito.settings).toMatch(/API for services and people of a user pool, console$/);
  });

  it('may be reached by the page: the description and the tokens of the pool are at two origins', () => {
    const { ContentSecurityPolicy } =
      headersOf(ofCognito, 'PageHeaders')?.SecurityHeadersConfig.ContentSecurityPolicy ?? {};
    expect(ContentSecurityPolicy).toMatch(
      /; connect-src 'self' https:\/\/cognito-idp\.AWS::Region\.\S+ https:\/\/\S+\.auth\.AWS::Region\.amazoncognito\.com; /,
    );
  });

  it('are watched: if their function fails, nobody can sign in', () => {
    const alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
    const { people } = build({ signIn: 'cognito' }, {}, { alarmTopicArn });
    expect(only(people, 'AWS::CloudWatch::Alarm')).toMatchObject({
      MetricName: 'Errors',
      Threshold: 1,
      AlarmActions: [alarmTopicArn],
    });
  });

  it.each(['Jaws', 'amazonas', 'My-Cognito'])(
    'are refused a name that Cognito takes for its own: %s',
    (name) => {
      expect(() => build({ signIn: 'cognito' }, {}, { name })).toThrow(
        `context name, with signIn=cognito: "${name}-staging" would be part of an address that Cognito refuses; allowed:`,
      );
    },
  );
});

describe('an app without the console', () => {
  it('has no stack of it, and the API for people as ever', () => {
    expect(buildTemplates().added).toBeUndefined();
    expect(listResources(withoutConsole, 'AWS::ApiGatewayV2::Api').map(({ id }) => id)).toContain(
      'PeopleApi',
    );
  });

  it('is the one that runs on this machine, which serves the console itself', () => {
    const local = buildTemplates(
      { local: true, consoleContext: { console: 'true', clientId: 'web' } },
      tokens,
    );
    expect(local.added).toBeUndefined();
  });
});

describe('two consoles in one account', () => {
  it('share no name, whatever their environments and regions', () => {
    const namesOf = ({ console, people }: typeof ofIssuer): string[] =>
      [console, people].flatMap((template) =>
        Object.values(template.Resources)
          .filter(({ Type }) => !Type.endsWith('ResourceServer'))
          .flatMap(
            ({ Properties }) =>
              JSON.stringify(Properties ?? {}).match(
                /"(Name|UserPoolName|Domain)":("[^"]*Sluice[^"]*"|\{[^}]*\}[^\]]*\])/gi,
              ) ?? [],
          ),
      );
    const dev = namesOf(build({ signIn: 'cognito' }, {}, { environment: 'dev', region: 'eu-central-1' }));
    const staging = namesOf(build({ signIn: 'cognito' }, {}, { region: 'eu-central-1' }));
    const elsewhere = namesOf(build({ signIn: 'cognito' }, {}, { region: 'eu-west-1' }));
    expect(dev.length).toBeGreaterThan(5);
    expect(dev.filter((name) => staging.includes(name))).toEqual([]);
    const global = (names: readonly string[]) => names.filter((name) => /console|pages|-api/.test(name));
    expect(global(staging).length).toBeGreaterThan(3);
    expect(global(staging).filter((name) => global(elsewhere).includes(name))).toEqual([]);
  });
});
