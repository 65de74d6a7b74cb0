import { roles, scopeOf } from '../../../events/api/index.ts';
import { answerFile, securityHeaders } from '../console-files/file-answer.ts';
import { type ConsoleFiles, loadConsoleFiles } from '../console-files/load-files.ts';
import { messageOf, ServiceError } from '../errors.ts';
import type { Issuer } from '../issuer/issuer.ts';
import { consoleClient } from '../issuer/sign-in/authorization-request.ts';
import { discoveryPath } from './issuer.ts';
import { type Answer, type GatewayRequest, originOf, type Protocol, type RequestHead } from './protocol.ts';

/** The path below which the console is. */
export const consoleRoot = '/console/';

/** The path of what only a console on this machine has. */
const localRoot = `${consoleRoot}local/`;

/** A request for what only a console on this machine has. */
export interface LocalRequest {
  readonly method: string;
  /** The path below `/console/local/`, as it was sent. */
  readonly path: string;
  readonly body: Buffer;
  /** The endpoint of the stack. */
  readonly endpoint: string;
}

export interface LocalAnswer {
  readonly status: number;
  /** The body, which is sent as JSON. */
  readonly body: object;
}

/** A console that can be served. */
export interface ConsoleProps {
  /** Returns the folder of the built console, which may have to be built first. */
  readonly findFolder: () => Promise<string>;
  /**
   * Answers a request below `/console/local/`; undefined for one that it doesn't know.
   *
   * @default it knows none
   */
  readonly answerLocal?: (request: LocalRequest) => Promise<LocalAnswer | undefined>;
}

const plainAnswer = (
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: {
    ...securityHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  },
  body: `${text}\n`,
});

const jsonAnswer = (status: number, body: object): Answer => ({
  status,
  headers: { ...securityHeaders, 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

/** Loads the files of a build once. A build that fails is tried again by the next request. */
const memoizeFiles = ({ findFolder }: ConsoleProps): (() => Promise<ConsoleFiles>) => {
  let files: Promise<ConsoleFiles> | undefined;
  return () => {
    files ??= findFolder()
      .then(loadConsoleFiles)
      .catch((error: unknown) => {
        files = undefined;
        throw error;
      });
    return files;
  };
};

const answerBuilt = async (
  request: GatewayRequest,
  loadFiles: () => Promise<ConsoleFiles>,
): Promise<Answer> => {
  let files: ConsoleFiles;
  try {
    files = await loadFiles();
  } catch (error) {
    return plainAnswer(
      503,
      `The console could not be built, and all else of the stack works without it.\n\n${messageOf(error)}\n\n` +
        'Load this page again to try it again.',
    );
  }
  const name = request.path.slice(consoleRoot.length);
  const file = files.get(name === '' ? 'index.html' : name);
  return file === undefined ? plainAnswer(404, 'The console has no such file.') : answerFile(request, file);
};

/** Returns the settings of the page, which are a file of the deployment on AWS: by whom it signs people in. */
const answerConfig = (head: RequestHead, { issuer }: Issuer): Answer =>
  jsonAnswer(200, {
    issuer,
    discovery: `${originOf(head)}${discoveryPath}`,
    clientId: consoleClient,
    scope: roles.map(scopeOf).join(' '),
    local: true,
  });

const answerLocal = async (
  { method, path, body, endpoint }: GatewayRequest,
  answer: ConsoleProps['answerLocal'],
): Promise<Answer> => {
  try {
    const given = await answer?.({ method, path: path.slice(localRoot.length), body, endpoint });
    if (given !== undefined) return jsonAnswer(given.status, given.body);
    return jsonAnswer(404, { message: `${method} ${path} is unknown`, problems: [] });
  } catch (error) {
    return jsonAnswer(500, { message: messageOf(error), problems: [] });
  }
};

/** Serves the built console below `/console/`, as CloudFront does on AWS. Without an issuer nobody could sign in. */
export const consoleProtocol = (props: ConsoleProps | undefined, issuer: Issuer | undefined): Protocol => {
  const loadFiles = props && memoizeFiles(props);
  return {
    speaks: ({ path }) => loadFiles !== undefined && (path === '/console' || path.startsWith(consoleRoot)),
    // The page alone is the same for everybody, and shows nothing to whoever hasn't signed in.
    isLinked: ({ path }) => path === '/console' || path === consoleRoot,
    answer: (request) => {
      const { method, path } = request;
      if (path.startsWith(localRoot)) return answerLocal(request, props?.answerLocal);
      if (method !== 'GET' && method !== 'HEAD')
        return plainAnswer(405, `${method} is not allowed; allowed are GET and HEAD.`, {
          allow: 'GET, HEAD',
        });
      if (path === '/console')
        return plainAnswer(302, `The console is at ${consoleRoot}`, { location: consoleRoot });
      if (path === `${consoleRoot}config.json` && issuer !== undefined) return answerConfig(request, issuer);
      return loadFiles === undefined
        ? plainAnswer(404, 'There is no console.')
        : answerBuilt(request, loadFiles);
    },
    refuse: (error) => plainAnswer(error instanceof ServiceError ? error.status : 500, messageOf(error)),
  };
};
