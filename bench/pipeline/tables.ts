import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { readAssembly } from '../../infra/local/assembly.ts';
import type { TableSpec } from '../../infra/local/blueprint.ts';
import { createWire } from '../../infra/local/dynamodb-wire.ts';
import { startEngine } from '../../infra/local/engine/engine.ts';
import { createTable } from '../../infra/local/tables.ts';
import { buildSluiceApp } from '../../infra/sluice-app.ts';

/** Returns a table as deployed: keys, indexes and stream come from the template. */
const readTable = (id: string): TableSpec['properties'] => {
  const outdir = mkdtempSync(join(tmpdir(), 'sluice-bench-'));
  try {
    buildSluiceApp({ outdir, bundle: false, validate: false }).app.synth();
    const table = readAssembly(outdir).resources.find(
      ({ type, logicalId }) => type === 'AWS::DynamoDB::GlobalTable' && logicalId.startsWith(id),
    );
    if (table === undefined) throw new Error(`the template has no table whose id begins with ${id}`);
    return table.properties as TableSpec['properties'];
  } finally {
    rmSync(outdir, { recursive: true });
  }
};

export interface Tables {
  /** The configuration of a client of the engine. */
  readonly config: DynamoDBClientConfig;
  /** Creates an empty table of the given name. */
  readonly create: (name: string) => Promise<void>;
}

/**
 * Runs the embedded engine during `work`.
 *
 * @param id the beginning of the id of the table in the template
 */
export const withTables = async <T>(work: (tables: Tables) => Promise<T>, id = 'Leads'): Promise<T> => {
  const properties = readTable(id);
  const engine = await startEngine();
  const wire = createWire(engine);
  try {
    return await work({
      config: {
        endpoint: engine.endpoint,
        region: 'eu-central-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      },
      create: async (name) => {
        await createTable(wire, { id, name, arn: '', streamArn: '', properties });
      },
    });
  } finally {
    wire.close();
    await engine.stop();
  }
};

export const createClient = (config: DynamoDBClientConfig): DynamoDBClient => new DynamoDBClient(config);
