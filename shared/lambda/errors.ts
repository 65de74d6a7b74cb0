/**
 * What of an error may stand in a log: its name, code and place. Not its message: messages of validation errors
 * quote the value given, which may be personal.
 */
export const errorFields = (error: unknown): Record<string, string> => {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const { code } = error as { code?: unknown };
  return {
    errorName: error.name,
    ...(typeof code === 'string' && { errorCode: code }),
    errorAt:
      error.stack
        ?.split('\n')
        .find((line) => line.trimStart().startsWith('at '))
        ?.trim() ?? '',
  };
};
