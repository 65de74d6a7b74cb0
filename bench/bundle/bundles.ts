import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { SluiceFunction } from '../../infra/constructs/sluice-function.ts';
import { readAssembly } from '../../infra/local/assembly.ts';
import { buildSluiceApp } from '../../infra/sluice-app.ts';

const clientOnly = '../bench/bundle/client-only';

export interface Bundle {
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Bundles the deployed functions, and beside them, by the very same construct, the handler to compare with. */
export const withBundles = async <T>(
  work: (bundles: { readonly scoreLeads: Bundle; readonly clientOnly: Bundle }) => Promise<T>,
): Promise<T> => {
  const outdir = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  try {
    const { app } = buildSluiceApp({ outdir, validate: false });
    new SluiceFunction(new Stack(app, 'Bench'), 'ClientOnly', {
      service: clientOnly,
      logRetention: RetentionDays.ONE_DAY,
    });
    app.synth();
    const { resources, codeFolder } = readAssembly(outdir);
    const bundleOf = (service: string): Bundle => {
      const environmentOf = (properties: Readonly<Record<string, unknown>>) =>
        (properties.Environment as { Variables?: Record<string, unknown> } | undefined)?.Variables ?? {};
      const found = resources.find(
        ({ properties }) => environmentOf(properties).POWERTOOLS_SERVICE_NAME === service,
      );
      if (found === undefined) throw new Error(`the template has no function of the service ${service}`);
      const variables = Object.entries(environmentOf(found.properties));
      return {
        file: join(codeFolder(found), 'index.mjs'),
        // Names of tables are references; any text will do for a function that only starts.
        environment: Object.fromEntries(
          variables.map(([name, value]) => [name, typeof value === 'string' ? value : 'a-reference']),
        ),
      };
    };
    return await work({ scoreLeads: bundleOf('score-leads'), clientOnly: bundleOf(clientOnly) });
  } finally {
    rmSync(outdir, { recursive: true });
  }
};
