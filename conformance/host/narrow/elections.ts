// Narrow plans for whom a host follows, stands against or hears: after a crash, in isolation, and while it leads.

import {happens} from '../../cases/script.js';
import {H2, type NarrowPlan} from '../plan.js';
import {FRESH, fires, h1, h3, hears} from '../scene.js';
import type {Fork} from '../ways.js';

const ACK = hears('ComponentAck');

const IN_VAIN = happens('IsolationChecked', {reachable: false});

/** Of a host that is outranked, and of one that is not. */
const fromBoth = (message: string): Fork => [h1, h3].map(from => from(message, {'message.term': 0}));

const PATIENCE: Fork = [fires('Host', {'timer.host': 'h3'})];

const GONE: Fork = ['well', 'isolated'].map(heartbeat => happens('Probed', {host: 'h3', ping: false, heartbeat}));

const ALIVE = {'message.term': 3};

/** By name. */
export const NARROW_ELECTIONS: Readonly<Record<string, NarrowPlan>> = {
  'a host between two others, before and after it is isolated': {
    self: H2,
    scene: 'up',
    forks: [
      [fires('Silence')],
      [fires('Election')],
      [IN_VAIN, ...fromBoth('Claim')],
      [...fromBoth('Candidacy'), ...fromBoth('Claim')],
      [fires('Election')],
    ],
  },
  'a secondary that is called to an election': {
    self: H2,
    scene: 'up',
    forks: [fromBoth('Candidacy'), [fires('Election')]],
  },
  'a primary that hears a host again while it looks whether it is isolated': {
    scene: 'alone',
    forks: [[hears('Alive', ALIVE), h3('Alive', ALIVE)], [IN_VAIN], [fires('Heartbeat')]],
  },
  'a host that was partitioned or isolated answers a ping': {
    scene: 'waiting',
    forks: [PATIENCE, GONE, PATIENCE, [happens('Probed', {host: 'h3', ping: true})]],
  },
  'a host that is gone and turns out to be gone otherwise': {
    scene: 'protecting',
    forks: [
      PATIENCE,
      GONE,
      [hears('VmStatus', {'message.term': 3, 'message.report.type': 'running'})],
      PATIENCE,
      [...GONE, happens('Probed', {host: 'h3', ping: false, heartbeat: 'none'})],
    ],
  },
  'a host that is up again': {
    scene: 'following',
    forks: [
      [happens('Crashed')],
      [happens('Restarted', {reachable: ['h1', 'h2', 'h3']})],
      [h3('Candidacy', {'message.term': 0}), FRESH],
      [ACK],
      [happens('PowerOn')],
      [ACK],
    ],
  },
  'a check for isolation that was ordered before': {
    scene: 'running',
    forks: [[fires('Silence')], [fires('Election')], [fires('Election')], [IN_VAIN], [IN_VAIN], [happens('PowerOn')]],
    change: {isolationResponse: 'power-off'},
  },
};
