import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const conformance = join(import.meta.dirname, '..');

/** Ignored by Git: what others wrote and we may not hand on stays out of the repository. */
export const workFolder = join(conformance, '../../.conformance');

export interface Jars {
  /** A folder of `test/conformance` with a `pom.xml`. */
  readonly name: string;
  /** The file that the pom asks for, and what it must hold. What it depends on, Maven checks by its repository's sums. */
  readonly main: string;
  readonly sha256: string;
}

const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies';

/**
 * Gets the jars of a pom from Maven Central, once. Returns their folder.
 *
 * @throws Error when Maven can't get them, or the main one isn't what it was when it was chosen
 */
export const jarsOf = ({ name, main, sha256 }: Jars): string => {
  const folder = join(workFolder, name, `${main}.d`);
  if (!existsSync(join(folder, main))) {
    mkdirSync(folder, { recursive: true });
    const pom = join(conformance, name, 'pom.xml');
    const options = ['-B', '-q', '--strict-checksums', '-f', pom, plugin, `-DoutputDirectory=${folder}`];
    execFileSync('mvn', options, { stdio: ['ignore', 'ignore', 'inherit'] });
  }
  const found = createHash('sha256')
    .update(readFileSync(join(folder, main)))
    .digest('hex');
  if (found !== sha256)
    throw new Error(`${join(folder, main)} has the SHA-256 ${found}, allowed is ${sha256}`);
  return folder;
};
