import {existsSync, mkdirSync} from 'node:fs';
import {dirname} from 'node:path';

/**
 * Makes a folder, and those that it lies in. Throws what the file system says. Node's own way of making all of them
 * never ends where the file system refuses a folder by saying that there is none, as /proc does.
 */
export const makeFolder = (folder: string): void => {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
};
