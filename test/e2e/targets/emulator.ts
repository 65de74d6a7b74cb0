import { existsSync, rmSync } from 'node:fs';
import { deployedOutputs } from '../../../cli/stack/outputs.ts';
import { killCommands } from '../command.ts';
import { createCdk } from '../emulator/cdk.ts';
import { type EmulatorProps, startEmulator } from '../emulator/emulator.ts';
import { makeRunFolder } from '../folders.ts';
import { createClients, type Outputs, readers, type Target } from '../target.ts';

/** Two busy cores are shared by the emulator, its functions and this run. */
const pace = { patienceMs: 120_000, intervalMs: 150, quietMs: 1_500 };

export interface EmulatorTargetProps {
  readonly onProgress: (text: string) => void;
  /** More variables for the emulator, and so for all functions. */
  readonly environment?: EmulatorProps['environment'];
  /** Whether the folder of the run stays. */
  readonly keep?: boolean;
}

/**
 * Starts the emulator and deploys the app into it, with the CDK's own command.
 *
 * @throws EndToEndError `SETUP_FAILED` with nothing left running
 */
export const emulatorTarget = async (props: EmulatorTargetProps): Promise<Target> => {
  const { onProgress, environment = {}, keep = false } = props;
  const folder = makeRunFolder();
  onProgress('Starting the emulator; the first time it is installed, which takes a minute …');
  const emulator = await startEmulator({ folder, environment });
  const clients = createClients(emulator.endpoint);
  const cdk = createCdk({ endpoint: emulator.endpoint, folder });
  let outputs: Outputs = {};
  const stop = async () => {
    killCommands();
    clients.destroy();
    await emulator.stop();
  };
  const deploy = async (...context: string[]) => {
    await cdk.deploy(...context);
    outputs = await deployedOutputs(cdk.outputsFile);
  };
  try {
    onProgress(`Bootstrapping and deploying to ${emulator.endpoint} …`);
    await cdk.bootstrap();
    await deploy();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    name: 'emulator',
    clients,
    ...readers(() => outputs),
    pace,
    logFiles: [emulator.logFile, cdk.logFile].filter(existsSync),
    deployModel: (file) => deploy(`model=${file}`),
    diff: cdk.diff,
    close: async () => {
      try {
        await cdk.destroy();
      } finally {
        await stop();
        if (!keep) rmSync(folder, { recursive: true, force: true });
      }
    },
  };
};
