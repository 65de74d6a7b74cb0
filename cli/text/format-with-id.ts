/**
 * Returns a command with an id as its argument, for people to copy. An id may begin with `-`, as options do.
 *
 * @example formatWithId('audit show', '-1+1') // 'audit show -- -1+1'
 */
export const formatWithId = (command: string, id: string, flags = ''): string =>
  id.startsWith('-') ? `${command}${flags} -- ${id}` : `${command} ${id}${flags}`;
