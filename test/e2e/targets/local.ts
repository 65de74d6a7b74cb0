import { join } from 'node:path';
import { readModelFile } from '../../../cli/explain/find-model.ts';
import { runStack } from '../../../cli/stack/run-stack.ts';
import { askToken } from '../../../cli/token/ask-token.ts';
import { freePort } from '../../soak/stack/free-port.ts';
import { people } from '../api/people.ts';
import { makeRunFolder } from '../folders.ts';
import { sources, startDeliveryServer } from '../integrations/delivery-server.ts';
import { createClients, readers, signAs, type Target } from '../target.ts';

const pace = { patienceMs: 60_000, intervalMs: 50, quietMs: 500 };

export interface LocalTargetProps {
  readonly onProgress: (text: string) => void;
  /** Whether the folder of the run stays. */
  readonly keep: boolean;
}

/** Starts the app on this machine as `npm start` does, without the sample. A new model is deployed by a new start. */
export const localTarget = async ({ onProgress, keep }: LocalTargetProps): Promise<Target> => {
  const folder = makeRunFolder({ keep });
  const port = await freePort();
  const server = await startDeliveryServer(folder);
  const start = async (file?: string) => {
    const started = await runStack({
      port,
      dataFolder: join(folder, 'data'),
      folders: { sources, deliveries: server.folder },
      model: file === undefined ? undefined : readModelFile(file),
      onSynthesis: () => onProgress('Preparing the stack from the CDK app …'),
    });
    // Steps invoke the other functions as their schedules would.
    started.stack.schedules.start((schedule) => schedule.startsWith('RescoreLeads/'));
    return started;
  };
  let running = await start().catch(async (error: unknown) => {
    // Its server would keep the process running.
    await server.close();
    throw error;
  });
  const clients = createClients(running.stack.endpoint);
  const { output, queueUrls } = readers(() => running.stack.outputs);
  return {
    name: 'local',
    clients,
    output,
    queueUrls,
    pace,
    api: {
      people: () => ({ url: output('PeopleApiUrl') }),
      services: () => ({ url: output('ServicesApiUrl') }),
      issueToken: (person) => askToken(running.stack.endpoint, { ...people[person], hours: 1 }),
      sign: signAs(clients),
    },
    integrations: {
      received: server.received,
      hooks: () => ({ url: output('HooksUrl') }),
      passesOptions: true,
    },
    deployModel: async (file) => {
      await running.close();
      running = await start(file);
    },
    close: async () => {
      clients.destroy();
      await running.close();
      await server.close();
    },
  };
};
