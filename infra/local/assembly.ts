import { existsSync } from 'node:fs';
import { join, resolve as resolvePath } from 'node:path';
import { AssetManifestArtifact, CloudAssembly, type CloudFormationStackArtifact } from 'aws-cdk-lib/cx-api';
import * as z from 'zod';
import { LocalStackError, messageOf } from './errors.ts';
import { createResolver, type Resolve, type StackTemplate } from './intrinsics.ts';
import { checkType, type Resource } from './resource-types.ts';

/** All stacks of a synthesized app. */
export interface Assembly {
  readonly resources: readonly Resource[];
  readonly resolve: Resolve;
  /** Returns the outputs of all stacks by name, without those of resources that the local stack doesn't run. */
  readonly outputs: () => Record<string, string>;
  /** Returns the folder with a function's code. */
  readonly codeFolder: (resource: Resource) => string;
}

const bag = z.record(z.string(), z.unknown());

const templateSchema = z.object({
  Parameters: z.record(z.string(), z.object({ Default: z.unknown() })).default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: bag.default({}) })).default({}),
});

const reading = <T>(file: string, read: () => T): T => {
  try {
    return read();
  } catch (error) {
    const hint = existsSync(file) ? messageOf(error) : 'there is no such file; synthesize the app first';
    throw new LocalStackError('ASSEMBLY_UNREADABLE', `cannot read ${file}: ${hint}`, { cause: error });
  }
};

/** Returns the path of each construct within its stack, without the `Resource` at its end, by logical id. */
const constructPaths = (stack: CloudFormationStackArtifact): ReadonlyMap<string, string> =>
  new Map(
    stack
      .findMetadataByType('aws:cdk:logicalId')
      .map(({ path, data }) => [
        String(data),
        path.replace(`/${stack.hierarchicalId}/`, '').replace(/\/Resource$/, ''),
      ]),
  );

const readStack = (stack: CloudFormationStackArtifact): StackTemplate => {
  const { stackName: name, templateFullPath: file } = stack;
  const template = reading(file, () => templateSchema.parse(stack.template));
  const paths = constructPaths(stack);
  const resources = Object.entries(template.Resources).map(([logicalId, { Type, Properties }]) => {
    const path = paths.get(logicalId) ?? logicalId;
    const resource = { stack: name, logicalId, path, type: Type, properties: Properties };
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

/** Returns the folders of the file assets by their hashes, which templates contain. */
const readAssets = (assemblies: Iterable<CloudAssembly>): ReadonlyMap<string, string> => {
  const assets = new Map<string, string>();
  for (const { artifacts, directory } of assemblies)
    for (const artifact of artifacts.filter(AssetManifestArtifact.isAssetManifestArtifact)) {
      const { files = {} } = reading(artifact.file, () => artifact.contents);
      for (const [hash, { source }] of Object.entries(files))
        if (source.path !== undefined) assets.set(hash, resolvePath(directory, source.path));
    }
  return assets;
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
 * @throws LocalStackError `ASSEMBLY_UNREADABLE`, or `RESOURCE_UNSUPPORTED` for an unknown type of resource
 */
export const readAssembly = (folder: string, tableSuffix = ''): Assembly => {
  const directory = resolvePath(folder);
  const artifacts = reading(
    join(directory, 'manifest.json'),
    () => new CloudAssembly(directory).stacksRecursively,
  );
  const stacks = new Map(artifacts.map((stack) => [stack.stackName, readStack(stack)]));
  const assets = readAssets(new Set(artifacts.map(({ assembly }) => assembly)));
  const resolve = createResolver(stacks, tableSuffix);
  return {
    resources: [...stacks.values()].flatMap((stack) => [...stack.resources.values()]),
    resolve,
    outputs: () => readOutputs(stacks.values(), resolve),
    codeFolder: ({ stack, logicalId, properties }) => {
      const code = resolve(properties.Code, stack) as { S3Key?: unknown } | undefined;
      const hash = String(code?.S3Key ?? '').replace(/\.zip$/, '');
      const asset = assets.get(hash);
      if (asset !== undefined && existsSync(asset)) return asset;
      throw new LocalStackError(
        'ASSEMBLY_UNREADABLE',
        `the code of ${stack}/${logicalId} is not in ${folder}: its asset is ${JSON.stringify(hash)}`,
      );
    },
  };
};
