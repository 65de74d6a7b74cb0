import type { CSSOptions } from 'vite';

type Plugins = Exclude<CSSOptions['postcss'], string | undefined>['plugins'];
type Plugin = NonNullable<Plugins>[number];

const pageFolder = /[\\/]console[\\/]pages[\\/]([a-z-]+)[\\/]/;

/**
 * Makes the styles of a page's folder count for that page alone. The sheets of all pages that were visited stay loaded,
 * so that without this a page would look different after another one. The weight of selectors stays the same.
 */
export const scopeToPage: Plugin = {
  postcssPlugin: 'scope-to-page',
  Once: (root) => {
    const page = pageFolder.exec(root.source?.input.file ?? '')?.[1];
    if (page === undefined) return;
    root.walkRules((rule) => {
      if (rule.parent?.type === 'rule') return;
      if (rule.parent?.type === 'atrule' && 'name' in rule.parent && rule.parent.name === 'keyframes') return;
      rule.selectors = rule.selectors.map((selector) => `:where([data-page="${page}"]) ${selector}`);
    });
  },
};
