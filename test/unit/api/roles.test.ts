import { describe, expect, it } from 'vitest';
import {
  listScopes,
  type Operation,
  operations,
  problemDocument,
  roles,
  routeKeyOf,
  routeOf,
} from '../../../events/api/index.ts';
import { bodyOf } from '../../support/api-request.ts';
import { type Somebody, send } from './samples.ts';

const everybody: readonly Somebody[] = ['nobody', ...roles, 'service'];

/** The least role that may use a route, written out: a route that opens wider is seen here. */
const leastRoles: Readonly<Record<Operation, Somebody>> = {
  listLeads: 'viewer',
  getLead: 'viewer',
  getTimeline: 'viewer',
  getProof: 'viewer',
  getFunnel: 'viewer',
  listCountedLeads: 'viewer',
  listHandoffs: 'viewer',
  scoreFacts: 'viewer',
  listModels: 'viewer',
  listModelHistory: 'viewer',
  getModel: 'viewer',
  diffModels: 'viewer',
  getRescoring: 'viewer',
  getReport: 'viewer',
  stateStage: 'seller',
  acceptHandoff: 'seller',
  rejectHandoff: 'seller',
  overrideLead: 'seller',
  liftOverride: 'seller',
  mergeLead: 'admin',
  eraseLead: 'admin',
  putEvents: 'admin',
  listDuplicates: 'admin',
  listQuarantine: 'admin',
  getHealth: 'admin',
  getDelivery: 'admin',
  getQuarantined: 'admin',
  replayQuarantined: 'admin',
  discardQuarantined: 'admin',
  publishModel: 'admin',
  activateModel: 'admin',
  rollBackModel: 'admin',
  shadowModel: 'admin',
  endShadow: 'admin',
  pauseRescoring: 'admin',
  resumeRescoring: 'admin',
};

const matrix = operations.flatMap((operation) =>
  everybody.map((role) => ({
    operation,
    role,
    key: routeKeyOf(routeOf(operation)),
    isAllowed: everybody.indexOf(role) >= everybody.indexOf(leastRoles[operation]),
  })),
);

describe('a route', () => {
  it.each(matrix.filter(({ isAllowed }) => isAllowed))(
    '$key is open to $role',
    async ({ operation, role }) => {
      const { answer, reached } = await send(operation, { role });
      expect(answer.statusCode).toBe(routeOf(operation).success);
      expect(reached).toHaveLength(1);
    },
  );

  it.each(matrix.filter(({ isAllowed }) => !isAllowed))('$key refuses $role', async ({ operation, role }) => {
    const { answer, reached } = await send(operation, { role });
    expect(answer.statusCode).toBe(403);
    expect(reached).toEqual([]);
    expect(problemDocument.safeParse(bodyOf(answer)).error).toBeUndefined();
    expect(bodyOf(answer)).toMatchObject({
      type: 'urn:sluice:problem:forbidden',
      errors: [
        { path: 'authorization', allowed: `role ${routeOf(operation).role}, or one that may do more` },
      ],
    });
  });

  it('refuses a caller before it says anything about the request', async () => {
    const { answer } = await send('getLead', { role: 'nobody', path: { id: '/' }, query: { no: 'such' } });
    expect(answer.statusCode).toBe(403);
    expect(bodyOf(answer).errors.map(({ path }: { path: string }) => path)).toEqual(['authorization']);
  });
});

describe('the scopes of a role', () => {
  it('are its own and those of the roles that may do more', () => {
    expect(roles.map(listScopes)).toEqual([
      ['sluice/viewer', 'sluice/seller', 'sluice/admin'],
      ['sluice/seller', 'sluice/admin'],
      ['sluice/admin'],
    ]);
  });
});
