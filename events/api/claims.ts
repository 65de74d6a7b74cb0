/**
 * Returns the words of a claim of a token. API Gateway writes a list as text in brackets. Words are divided by spaces
 * alone, as the gateway reads them: a scope `x,sluice/admin` is no `sluice/admin`.
 */
export const parseClaimWords = (claim: unknown): string[] => {
  if (Array.isArray(claim)) return claim.filter((word) => typeof word === 'string');
  if (typeof claim !== 'string') return [];
  const list = /^\[(.*)\]$/s.exec(claim)?.[1] ?? claim;
  return list.split(/\s+/).filter((word) => word !== '');
};

/** Returns the queues in a claim, also if a list came as JSON: no name of a queue has its commas, quotes and brackets. */
export const parseQueuesClaim = (claim: unknown): string[] =>
  parseClaimWords(claim).flatMap((word) => word.split(/[,"[\]]+/).filter((name) => name !== ''));
