// The four ways in which two networks may be split, each as a scene of whole hosts. A split heals if there is budget.

import {model, type Option} from '../../index.js';
import {declareCluster} from './cluster.js';
import {OPTIONS} from './options.js';

const defaulting = (option: Option<number>, value: number): Option<number> => ({...option, default: value});

const partition = (
  number: number,
  summary: string,
  budgets: {readonly views: number; readonly splits: number; readonly toggles: number},
  together = false,
) =>
  model({
    name: `partition-${number}`,
    summary,
    options: {
      ...OPTIONS,
      views: defaulting(OPTIONS.views, budgets.views),
      splits: defaulting(OPTIONS.splits, budgets.splits),
      toggles: defaulting(OPTIONS.toggles, budgets.toggles),
    },
    build: (m, said) => declareCluster(m, {...said, together: said.together || together}),
  });

export const partition1 = partition(1, 'Whole hosts: the HA network is split, the storage network is whole.', {
  views: 0,
  splits: 1,
  toggles: 1,
});

export const partition2 = partition(2, 'Whole hosts: the HA network is whole, the storage network is split.', {
  views: 1,
  splits: 0,
  toggles: 1,
});

export const partition3 = partition(
  3,
  'Whole hosts: both networks are split, and alike.',
  {views: 1, splits: 0, toggles: 1},
  true,
);

export const partition4 = partition(4, 'Whole hosts: both networks are split, each in its own way.', {
  views: 1,
  splits: 1,
  toggles: 0,
});
