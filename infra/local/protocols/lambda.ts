import { messageOf, ServiceError } from '../errors.ts';
import type { InvocationResult } from '../function-environment.ts';
import type { FunctionHost } from '../function-host.ts';
import { parseJson } from './json.ts';
import { type Answer, decodePath, type GatewayRequest, type Protocol } from './protocol.ts';

const invocation = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;

/**
 * Returns the function's name in a name, an ARN or a partial ARN, each with a qualifier or without. Source:
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
const parseName = (given: string): string =>
  given.replace(/^(arn:aws:lambda:[^:]*:)?([^:]*:)?function:/, '').replace(/:[^:]*$/, '');

const resultAnswer = (result: InvocationResult): Answer => {
  const headers = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
  if (result.ok) return { status: 200, headers, body: JSON.stringify(result.response ?? null) };
  const { name: errorType, message: errorMessage, stack } = result.error;
  return {
    status: 200,
    headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
    body: JSON.stringify({ errorType, errorMessage, trace: stack.split('\n') }),
  };
};

/**
 * Speaks Lambda's Invoke.
 *
 * @param hosts returns the functions that are running
 */
export const lambdaProtocol = (hosts: () => Iterable<FunctionHost>): Protocol => {
  const findHost = (path: string): FunctionHost => {
    const given = decodePath(invocation.exec(path)?.[1] ?? '', 'InvalidParameterValueException');
    const all = [...hosts()];
    const found = all.find(({ props }) => props.name === parseName(given));
    if (found !== undefined) return found;
    const allowed = all.map(({ props }) => props.name).join(', ');
    const message = `Function not found: ${given}; allowed are ${allowed}`;
    throw new ServiceError('ResourceNotFoundException', message, 404);
  };
  const checkType = ({ headers }: GatewayRequest): void => {
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
    if (type === 'RequestResponse') return;
    const message = `InvocationType ${String(type)} is not supported; allowed is RequestResponse`;
    throw new ServiceError('InvalidParameterValueException', message);
  };
  return {
    speaks: ({ method, path }) => method === 'POST' && invocation.test(path),
    answer: async (request) => {
      checkType(request);
      const host = findHost(request.path);
      if (request.body.length === 0) return resultAnswer(await host.invoke({}));
      parseJson(request.body);
      return resultAnswer(await host.invokeWith(request.body.toString('utf8')));
    },
    refuse: (error) => {
      const known = error instanceof ServiceError;
      return {
        status: known ? error.status : 500,
        headers: {
          'content-type': 'application/json',
          'x-amzn-errortype': known ? error.type : 'ServiceException',
        },
        body: JSON.stringify({ Type: known ? 'User' : 'Server', Message: messageOf(error) }),
      };
    },
  };
};
