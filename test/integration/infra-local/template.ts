import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A resource as `cdk synth` would write it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: object;
  readonly Metadata?: object;
}

export interface TemplateStack {
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly outputs?: Readonly<Record<string, object>>;
  /** The path of each construct, by logical id. */
  readonly paths?: Readonly<Record<string, string>>;
}

/** Writes an output folder of `cdk synth` with these stacks, and these handlers as `asset.<name>/index.mjs`. */
export const writeAssembly = (
  stacks: Readonly<Record<string, TemplateStack>>,
  handlers: Readonly<Record<string, string>> = {},
): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-fixture-'));
  const artifacts: Record<string, object> = {};
  for (const [name, { resources, outputs = {}, paths = {} }] of Object.entries(stacks)) {
    const templateFile = `${name}.template.json`;
    const additionalMetadataFile = `${name}.metadata.json`;
    artifacts[name] = {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile },
      additionalMetadataFile,
    };
    const metadata = Object.entries(paths).map(([data, path]) => [
      path,
      [{ type: 'aws:cdk:logicalId', data }],
    ]);
    writeFileSync(join(folder, additionalMetadataFile), JSON.stringify(Object.fromEntries(metadata)));
    artifacts[`${name}.assets`] = {
      type: 'cdk:asset-manifest',
      properties: { file: `${name}.assets.json` },
    };
    const files = Object.fromEntries(
      Object.keys(handlers).map((handler) => [
        handler,
        { source: { path: `asset.${handler}`, packaging: 'zip' } },
      ]),
    );
    writeFileSync(join(folder, `${name}.assets.json`), JSON.stringify({ version: '48.0.0', files }));
    writeFileSync(join(folder, templateFile), JSON.stringify({ Resources: resources, Outputs: outputs }));
  }
  for (const [name, source] of Object.entries(handlers)) {
    mkdirSync(join(folder, `asset.${name}`));
    writeFileSync(join(folder, `asset.${name}`, 'index.mjs'), source);
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ version: '48.0.0', artifacts }));
  return folder;
};

export const ref = (id: string): object => ({ Ref: id });
export const getAtt = (id: string, attribute: string): object => ({ 'Fn::GetAtt': [id, attribute] });
export const imported = (name: string): object => ({ 'Fn::ImportValue': name });
const exported = (value: unknown, name: string): object => ({ Value: value, Export: { Name: name } });

export const queue = (properties: object = {}): TemplateResource => ({
  Type: 'AWS::SQS::Queue',
  Properties: properties,
});

export const lambda = (asset: string, properties: object = {}): TemplateResource => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: { 'Fn::Sub': `cdk-assets-\${AWS::AccountId}-\${AWS::Region}` }, S3Key: `${asset}.zip` },
    Handler: 'index.handler',
    Role: 'arn:aws:iam::000000000000:role/app',
    Runtime: 'nodejs24.x',
    ...properties,
  },
});

export const mapping = (functionId: string, source: unknown, properties: object = {}): TemplateResource => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: { FunctionName: ref(functionId), EventSourceArn: source, ...properties },
});

export const rule = (pattern: object, ...queueIds: readonly string[]): TemplateResource => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: imported('Stateful:Bus'),
    EventPattern: pattern,
    State: 'ENABLED',
    Targets: queueIds.map((id) => ({ Id: id, Arn: getAtt(id, 'Arn') })),
  },
});

/** A stack with a table and a bus, exported to the stacks that use them. */
export const stateful: TemplateStack = {
  resources: {
    Leads: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
          { AttributeName: 'tier', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: [
          {
            IndexName: 'byTier',
            KeySchema: [{ AttributeName: 'tier', KeyType: 'HASH' }],
            Projection: { ProjectionType: 'KEYS_ONLY' },
          },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        Replicas: [{ Region: ref('AWS::Region') }],
      },
    },
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'leads' } },
    Archive: { Type: 'AWS::Events::Archive', Properties: { SourceArn: getAtt('Bus', 'Arn') } },
  },
  outputs: {
    Table: exported(ref('Leads'), 'Stateful:Table'),
    Stream: exported(getAtt('Leads', 'StreamArn'), 'Stateful:Stream'),
    Bus: exported(ref('Bus'), 'Stateful:Bus'),
    BusArn: exported(getAtt('Bus', 'Arn'), 'Stateful:BusArn'),
  },
};
