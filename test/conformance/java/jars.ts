import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const conformance = join(import.meta.dirname, '..');

/**
 * The folder for downloads, which Git ignores: files of others that may not be redistributed stay out of the
 * repository.
 */
const workFolder = join(conformance, '../../.conformance');

export interface Jars {
  /** A folder of `test/conformance` with a `pom.xml`. */
  readonly name: string;
  /**
   * The file that the pom requires, and its digest. Maven checks the files that it depends on by the checksums of its
   * repository.
   */
  readonly main: string;
  readonly sha256: string;
}

const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies';

/**
 * Gets the jars of a pom from Maven Central, once. Returns their folder.
 *
 * @throws Error if Maven can't get them, or if the main one has another digest
 */
export const downloadJars = ({ name, main, sha256 }: Jars): string => {
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
