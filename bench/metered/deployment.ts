import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Assembly, readAssembly } from '../../infra/local/assembly.ts';
import { type Blueprint, readBlueprint } from '../../infra/local/blueprint.ts';
import { createWire, type DynamoDbWire } from '../../infra/local/dynamodb-wire.ts';
import { startEngine } from '../../infra/local/engine/engine.ts';
import { functionHostProps } from '../../infra/local/function-settings.ts';
import { createTable } from '../../infra/local/tables.ts';
import { buildSluiceApp, type SluiceAppProps } from '../../infra/sluice-app.ts';
import { type FunctionProcess, startFunction } from './function-process.ts';
import { type Meter, startMeter } from './meter.ts';
import { type StreamTail, tailStream } from './stream-tail.ts';

/** The app's bundled functions, each in a process of its own, on the embedded engine, with a meter in between. */
export interface Deployment {
  readonly assembly: Assembly;
  readonly blueprint: Blueprint;
  readonly meter: Meter;
  /** The stream of the leads table. */
  readonly leadsStream: StreamTail;
  /**
   * Starts the function of a service.
   *
   * @param memory in MB, if it is to differ from the deployed memory
   */
  readonly start: (service: string, memory?: number) => FunctionProcess;
}

const createTables = async (blueprint: Blueprint, wire: DynamoDbWire): Promise<StreamTail> => {
  const created = await Promise.all(blueprint.tables.map((spec) => createTable(wire, spec)));
  const leads = blueprint.tables.findIndex(({ id }) => id === 'Leads');
  return tailStream(wire, created[leads]?.engineStreamArn ?? '');
};

const starter =
  (blueprint: Blueprint, endpoint: string): Deployment['start'] =>
  (service, memory) => {
    const spec = blueprint.functions.find(
      ({ properties }) => properties.Environment?.Variables.POWERTOOLS_SERVICE_NAME === service,
    );
    if (spec === undefined) throw new Error(`the app has no function of the service ${service}`);
    const access = { endpoint, sessionToken: 'local' };
    const { folder, environment, memoryMb } = functionHostProps(spec, access, {}, 1, () => undefined);
    return startFunction({ folder, environment, memory: memory ?? memoryMb });
  };

/**
 * Builds a deployment and runs it during `work`.
 *
 * @param settings returns further settings of the app, and may write what they name into the given folder
 */
export const withDeployment = async <T>(
  work: (deployment: Deployment) => Promise<T>,
  settings: (folder: string) => SluiceAppProps = () => ({}),
): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  const outdir = join(folder, 'assembly');
  try {
    buildSluiceApp({ outdir, validate: false, ...settings(folder) }).app.synth();
    const assembly = readAssembly(outdir);
    const blueprint = readBlueprint(assembly);
    const engine = await startEngine();
    const wire = createWire(engine);
    const meter = await startMeter(engine.endpoint);
    try {
      const leadsStream = await createTables(blueprint, wire);
      return await work({
        assembly,
        blueprint,
        meter,
        leadsStream,
        start: starter(blueprint, meter.endpoint),
      });
    } finally {
      await meter.close();
      wire.close();
      await engine.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
};
