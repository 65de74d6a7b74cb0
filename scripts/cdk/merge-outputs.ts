const parse = (file: string, text: string): object => {
  let outputs: unknown;
  try {
    outputs = JSON.parse(text);
  } catch {
    outputs = undefined;
  }
  if (typeof outputs === 'object' && outputs !== null && !Array.isArray(outputs)) return outputs;
  throw new Error(
    `${file} has no outputs of stacks by the names of the stacks: move it away, or name another file with --outputs-file`,
  );
};

/**
 * Returns the content of a file with outputs after a deployment: stacks that were deployed have their new outputs, and
 * those of other deployments stay.
 *
 * @param file its name, for messages
 * @throws Error if one of the texts is no file of outputs
 */
export const mergeOutputs = (file: string, before: string, deployed: string): string =>
  `${JSON.stringify({ ...parse(file, before), ...parse(file, deployed) }, undefined, 2)}\n`;
