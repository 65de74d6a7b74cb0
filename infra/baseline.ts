import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { buildSluiceApp } from './sluice-app.ts';

/**
 * Keeps the template of the stateful stack as it is about to be deployed. Tests hold each later one against it: none may
 * replace what holds data.
 */
const file = resolve(import.meta.dirname, '../test/infra/baseline/stateful.json');
const outdir = mkdtempSync(join(tmpdir(), 'sluice-baseline-'));
const { stateful } = buildSluiceApp({ environment: 'staging', bundle: false, validate: false, outdir });
const { Resources } = Template.fromStack(stateful).toJSON();
rmSync(outdir, { recursive: true });
writeFileSync(file, `${JSON.stringify({ Resources }, undefined, 2)}\n`);
console.log(file);
