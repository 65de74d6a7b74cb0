import {
  type ApiService,
  type Operation,
  type OperationOf,
  operations,
  type Role,
  routeOf,
} from '../../../events/api/index.ts';
import {
  type ApiAnswer,
  type ApiHandlers,
  type ApiRequest,
  createApiHandler,
} from '../../../shared/api/index.ts';
import { apiRequest, type RequestProps } from '../../support/api-request.ts';

const quarantineId = '0123456789abcdef0123456789abcdef';

/** A valid request of each operation. */
export const samples: Readonly<Record<Operation, RequestProps>> = {
  listLeads: { query: { tier: 'good', limit: '10' } },
  getLead: { path: { id: 'l-1' } },
  getTimeline: { path: { id: 'l-1' } },
  getProof: { path: { id: 'l-1' } },
  stateStage: { path: { id: 'l-1' }, body: { stage: 'mql' } },
  overrideLead: {
    path: { id: 'l-1' },
    body: { tier: 'good', until: '2026-09-01T00:00:00Z', reason: 'Met the board' },
  },
  liftOverride: { path: { id: 'l-1' } },
  mergeLead: { path: { id: 'l-1' }, body: { mergedLeadId: 'l-2' } },
  eraseLead: { path: { id: 'l-1' } },
  getFunnel: { query: { from: '2026-03-01' } },
  listCountedLeads: { query: { figure: 'came', stage: 'mql' } },
  listHandoffs: { query: { queue: 'sales', state: 'open' } },
  listDuplicates: { query: { limit: '5' } },
  acceptHandoff: { path: { id: 'l-1~h-1' }, body: {} },
  rejectHandoff: { path: { id: 'l-1~h-1' }, body: { reason: 'no budget' } },
  putEvents: { body: [{ source: 'crm' }] },
  scoreFacts: { body: { attributes: { seniority: 'executive' } } },
  listQuarantine: { query: { state: 'all' } },
  getHealth: {},
  getDelivery: { path: { subscription: 'crm' } },
  getQuarantined: { path: { id: quarantineId } },
  replayQuarantined: { path: { id: quarantineId }, body: {} },
  discardQuarantined: { path: { id: quarantineId }, body: { reason: 'a typing error' } },
  listModels: {},
  listModelHistory: { query: { limit: '5' } },
  getModel: { path: { version: 'small@1' } },
  diffModels: { path: { version: 'small@1', other: 'small@2' } },
  publishModel: { body: { document: { id: 'small' }, reason: 'a test' } },
  activateModel: { path: { version: 'small@1' }, body: { reason: 'a test', actions: 'none' } },
  rollBackModel: { body: { reason: 'a test' } },
  shadowModel: { path: { version: 'small@1' }, body: { reason: 'a test' } },
  endShadow: { query: { reason: 'a test' } },
  getRescoring: {},
  pauseRescoring: {},
  resumeRescoring: {},
  getReport: { query: { limit: '5' } },
};

const operationsOf = <Service extends ApiService>(service: Service): OperationOf<Service>[] =>
  operations.filter((operation) => routeOf(operation).service === service) as OperationOf<Service>[];

/** Creates the handler of a function whose operations do what a test says. */
export const handlerOf = (service: ApiService, handle: (request: ApiRequest) => Promise<ApiAnswer>) =>
  createApiHandler(
    service,
    Object.fromEntries(
      operationsOf(service).map((name) => [name, handle]),
    ) as unknown as ApiHandlers<ApiService>,
  );

/** Sends a request to the function of an operation. Returns its answer, and the requests that came through the checks. */
export const send = async (
  operation: Operation,
  props: RequestProps = {},
  handle: (request: ApiRequest) => Promise<ApiAnswer> = async () => ({ body: { done: true } }),
) => {
  const reached: ApiRequest[] = [];
  const handler = handlerOf(routeOf(operation).service, (request) => {
    reached.push(request);
    return handle(request);
  });
  return { answer: await handler(apiRequest(operation, { ...samples[operation], ...props })), reached };
};

export type Somebody = Role | 'service' | 'nobody';
