// How scenes name the ways to cut a network into sides.

import type {View} from '../../src/index.js';

/** `h1|h2 h3`. */
export const viewName = (view: View): string => view.map(side => side.join(' ')).join('|');

export const named = (views: readonly View[]): ReadonlyMap<string, View> =>
  new Map(views.map(view => [viewName(view), view]));
