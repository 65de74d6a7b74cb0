import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { checkedModel, modelBesideBundle, modelFileName } from '../../infra/constructs/model-asset.ts';
import { SluiceFunction } from '../../infra/constructs/sluice-function.ts';
import { readAssembly } from '../../infra/local/assembly.ts';
import { buildSluiceApp } from '../../infra/sluice-app.ts';
import { writeIntegrations } from '../integrations.ts';

export interface Bundle {
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
}

const root = resolve(import.meta.dirname, '../..');

/** The deployed functions, by the names of their folders. */
export const functionNames: readonly string[] = readdirSync(join(root, 'functions')).sort();

/** The handlers to compare with, which are folders beside this file. */
export const probes = [
  'dynamodb-client',
  'event-bridge-client',
  'dynamodb-and-s3-clients',
  'dynamodb-and-sqs-clients',
  'dynamodb-and-event-bridge-clients',
  'clients-of-intake',
  'clients-of-managing',
  'clients-of-sending',
  'client-and-stack',
  'client-stack-and-contracts',
  'client-stack-and-model',
] as const;

const probeFolder = '../bench/bundle/';

const variablesOf = (properties: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  (properties.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {};

/** Replaces references, such as names of tables, by a text; any text will do for a function that only starts. */
const buildEnvironment = (variables: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : 'a-reference',
    ]),
  );

const build = (folder: string): Map<string, Bundle> => {
  const outdir = join(folder, 'assembly');
  const { app } = buildSluiceApp({ outdir, validate: false, ...writeIntegrations(folder) });
  const stack = new Stack(app, 'Bench');
  for (const probe of probes) {
    new SluiceFunction(stack, probe, {
      service: `${probeFolder}${probe}`,
      environment: { MODEL_FILE: modelFileName },
      commandHooks: modelBesideBundle(checkedModel(join(root, 'models/success-ready.json'))),
      logRetention: RetentionDays.ONE_DAY,
    });
  }
  app.synth();
  const { resources, codeFolder } = readAssembly(outdir);
  const bundles = resources.flatMap((resource): [string, Bundle][] => {
    const variables = variablesOf(resource.properties);
    const service = variables.POWERTOOLS_SERVICE_NAME;
    if (typeof service !== 'string') return [];
    const file = join(codeFolder(resource), 'index.mjs');
    return [[service.replace(probeFolder, ''), { file, environment: buildEnvironment(variables) }]];
  });
  return new Map(bundles);
};

/**
 * Bundles the deployed functions and, with the same construct, the handlers to compare with.
 *
 * @param work is called with a function that returns a bundle by the name of its folder
 */
export const withBundles = async <T>(
  work: (bundleOf: (name: string) => Bundle) => Promise<T>,
): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  try {
    const bundles = build(folder);
    return await work((name) => {
      const bundle = bundles.get(name);
      if (bundle === undefined) throw new Error(`the template has no function of the service ${name}`);
      return bundle;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
};
