import { spawnSync } from 'node:child_process';

const runs = (command: string): boolean =>
  spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** Returns the reason for which tests that need Java are skipped; undefined if nothing is missing. */
export const whyNoJava = (): string | undefined => {
  const missing = ['java', 'javac', 'mvn'].filter((command) => !runs(command));
  return missing.length === 0
    ? undefined
    : `${missing.join(', ')} can't be run here (a JDK 17 and Maven are needed)`;
};
