/** A remark for the person at the terminal; standard output is for results. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
