import { ApiProblem, type ApiRequest, etagOf } from '../../shared/api/index.ts';
import type { FoundLead } from './find-lead.ts';

const versionDiffers = (detail: string, given: number, allowed: string): ApiProblem =>
  new ApiProblem('version-differs', detail, [{ path: 'if-match', given: etagOf(given), allowed }]);

/** Returns the problem of a request whose version another request is about to change. */
export const versionTaken = (given = 0): ApiProblem =>
  versionDiffers(
    'another request is about to change this version of the lead',
    given,
    'the version after that change: read the lead again',
  );

/** @throws ApiProblem if the caller has seen another version of the lead */
export const checkVersion = (
  { ifMatch }: Pick<ApiRequest, 'ifMatch'>,
  { version }: Pick<FoundLead, 'version'>,
): void => {
  if (ifMatch === undefined || ifMatch === version) return;
  throw versionDiffers('the lead has changed since it was read', ifMatch, etagOf(version));
};
