/** A stack frame such as `at name (file:line:column)`. */
const frame = /^ {4}at .*:\d+:\d+\)?$/;

/**
 * Returns the first stack frame after the message, whose lines may look like frames; empty if the message was changed
 * since.
 */
const findFrame = ({ message, stack = '' }: Error): string => {
  const start = stack.indexOf(message);
  const frames = start === -1 ? [] : stack.slice(start + message.length).split('\n');
  return frames.find((line) => frame.test(line))?.trim() ?? '';
};

/**
 * Returns the parts of an error that may be logged: its name, its code and the stack frame that made it. The message is
 * left out: those of validation errors quote the value given, which may be personal.
 */
export const errorFields = (error: unknown): Record<string, string> => {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const { code } = error as { code?: unknown };
  return {
    errorName: error.name,
    ...(typeof code === 'string' && { errorCode: code }),
    errorAt: findFrame(error),
  };
};
