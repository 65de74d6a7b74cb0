/** `at name (file:line:column)`. */
const frame = /^ {4}at .*:\d+:\d+\)?$/;

/** The first frame after the message, whose lines may look like frames. None where the message was changed since. */
const placeOf = ({ message, stack = '' }: Error): string => {
  const start = stack.indexOf(message);
  const frames = start === -1 ? [] : stack.slice(start + message.length).split('\n');
  return frames.find((line) => frame.test(line))?.trim() ?? '';
};

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
    errorAt: placeOf(error),
  };
};
