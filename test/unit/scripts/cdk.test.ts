import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mergeOutputs } from '../../../scripts/cdk/merge-outputs.ts';
import { readArguments } from '../../../scripts/cdk/read-arguments.ts';
import { temporaryFiles } from '../../support/temporary-files.ts';

describe('the arguments for the CDK', () => {
  it('are passed on as they are, whatever is read from them', () => {
    const args = ['-c', 'region=eu-central-1', '--context=name=shop', '--hotswap', '--profile', 'shop'];
    expect(readArguments(args)).toEqual({
      args,
      context: { region: 'eu-central-1', name: 'shop' },
      profile: 'shop',
      outputsFile: undefined,
      toolkit: undefined,
      asksForHelp: false,
    });
  });

  it.each([
    [['-c', 'producers=[{"id":"A=B"}]'], { context: { producers: '[{"id":"A=B"}]' } }],
    [['-c', 'region=a', '-c', 'region=b'], { context: { region: 'b' } }],
    [['-c', 'region'], { context: {} }],
    [['-c'], { context: {} }],
    [['-c', '__proto__=x'], { context: Object.fromEntries([['__proto__', 'x']]) }],
    [['--profile=a', '--profile', 'b'], { profile: 'b' }],
    [['-O', 'mine.json'], { outputsFile: 'mine.json' }],
    [['--outputs-file=mine.json'], { outputsFile: 'mine.json' }],
    [['--toolkit-stack-name', 'Ours'], { toolkit: 'Ours' }],
    [['--help'], { asksForHelp: true }],
  ])('are read in each way of writing them: %j', (args, expected) =>
    expect(readArguments(args)).toMatchObject(expected),
  );
});

describe('the file with outputs', () => {
  const merge = (before: string, deployed: string) =>
    JSON.parse(mergeOutputs('cdk-outputs.json', before, deployed));

  it('keeps those of other deployments, and replaces those of stacks that were deployed', () => {
    const before = JSON.stringify({
      'A-dev-Stateful': { BusName: 'a', Old: '1' },
      'B-dev-Stateful': { BusName: 'b' },
    });
    expect(merge(before, JSON.stringify({ 'A-dev-Stateful': { BusName: 'c' } }))).toEqual({
      'A-dev-Stateful': { BusName: 'c' },
      'B-dev-Stateful': { BusName: 'b' },
    });
  });

  it.each(['', '{', '[]', 'null', '"a"'])(
    'is refused before a deployment if it is something else: %j',
    (before) => {
      expect(() => merge(before, '{}')).toThrow('cdk-outputs.json has no outputs of stacks');
    },
  );
});

describe('the command', () => {
  const { folder } = temporaryFiles();
  const run = (...args: string[]) => {
    const others = Object.entries(process.env).filter(([name]) => !/^(AWS|AMAZON|CDK)_/.test(name));
    return spawnSync(process.execPath, ['scripts/cdk.ts', ...args], {
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        ...Object.fromEntries(others),
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_CONFIG_FILE: join(folder, 'no-config'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
      },
    });
  };

  it.each(['deploy', 'diff', 'destroy'])(
    'ends at once without a region or credentials, with a hint: %s',
    (command) => {
      const { status, stderr, stdout } = run(command);
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toContain('none is named; the CDK would take us-east-1');
      expect(stderr).toContain('npx sluice doctor --aws');
      expect(run(command, '-c', 'region=eu-central-1').stderr).toContain('no credentials');
    },
  );

  it('leaves help to the CDK', () => {
    const { status, stdout } = run('deploy', '--help');
    expect([status, stdout]).toEqual([0, expect.stringContaining('--require-approval')]);
  });

  it('refuses other commands', () => {
    expect(run('launch', '--help')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('given "launch"'),
    });
  });
});
