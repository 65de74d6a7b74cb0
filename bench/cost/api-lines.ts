import { type CostLine, computeCost } from '../../shared/cost/index.ts';
import type { ApiUsage } from '../metered/api-requests.ts';
import { computeGigabyteSeconds } from './lambda-time.ts';
import { computeTraces, type Deployed, line, platformLogBytes } from './lines.ts';

const million = 1_000_000;
const gigabyte = 2 ** 30;

/** The bytes that count as one request, of an HTTP API: https://aws.amazon.com/api-gateway/pricing/ */
const requestUnit = 512 * 1_024;

/** The requests a second, as many as a door lets through: at lower rates a larger share of them is traced. */
const requestsASecond = 50;

/** The bytes of a line of the access log, in the format of infra/constructs/http-door.ts, with the 26 beside it. */
const accessLogBytes =
  26 +
  JSON.stringify({
    requestId: 'AbCdEfGhIjKlMnO=',
    routeKey: 'GET /api/leads/{id}',
    status: '200',
    latencyMs: '123',
    functionMs: '121',
    functionError: '-',
    refusedBy: '-',
  }).length;

/**
 * Returns the cost of a million requests of one kind, by service. The requests that one invocation makes follow each
 * other, unless the usage says how many are in flight. The events that are put on the bus aren't included: they cost what events cost by any door.
 */
export const computeApiLines = (
  { usage, service, requestBytes, answerBytes, inFlight = 1 }: ApiUsage,
  { memory }: Deployed,
): CostLine[] => {
  const scale = million / usage.invocations;
  const requests = million * Math.max(1, Math.ceil(Math.max(requestBytes, answerBytes) / requestUnit));
  const out = (million * answerBytes) / gigabyte;
  const time = million * computeGigabyteSeconds(usage, memory[service] ?? Number.NaN, inFlight);
  const writes = scale * usage.consumed.writeUnits;
  const reads = scale * usage.consumed.readUnits;
  const logs = (scale * usage.logBytes + million * (platformLogBytes + accessLogBytes)) / gigabyte;
  const traces = computeTraces(million, million, { eventsASecond: requestsASecond });
  return [
    line('API Gateway', 'requests', requests, 'requests', computeCost('apiRequest', requests)),
    line('API Gateway', 'answers, out to the internet', out, 'GB', computeCost('dataOut', out)),
    line('Lambda', 'invocations', million, 'invocations', computeCost('lambdaRequest', million)),
    line('Lambda', 'time', time, 'GB-s', computeCost('lambdaTime', time)),
    line('DynamoDB', 'writes', writes, 'units', computeCost('writeUnit', writes)),
    line('DynamoDB', 'reads', reads, 'units', computeCost('readUnit', reads)),
    line('CloudWatch', 'logs', logs, 'GB', computeCost('logs', logs)),
    line('X-Ray', 'traces', traces, 'traces', computeCost('trace', traces)),
  ];
};
