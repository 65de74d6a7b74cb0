import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentNames } from '../../../infra/environments.ts';
import { buildSluiceApp, type SluiceAppProps } from '../../../infra/sluice-app.ts';
import { ensurePython } from '../../e2e/emulator/python.ts';
import { makeRunFolder, projectRoot, removeRunFolders } from '../../e2e/folders.ts';

const alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
const modelFile = 'models/success-ready.json';
const producers = [{ id: 'Shop', principal: '123456789012', sources: ['marketing.web'] }];

/** Each environment as it is, and with all that a context may add to it. */
const deployments: readonly (readonly [string, SluiceAppProps])[] = environmentNames.flatMap(
  (environment) => [
    [environment, { environment, alarmTopicArn, modelFile }] as const,
    [
      `${environment}, with a name, a region, a key, producers and an issuer`,
      {
        environment,
        alarmTopicArn,
        modelFile,
        name: 'My-Shop',
        region: 'eu-central-1',
        issuer: 'https://id.example.com',
        audience: ['web', 'mobile'],
        overrides: { customerManagedKeys: true, producers, deployment: 'gradual' },
      },
    ] as const,
    [
      `${environment}, with the console and a user pool`,
      { environment, alarmTopicArn, modelFile, consoleContext: { console: 'true', signIn: 'cognito' } },
    ] as const,
  ],
);

const folder = makeRunFolder();
afterAll(removeRunFolders);
let command: string;
beforeAll(async () => {
  const requirements = join(import.meta.dirname, 'requirements.txt');
  const python = await ensurePython({ what: 'cfn-lint', requirements, logFile: join(folder, 'install.log') });
  command = join(dirname(python), 'cfn-lint');
}, 300_000);

interface Found {
  readonly Rule: { readonly Id: string };
  readonly Message: string;
  readonly Filename: string;
}

const run = promisify(execFile);

/**
 * Returns what cfn-lint finds in templates, a line each.
 *
 * W3005 is left out: it finds dependencies that a reference states too, which the CDK adds to every function and its
 * role, and which do no harm. So is W6001: the outputs about the API for people are those of the stateless stack, also if
 * the console's stack has the API.
 */
const lint = async (...templates: readonly string[]): Promise<string[]> => {
  const args = ['--format', 'json', '--ignore-checks', 'W3005', 'W6001', '--template', ...templates];
  // With a finding the exit code is not 0; without JSON on standard output it failed.
  const { stdout } = await run(command, args, { cwd: projectRoot, maxBuffer: 2 ** 26 }).catch(
    (error: { stdout?: string; stderr?: string }) => {
      if (error.stdout?.startsWith('[')) return { stdout: error.stdout };
      throw new Error(`cfn-lint failed: ${error.stderr}`, { cause: error });
    },
  );
  return (JSON.parse(stdout) as Found[]).map(({ Rule, Message }) => `${Rule.Id} ${Message}`);
};

describe('cfn-lint', () => {
  it.each(deployments)('finds nothing in the templates of %s', async (_, props) => {
    const outdir = mkdtempSync(join(folder, 'assembly-'));
    const { app } = buildSluiceApp({ ...props, outdir, bundle: false, validate: false });
    const { stacks } = app.synth();
    expect(stacks.length).toBeGreaterThan(1);
    expect(await lint(...stacks.map(({ templateFile }) => join(outdir, templateFile)))).toEqual([]);
    rmSync(outdir, { recursive: true });
  });

  it('finds nothing in the role for a deployment by GitHub', async () => {
    expect(await lint(join(projectRoot, 'docs', 'examples', 'github-role.yaml'))).toEqual([]);
  });

  it('would find a property that no such resource has', async () => {
    const file = join(folder, 'wrong.json');
    const Queue = { Type: 'AWS::SQS::Queue', Properties: { Encrypted: true } };
    writeFileSync(file, JSON.stringify({ Resources: { Queue } }));
    expect(await lint(file)).toEqual([expect.stringMatching(/^E3002 .*Encrypted/)]);
  });
});
