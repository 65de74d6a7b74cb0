import { existsSync, readFileSync } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import * as z from 'zod';
import { LocalStackError, messageOf } from './errors.ts';
import { createResolver, type Resolve, type StackTemplate } from './intrinsics.ts';
import { checkType, type Resource } from './resource-types.ts';

/** All stacks of a synthesized app in one view. */
export interface Assembly {
  readonly resources: readonly Resource[];
  readonly resolve: Resolve;
  /** The outputs of all stacks, by name. Those that name what the local stack doesn't run are left out. */
  readonly outputs: () => Record<string, string>;
  /** The folder with a function's code. */
  readonly codeFolder: (resource: Resource) => string;
}

const bag = z.record(z.string(), z.unknown());

const manifestSchema = z.object({
  artifacts: z
    .record(
      z.string(),
      z.object({
        type: z.string(),
        properties: bag.optional(),
        displayName: z.string().optional(),
        metadata: bag.optional(),
        additionalMetadataFile: z.string().optional(),
      }),
    )
    .default({}),
});

const templateSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.unknown() })).default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
  Resources: z
    .record(
      z.string(),
      z.object({ Type: z.string(), Properties: bag.default({}), Metadata: bag.default({}) }),
    )
    .default({}),
});

const assetsSchema = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string().optional() }) })).default({}),
});

const readJson = <T>(file: string, schema: z.ZodType<T>): T => {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const hint = existsSync(file) ? messageOf(error) : 'there is no such file; synthesize the app first';
    throw new LocalStackError('ASSEMBLY_UNREADABLE', `cannot read ${file}: ${hint}`, { cause: error });
  }
};

interface Found {
  readonly stacks: Map<string, StackTemplate>;
  readonly folders: Map<string, string>;
  /** Asset hash → folder. */
  readonly assets: Map<string, string>;
}

type Artifact = z.infer<typeof manifestSchema>['artifacts'][string];

const constructEntries = z.array(z.object({ type: z.string(), data: z.unknown().optional() }));

/** Logical id → path of the construct within its stack, without the `Resource` at its end. */
const constructPaths = (folder: string, id: string, artifact: Artifact): ReadonlyMap<string, string> => {
  const { metadata, additionalMetadataFile, displayName = id } = artifact;
  const more = additionalMetadataFile ? readJson(resolvePath(folder, additionalMetadataFile), bag) : {};
  const paths = new Map<string, string>();
  for (const [path, entries] of Object.entries({ ...metadata, ...more })) {
    const entry = constructEntries.safeParse(entries).data?.find(({ type }) => type === 'aws:cdk:logicalId');
    if (entry === undefined) continue;
    const within = path.startsWith(`/${displayName}/`) ? path.slice(displayName.length + 2) : path;
    paths.set(String(entry.data), within.replace(/\/Resource$/, ''));
  }
  return paths;
};

const readStack = (file: string, name: string, paths: ReadonlyMap<string, string>): StackTemplate => {
  const template = readJson(file, templateSchema);
  const resources = Object.entries(template.Resources).map(([logicalId, { Type, Properties, Metadata }]) => {
    const path = paths.get(logicalId) ?? logicalId;
    const resource = { stack: name, logicalId, path, type: Type, properties: Properties, metadata: Metadata };
    checkType(resource);
    return [logicalId, resource] as const;
  });
  return {
    name,
    parameters: template.Parameters,
    outputs: template.Outputs as StackTemplate['outputs'],
    resources: new Map(resources),
  };
};

const collect = (folder: string, found: Found): void => {
  const { artifacts } = readJson(resolvePath(folder, 'manifest.json'), manifestSchema);
  for (const [id, artifact] of Object.entries(artifacts)) {
    const { type, properties = {} } = artifact;
    if (type === 'cdk:cloud-assembly') {
      collect(resolvePath(folder, String(properties.directoryName)), found);
    } else if (type === 'cdk:asset-manifest') {
      const { files } = readJson(resolvePath(folder, String(properties.file)), assetsSchema);
      for (const [hash, { source }] of Object.entries(files)) {
        if (source.path !== undefined) found.assets.set(hash, resolvePath(folder, source.path));
      }
    } else if (type === 'aws:cloudformation:stack') {
      const name = typeof properties.stackName === 'string' ? properties.stackName : id;
      const template = resolvePath(folder, String(properties.templateFile));
      found.stacks.set(name, readStack(template, name, constructPaths(folder, id, artifact)));
      found.folders.set(name, folder);
    }
  }
};

const readOutputs = (stacks: Iterable<StackTemplate>, resolve: Resolve): Record<string, string> => {
  const outputs: Record<string, string> = {};
  for (const { name: stack, outputs: all } of stacks) {
    for (const [name, { Value }] of Object.entries(all)) {
      try {
        outputs[name] = String(resolve(Value, stack));
      } catch (error) {
        if (!(error instanceof LocalStackError && error.code === 'REFERENCE_UNRESOLVED')) throw error;
      }
    }
  }
  return outputs;
};

/**
 * Reads the output folder of `cdk synth`.
 *
 * @throws LocalStackError `ASSEMBLY_UNREADABLE`, or `RESOURCE_UNSUPPORTED` for a type that is in neither list
 */
export const readAssembly = (folder: string, tableSuffix = ''): Assembly => {
  const found: Found = { stacks: new Map(), folders: new Map(), assets: new Map() };
  collect(folder, found);
  const resolve = createResolver(found.stacks, tableSuffix);
  return {
    resources: [...found.stacks.values()].flatMap((stack) => [...stack.resources.values()]),
    resolve,
    outputs: () => readOutputs(found.stacks.values(), resolve),
    codeFolder: (resource) => {
      const path = resource.metadata['aws:asset:path'];
      const code = resolve(resource.properties.Code, resource.stack) as { S3Key?: unknown } | undefined;
      const hash = String(code?.S3Key ?? '').replace(/\.zip$/, '');
      const asset =
        typeof path === 'string'
          ? resolvePath(found.folders.get(resource.stack) ?? folder, path)
          : found.assets.get(hash);
      if (asset !== undefined && existsSync(asset)) return asset;
      throw new LocalStackError(
        'ASSEMBLY_UNREADABLE',
        `the code of ${resource.stack}/${resource.logicalId} is not in ${folder}: ` +
          `its asset is ${JSON.stringify(path ?? hash)}`,
      );
    },
  };
};
