/**
 * The roles of people, from the least to the most powerful. Each may do what those before it may. A token names a role
 * by its scope.
 */
export const roles = ['viewer', 'seller', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Returns the scope by which a token names a role. */
export const scopeOf = (role: Role): string => `sluice/${role}`;

/** Lists the scopes that open a route: that of its role, and those of the roles that may do more. */
export const listScopes = (role: Role): string[] => roles.slice(roles.indexOf(role)).map(scopeOf);

/** The claim of a token that lists the queues whose hand-offs a seller answers. */
export const queuesClaim = 'queues';
