// A hook of Node's module loader: a user's model file may lie where no node_modules is near, and still imports `holdfast`.

import type {ResolveHook} from 'node:module';

export const resolve: ResolveHook = (specifier, context, next) =>
  specifier === 'holdfast' || specifier.startsWith('holdfast/')
    ? next(specifier, {...context, parentURL: import.meta.url})
    : next(specifier, context);
