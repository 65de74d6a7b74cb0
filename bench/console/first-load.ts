import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const gzBytes = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;

/** The static imports of a built chunk. Those that are loaded later are calls: `import("./…")`. */
const staticImport = /(?:^|[;}\s])(?:import|export)(?:[^'"();]*?from)?\s*["']\.\/([^"']+)["']/g;

const addImports = (folder: string, name: string, found: Set<string>): void => {
  if (found.has(name)) return;
  found.add(name);
  const text = readFileSync(join(folder, 'assets', name), 'utf8');
  for (const [, imported = ''] of text.matchAll(staticImport)) addImports(folder, imported, found);
};

/** The chunks that are asked for by calls as soon as the page starts: the texts, and the page Today with its style. */
const firstPage = /^(?:(?:en|es)-first|today)-[^/]+\.(?:js|css)$/;

/** The files that a browser loads until Today is seen, by name, with their compressed bytes. The larger language counts. */
export const measureFirstLoad = (folder: string): ReadonlyMap<string, number> => {
  const html = readFileSync(join(folder, 'index.html'), 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\/console\/assets\/([^"]+\.(?:js|css))"/g)];
  const asked = readdirSync(join(folder, 'assets')).filter((name) => firstPage.test(name));
  const found = new Set<string>();
  for (const name of [...named.map(([, each = '']) => each), ...asked]) {
    if (name.endsWith('.js')) addImports(folder, name, found);
    else found.add(name);
  }
  const measured = [...found].map((name) => [name, gzBytes(join(folder, 'assets', name))] as const);
  const languages = measured.filter(([name]) => /^e[ns]-first-/.test(name));
  const smaller = languages.toSorted(([, a], [, b]) => a - b)[0]?.[0];
  const files = measured.filter(([name]) => name !== smaller);
  return new Map([['index.html', gzBytes(join(folder, 'index.html'))] as const, ...files]);
};
