// A hook of Node's module loader, for the files of a user's model. They may lie anywhere, so what their surroundings
// would have to provide is given: a place to find `holdfast`, and the word that TypeScript there means modules.

import type {ResolveHook} from 'node:module';

const isOwn = (specifier: string): boolean => specifier === 'holdfast' || specifier.startsWith('holdfast/');

const isScript = (url: string): boolean => /\.ts(\?|$)/.test(url) && !url.includes('/node_modules/');

export const resolve: ResolveHook = async (specifier, context, next) => {
  const found = await next(specifier, isOwn(specifier) ? {...context, parentURL: import.meta.url} : context);
  return isScript(found.url) ? {...found, format: 'module'} : found;
};
