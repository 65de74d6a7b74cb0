/**
 * Reads a handler's response under `ReportBatchItemFailures`, for queues and streams alike.
 *
 * @param known the identifiers of the batch
 * @returns the identifiers that failed; `all` if AWS would not accept the response, for example because it names an
 * identifier that is not in the batch
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export const failedIdentifiers = (
  response: unknown,
  known: ReadonlySet<string>,
): ReadonlySet<string> | 'all' => {
  if (response === null || response === undefined) return new Set();
  if (typeof response !== 'object' || Array.isArray(response)) return 'all';
  const { batchItemFailures: failures } = response as { batchItemFailures?: unknown };
  if (failures === null || failures === undefined) return new Set();
  if (!Array.isArray(failures)) return 'all';
  const failed = new Set<string>();
  for (const failure of failures) {
    const id = (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier;
    if (typeof id !== 'string' || !known.has(id)) return 'all';
    failed.add(id);
  }
  return failed;
};
