import { pause } from '../interruption.ts';

/** The result of creating a stack. */
export interface StackResult {
  readonly status: string;
  /** The reason that the emulator gives if it failed. */
  readonly reason: string;
}

const pollMs = 200;
const patienceMs = 60_000;

const findText = (xml: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';

/** Sends a request of the Query protocol without a signature: the emulator needs none, and AWS is never called. */
const ask = async (endpoint: string, fields: Readonly<Record<string, string>>): Promise<string> => {
  const body = new URLSearchParams({ Version: '2010-05-15', ...fields });
  return (await fetch(endpoint, { method: 'POST', body })).text();
};

/** Creates a stack on the emulator, and waits until it is finished. */
export const makeStack = async (
  endpoint: string,
  StackName: string,
  Resources: Readonly<Record<string, unknown>>,
): Promise<StackResult> => {
  const TemplateBody = JSON.stringify({ Resources });
  const answer = await ask(endpoint, { Action: 'CreateStack', StackName, TemplateBody });
  if (answer.includes('<Error>')) return { status: 'REFUSED', reason: findText(answer, 'Message') };
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await ask(endpoint, { Action: 'DescribeStacks', StackName });
    const status = findText(found, 'StackStatus');
    if (!status.endsWith('IN_PROGRESS') || Date.now() > deadline) {
      const events = await ask(endpoint, { Action: 'DescribeStackEvents', StackName });
      const failed = events.split('<member>').find((event) => event.includes('CREATE_FAILED')) ?? '';
      return { status, reason: findText(failed, 'ResourceStatusReason') };
    }
    await pause(pollMs);
  }
};
