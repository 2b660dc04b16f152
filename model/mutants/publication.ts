// Mutants of a primary that goes by what hosts publish of how a VM stands on them.

import type {failoverOutcomes} from '../../src/index.js';
import {deafTo} from './deaf.js';
import {keeping, type Mutants, mistaking} from './mutant.js';

type Relations = {readonly failoverOutcomes: typeof failoverOutcomes};

const PUBLISHED = {placement: 'publish', views: '1', crashes: '0'};

export const PUBLICATION_MUTANTS: Mutants<Relations> = {
  'hears-nothing-published': {
    does: 'does not hear what hosts publish',
    fault: deafTo(({type}) => type === 'Published'),
    trials: [{...PUBLISHED, crashes: '1'}],
  },
  'hears-the-first-published': {
    does: 'hears only the first that a host publishes about a VM',
    fault: deafTo(
      (event, {published}) =>
        event.type === 'Published' && published.some(({host, vm}) => host === event.from && vm === event.vm),
    ),
    trials: [{...PUBLISHED, views: '2'}],
  },
  'takes-published-for-accessible': {
    does: 'takes every VM for accessible where something is published of it',
    fault: ({failoverOutcomes}) => ({
      failoverOutcomes: mistaking(
        failoverOutcomes,
        (config, term, state, event): Parameters<typeof failoverOutcomes> => [
          config,
          term,
          state,
          event.type === 'Published'
            ? {...event, standing: {...event.standing, accessible: true, holder: null}}
            : event,
        ],
      ),
    }),
    trials: [{...PUBLISHED, crashes: '1'}],
  },
  'believes-what-was-published': {
    does: 'believes what a host has published although an attempt there has failed, or the host has',
    fault: ({failoverOutcomes}) => ({
      failoverOutcomes: keeping(failoverOutcomes, (after, _config, _term, before, event) =>
        event.type === 'Published' ? after : {...after, published: before.published},
      ),
    }),
    trials: [{...PUBLISHED, views: '0', crashes: '1'}],
  },
};
