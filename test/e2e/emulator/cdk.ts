import { join } from 'node:path';
import { runCommand } from '../command.ts';
import { projectRoot } from '../folders.ts';

export interface CdkProps {
  readonly endpoint: string;
  /** The folder for the log, the cloud assembly and the outputs. */
  readonly folder: string;
  /** The URL of the issuer that the API trusts. */
  readonly issuer: string;
  /** The folders of the documents of sources and subscriptions. */
  readonly documents: { readonly sources: string; readonly deliveries: string };
}

export interface Cdk {
  readonly logFile: string;
  /** The file with the outputs of the stacks, by the stacks' names. */
  readonly outputsFile: string;
  /** The folder with the templates of the last deployment. */
  readonly assembly: string;
  readonly bootstrap: () => Promise<void>;
  /** Deploys all stacks. @param context such as `model=models/bant.json` */
  readonly deploy: (...context: string[]) => Promise<void>;
  /** Compares the stacks. @throws EndToEndError `SETUP_FAILED` if they differ from the last deployment */
  readonly diff: () => Promise<void>;
  readonly destroy: () => Promise<void>;
}

const account = '000000000000';
const region = 'us-east-1';

/** Returns an environment with invented credentials. Nothing of a real account may be left in it. */
const buildCdkEnvironment = ({ endpoint, folder }: CdkProps): NodeJS.ProcessEnv => {
  const others = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK|SLUICE)_/.test(name));
  return {
    ...Object.fromEntries(others),
    HOME: folder,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: join(folder, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
};

const commandMs = 300_000;

/** Creates a runner of the CDK's own command, pointed at an emulator. */
export const createCdk = (props: CdkProps): Cdk => {
  const { folder, issuer, documents } = props;
  const logFile = join(folder, 'cdk.log');
  const outputsFile = join(folder, 'outputs.json');
  const assembly = join(folder, 'assembly');
  const run = (...args: string[]) =>
    runCommand({
      command: process.execPath,
      args: [join(projectRoot, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args, '--no-notices', '--ci'],
      cwd: projectRoot,
      env: buildCdkEnvironment(props),
      logFile,
      timeoutMs: commandMs,
    });
  const synthesized = ['--app', assembly];
  return {
    logFile,
    outputsFile,
    assembly,
    bootstrap: () => run('bootstrap', `aws://${account}/${region}`, '--app', ''),
    deploy: async (...context) => {
      const app = `${process.execPath} ${join(import.meta.dirname, 'app.ts')} ${issuer}`;
      const { sources, deliveries } = documents;
      const given = ['keepData=false', `sources=${sources}`, `deliveries=${deliveries}`];
      const values = [...given, ...context].flatMap((value) => ['--context', value]);
      await run('synth', '--quiet', '--app', app, '--output', assembly, ...values);
      const how = ['--require-approval', 'never', '--progress', 'events', '--outputs-file', outputsFile];
      await run('deploy', '--all', ...synthesized, ...how);
    },
    diff: () => run('diff', '--fail', ...synthesized),
    destroy: () => run('destroy', '--all', '--force', ...synthesized),
  };
};
