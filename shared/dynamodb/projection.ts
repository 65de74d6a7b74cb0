/**
 * Returns the part of a read request that asks for some attributes only.
 *
 * @example buildProjection(['sk', 'status']) // ProjectionExpression: '#sk, #status', and these names
 */
export const buildProjection = (attributes: readonly string[]) => ({
  ProjectionExpression: attributes.map((name) => `#${name}`).join(', '),
  ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
});

/**
 * Does the same for a query or a scan. `Select` says it once more, because the policies of functions ask for it.
 */
export const selectAttributes = (attributes: readonly string[]) => ({
  Select: 'SPECIFIC_ATTRIBUTES' as const,
  ...buildProjection(attributes),
});
