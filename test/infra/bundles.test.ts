import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseModel } from '../../shared/scoring/index.ts';
import { buildTemplates, documents, listResources } from './synthesized.ts';

interface Fn {
  readonly Code: { readonly S3Key: string };
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

let bundled: ReturnType<typeof buildTemplates>;
let functions: { id: string; folder: string; variables: Readonly<Record<string, string>> }[];

beforeAll(() => {
  bundled = buildTemplates({ ...documents, bundle: true });
  functions = listResources<Fn>(bundled.templates.stateless, 'AWS::Lambda::Function').map(
    ({ id, properties }) => ({
      id,
      folder: join(bundled.outdir, `asset.${properties.Code.S3Key.replace('.zip', '')}`),
      variables: properties.Environment.Variables,
    }),
  );
}, 240_000);

const findFolder = (fn: string): string =>
  functions.find(({ id }) => id === `${fn}HandlerFunction`)?.folder ?? '';

/** The most KB of a bundle. The checker of models makes one larger: docs/adr/0055-one-function-has-the-checker-of-models.md */
const mostKb = (id: string): number => (id === 'ManageModelsHandlerFunction' ? 500 : 450);

describe('the bundles', () => {
  it('load as ES modules with nothing around them but Node, and export a handler', () => {
    expect(functions).toHaveLength(readdirSync('functions').length);
    for (const { folder, variables } of functions) {
      const script = `const { handler } = await import(${JSON.stringify(join(folder, 'index.mjs'))});
        process.stdout.write(typeof handler)`;
      const env = { ...variables, AWS_REGION: 'eu-central-1', PATH: process.env.PATH };
      const args = ['--input-type=module', '--eval', script];
      expect(execFileSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8' })).toBe('function');
    }
  });

  it('stay small enough to start quickly', () => {
    for (const { id, folder } of functions) {
      const kb = readFileSync(join(folder, 'index.mjs')).byteLength / 1_024;
      expect(kb, id).toBeLessThanOrEqual(mostKb(id));
    }
  });

  it('look for credentials nowhere but in their environment', () => {
    for (const { folder } of functions) {
      const bundle = readFileSync(join(folder, 'index.mjs'), 'utf8');
      expect(bundle.match(/sso-oidc|credential_process|AssumeRoleWithWebIdentity/)).toBeNull();
    }
  });

  it('have the scoring model beside them where it is needed, checked and with its defaults', () => {
    expect(readdirSync(findFolder('ScoreLeads')).sort()).toEqual(['index.mjs', 'model.json']);
    expect(readdirSync(findFolder('StartNurture'))).toEqual(['index.mjs']);
    const text = readFileSync('models/success-ready.json', 'utf8');
    expect(JSON.parse(readFileSync(join(findFolder('ScoreLeads'), 'model.json'), 'utf8'))).toEqual(
      parseModel(text, 'the model').document,
    );
  });

  it('change nothing in the template but their own hashes', () => {
    const withoutHashes = (template: unknown) =>
      JSON.stringify(template).replace(/[0-9a-f]{64}\.zip|(?<=CurrentVersion)[0-9A-Fa-f]{40}/g, 'hash');
    const { stateless } = buildTemplates(documents).templates;
    expect(withoutHashes(bundled.templates.stateless)).toBe(withoutHashes(stateless));
  });
});
