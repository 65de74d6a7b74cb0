import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { buildSluiceApp } from './sluice-app.ts';

/**
 * Writes the templates of the stateful stack, with a key of the account and without, as the baseline that is about to
 * be deployed. Tests compare each later template with them: none may replace a resource that holds data.
 */
const folder = resolve(import.meta.dirname, '../test/infra/baseline');

const keep = (name: string, customerManagedKeys: boolean): void => {
  const outdir = mkdtempSync(join(tmpdir(), 'sluice-baseline-'));
  const { stateful } = buildSluiceApp({
    environment: 'staging',
    overrides: { customerManagedKeys },
    bundle: false,
    validate: false,
    outdir,
  });
  const { Resources } = Template.fromStack(stateful).toJSON();
  rmSync(outdir, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `${JSON.stringify({ Resources }, undefined, 2)}\n`);
  console.log(file);
};

keep('stateful.json', false);
keep('stateful-own-key.json', true);
