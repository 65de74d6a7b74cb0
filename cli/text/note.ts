/** Writes a remark for the person at the terminal to standard error; standard output is for results. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
