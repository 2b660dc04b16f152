import {existsSync} from 'node:fs';
import {dirname, join} from 'node:path';

/**
 * Where the specification stands, if this installation has it: the nearest `spec` above, since the sources and what is
 * built from them lie at different depths of the package.
 */
export const specFolder = (from: string = import.meta.dirname): string | null => {
  const folder = join(from, 'spec');
  if (existsSync(join(folder, 'README.md'))) return folder;
  return dirname(from) === from ? null : specFolder(dirname(from));
};
