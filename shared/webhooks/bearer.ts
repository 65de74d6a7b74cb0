import { refuse, verifySecret } from './signature.ts';
import type { Proof, Received, Verification } from './webhook.ts';

/** Returns the value of a header, without `Bearer` in front of it. */
const readSecret = ({ headers }: Received, header: string): string =>
  (headers[header]?.trim() ?? '').replace(/^bearer +/i, '');

/** Verifies a request by the secret that it carries in a header, for senders that can't sign. */
export const verifyHeader = (
  received: Received,
  header: string,
  proof: Proof,
  identity: readonly (Buffer | string)[],
): Verification => {
  const given = readSecret(received, header);
  if (given !== '') return verifySecret(header, given, proof, identity);
  const problem = {
    path: `headers.${header}`,
    given: 'nothing',
    allowed: 'the header with a secret of the source',
  };
  return refuse('missing-signature', problem);
};
