import {existsSync, readFileSync} from 'node:fs';

/** The package file, seen from the sources or from what is built of them. */
const packageFile = ['../../package.json', '../../../package.json']
  .map(path => new URL(path, import.meta.url))
  .find(url => existsSync(url));

/** The version of this package. */
export const VERSION: string =
  packageFile === undefined ? 'unknown' : (JSON.parse(readFileSync(packageFile, 'utf8')) as {version: string}).version;
