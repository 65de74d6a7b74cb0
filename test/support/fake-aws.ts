import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer of AWS: its status and body. Left out, the connection is never answered. */
export interface FakeAnswer {
  readonly status: number;
  readonly body: string;
}

/** The answers by the service and, if it matters, the action: `sts`, `cloudformation CDKToolkit`. */
type FakeAnswers = Readonly<Record<string, FakeAnswer | 'silence'>>;

export interface FakeAws {
  readonly endpoint: string;
  /** The services that were asked, with the region that the request was signed for. */
  readonly asked: readonly string[];
  readonly answer: (answers: FakeAnswers) => void;
  readonly close: () => Promise<void>;
}

const xml = (name: string, content: string, namespace: string): FakeAnswer => ({
  status: 200,
  body: `<${name}Response xmlns="${namespace}"><${name}Result>${content}</${name}Result></${name}Response>`,
});

const sts = 'https://sts.amazonaws.com/doc/2011-06-15/';
const cloudFormation = 'http://cloudformation.amazonaws.com/doc/2010-05-15/';

export const identityOf = (account: string, arn = `arn:aws:iam::${account}:user/a`): FakeAnswer =>
  xml('GetCallerIdentity', `<Arn>${arn}</Arn><UserId>A</UserId><Account>${account}</Account>`, sts);

export const describedStack = (
  status: string,
  outputs: Readonly<Record<string, string>> = {},
): FakeAnswer => {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return xml(
    'DescribeStacks',
    `<Stacks><member><StackName>s</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus><Outputs>${members.join('')}</Outputs></member></Stacks>`,
    cloudFormation,
  );
};

/** Returns an error of a service that answers in XML. */
export const xmlError = (code: string, message: string, status = 403): FakeAnswer => ({
  status,
  body: `<ErrorResponse xmlns="${sts}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
});

/** Returns an error of a service that answers in JSON. */
export const jsonError = (code: string, message: string, status = 400): FakeAnswer => ({
  status,
  body: JSON.stringify({ __type: code, Message: message, message }),
});

export const json = (value: unknown): FakeAnswer => ({ status: 200, body: JSON.stringify(value) });

export const noSuchStack = xmlError('ValidationError', 'Stack with id s does not exist', 400);

/** Starts a server that answers in place of AWS. It finds out from the signature which service was meant. */
export const startFakeAws = async (): Promise<FakeAws> => {
  let answers: FakeAnswers = {};
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const scope = /Credential=[^/]+\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '');
      const [, region = '', service = ''] = scope ?? [];
      asked.push(`${service} ${region}`);
      const stack = new URLSearchParams(body).get('StackName');
      const found = answers[`${service} ${stack}`] ?? answers[service];
      if (found === 'silence') return;
      const { status, body: text } = found ?? xmlError('InternalFailure', `no answer for ${service}`, 500);
      response.writeHead(status, {
        'content-type': text.startsWith('<') ? 'text/xml' : 'application/x-amz-json-1.1',
      });
      response.end(text);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: (next) => {
      answers = next;
      asked.length = 0;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};
