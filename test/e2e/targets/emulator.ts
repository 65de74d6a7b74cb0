import { existsSync, readFileSync } from 'node:fs';
import { readDeployedOutputs } from '../../../cli/stack/outputs.ts';
import { startRecorder } from '../../security/recorder/start-recorder.ts';
import { startIssuer } from '../api/issuer.ts';
import { people } from '../api/people.ts';
import { createCdk } from '../emulator/cdk.ts';
import { type EmulatorProps, startEmulator } from '../emulator/emulator.ts';
import { leftOut } from '../emulator/refused-resources.ts';
import { checkRights } from '../emulator/rights.ts';
import { placeholder } from '../emulator/trusted-issuer.ts';
import { makeRunFolder } from '../folders.ts';
import { sources, startDeliveryServer } from '../integrations/delivery-server.ts';
import { interruption } from '../interruption.ts';
import { createClients, type Outputs, readers, signAs, type Target } from '../target.ts';

/** The emulator, its functions and this run share two busy cores. */
const pace = { patienceMs: 120_000, intervalMs: 150, quietMs: 1_500 };

export interface EmulatorTargetProps {
  readonly onProgress: (text: string) => void;
  /** Whether the folder of the run stays. */
  readonly keep: boolean;
  /** More variables for the emulator, and so for all functions. */
  readonly environment?: EmulatorProps['environment'];
}

/** Returns a line with the resources that the first synthesis in a log left out, counted by type. */
const findLeftOut = (logFile: string): string => {
  const lines = readFileSync(logFile, 'utf8').split('\n');
  const left = new Set(lines.filter((line) => line.startsWith(leftOut)));
  const byType = Map.groupBy(left, (line) => line.slice(leftOut.length).split(' ')[0]);
  return `Left out, since the emulator refuses them: ${[...byType].map(([type, ones]) => `${ones.length} ${type}`).join(', ')}.`;
};

/**
 * Starts the emulator and deploys the app to it, with the CDK's own command.
 *
 * @throws EndToEndError `SETUP_FAILED` with nothing left running
 */
export const emulatorTarget = async (props: EmulatorTargetProps): Promise<Target> => {
  const { onProgress, keep, environment = {} } = props;
  const folder = makeRunFolder({ keep });
  onProgress('Starting the emulator; the first time it is installed, which takes a minute …');
  const recorder = await startRecorder();
  const issuer = await startIssuer(placeholder.audience);
  const server = await startDeliveryServer(folder);
  const stopHelpers = async () => {
    await server.close();
    await recorder.close();
    await issuer.close();
  };
  const starting = startEmulator({
    folder,
    // Functions inherit it: what they call goes through the recorder.
    environment: {
      AWS_ENDPOINT_URL: recorder.endpoint,
      // No template of ours has it: on AWS no target may be on the machine of a function.
      ALLOW_LOOPBACK_TARGETS: 'true',
      ...environment,
    },
  });
  const emulator = await starting.catch(async (error: unknown) => {
    await stopHelpers();
    throw error;
  });
  recorder.forwardTo(emulator.endpoint);
  const clients = createClients(emulator.endpoint);
  const cdk = createCdk({
    endpoint: emulator.endpoint,
    folder,
    issuer: issuer.url,
    documents: { sources, deliveries: server.folder },
  });
  let outputs: Outputs = {};
  const stop = async () => {
    clients.destroy();
    await emulator.stop();
    await stopHelpers();
  };
  const deploy = async (...context: string[]) => {
    await cdk.deploy(...context);
    outputs = await readDeployedOutputs(cdk.outputsFile);
  };
  try {
    onProgress(`Bootstrapping and deploying to ${emulator.endpoint} …`);
    await cdk.bootstrap();
    await deploy();
    onProgress(findLeftOut(cdk.logFile));
  } catch (error) {
    await stop();
    throw error;
  }
  const { output, queueUrls } = readers(() => outputs);
  // The hosts of its APIs are names that nobody resolves.
  const address = (door: string) => ({ url: output(door), connectTo: emulator.endpoint });
  return {
    name: 'emulator',
    clients,
    output,
    queueUrls,
    pace,
    api: {
      people: () => address('PeopleApiUrl'),
      services: () => address('ServicesApiUrl'),
      issueToken: (person) => issuer.issueToken(people[person]),
      sign: signAs(clients),
    },
    integrations: { received: server.received, hooks: () => address('HooksUrl'), passesOptions: false },
    logFiles: [emulator.logFile, cdk.logFile].filter(existsSync),
    deployModel: (file) => deploy(`model=${file}`),
    diff: cdk.diff,
    checkRights: () => checkRights(recorder, cdk.assembly),
    close: async () => {
      try {
        if (!interruption.aborted) await cdk.destroy();
      } finally {
        await stop();
      }
    },
  };
};
