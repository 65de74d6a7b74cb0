import { showValue } from '../../events/index.ts';
import { ApiProblem } from '../../shared/api/index.ts';
import type { QuarantineRecord } from '../../shared/quarantine/index.ts';
import type { QuarantineDeps } from './deps.ts';

/** Reads a rejected event. @throws ApiProblem if there is none */
export const readRecord = async ({ quarantine }: QuarantineDeps, id: string): Promise<QuarantineRecord> => {
  const record = await quarantine.read(id);
  if (record !== undefined) return record;
  throw new ApiProblem('not-found', 'there is no such rejected event', [
    { path: 'path.id', given: showValue(id), allowed: 'an id as `GET /api/quarantine` returns it' },
  ]);
};
