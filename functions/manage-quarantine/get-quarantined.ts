import type { Routes } from '../../events/api/index.ts';
import type { ApiAnswer, ApiRequest } from '../../shared/api/index.ts';
import type { QuarantineRecord } from '../../shared/quarantine/index.ts';
import type { QuarantineDeps } from './deps.ts';
import { readRecord } from './read-record.ts';

const show = ({ body, bytes, steps, status, receivedAt, origin: _origin, ...record }: QuarantineRecord) => ({
  ...record,
  state: status,
  firstReceivedAt: receivedAt,
  steps: steps.map(({ corrected: _corrected, ...step }) => step),
  body,
  bodyBytes: bytes,
});

/** Shows a rejected event with its whole text. */
export const getQuarantined =
  (deps: QuarantineDeps) =>
  async ({ path }: ApiRequest<Routes['getQuarantined']>): Promise<ApiAnswer> => ({
    body: show(await readRecord(deps, path.id)),
  });
