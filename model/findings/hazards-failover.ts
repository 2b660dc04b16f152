// Hazards of restarting VMs: H9 to H14, H23, H24 and H26.

import {REPAIRS, type Repair} from '../../src/index.js';
import type {Hazard} from './hazard.js';
import {ask} from './question.js';

/** Nothing happens but what is said. */
const QUIET = {views: '0', splits: '0', crashes: '0', toggles: '0'};

/** The storage network goes on and off between all hosts, until a VM was started anew. */
const FLAPPING = {...QUIET, cuts: 'alone', attempts: '1', flapping: 'true'};

/** A VM that has lost its storage is ended, and is known to be restarted. */
const TRIGGERS: readonly Repair[] = ['ghost-kill', 'intent-generation', 'storage-loss-trigger'];

export const FAILOVER_HAZARDS: readonly Hazard[] = [
  {
    id: 'H9',
    title: 'Restart where only the namespace object can be used',
    story:
      'The primary asks about the namespace object only. The VM enters the restart list, power-on fails because a disk ' +
      'cannot be used, and after a delay it is tried again.',
    predicted: 'found',
    questions: [ask('failover', 'BoundedFutileRestarts', {...QUIET, hosts: '4', views: '1', futile: '1'})],
    measures: [
      {
        scene: 'failover',
        choices: {...QUIET, hosts: '4', views: '1'},
        property: 'BoundedFutileRestarts',
        bound: 'futile',
        largest: 6,
        variants: {
          'ask, about all objects': {placement: 'ask', query: 'all'},
          'ask, about the namespace object': {placement: 'ask', query: 'namespace'},
          'publish, about all objects': {placement: 'publish', query: 'all'},
          'trial and error': {placement: 'try', query: 'all'},
        },
      },
    ],
  },
  {
    id: 'H10',
    title: 'From list to list',
    story:
      'The storage network flaps with a period near the delay, and the VM goes from one list to the other without ever ' +
      'being started.',
    predicted: 'absent',
    questions: [
      ask(
        'failover',
        'RestartedInTheEnd',
        {...QUIET, views: '2', cuts: 'alone', attempts: '1'},
        {given: [...TRIGGERS, 'lock-registration']},
      ),
      ask('failover', 'RestartedInTheEnd', FLAPPING, {
        given: [...TRIGGERS, 'lock-registration'],
        conceded:
          'Each time the network is whole for as long as it takes to find a place and to command its host, and cut ' +
          'before storage answers that host: what takes longer than the network holds is never done, whatever the ' +
          'protocol. The VM is restarted when the network comes to rest, or, as the next question shows, if what is ' +
          'possible again and again is done in the end.',
      }),
      ask(
        'failover',
        'RestartedInTheEnd',
        {...FLAPPING, fairness: 'strong'},
        {given: [...TRIGGERS, 'lock-registration']},
      ),
    ],
  },
  {
    id: 'H11',
    title: 'Two primaries, one VM',
    story:
      'The HA network is split and the storage network whole. Both primaries try to restart a VM; the lock lets one ' +
      'succeed. The other tries again later, when the user has powered the VM off.',
    predicted: 'found',
    questions: [
      ask('failover', 'NoResurrection', {...QUIET, splits: '1', toggles: '1'}),
      ask('failover', 'SingleWriter', {...QUIET, splits: '1', toggles: '1'}),
    ],
  },
  {
    id: 'H12',
    title: 'Ghost instance',
    story:
      'The storage network cuts off the host that runs a VM. The other side has the quorum, and HA restarts the VM ' +
      'there, while the first host still executes it from memory.',
    predicted: 'found',
    questions: [
      ask('failover', 'SingleWriter', {...QUIET, views: '2'}, {given: ['storage-loss-trigger']}),
      ask('failover', 'GhostsEnd', {...QUIET, views: '1'}, {given: ['storage-loss-trigger']}),
      ask(
        'failover',
        'AtMostOneRunning',
        {...QUIET, views: '1'},
        {
          given: ['storage-loss-trigger'],
          conceded:
            'Nothing reaches the host that is cut off, so only time can tell that its instance has ended: with ' +
            '`--leases` a lock is broken no sooner, and the property holds.',
        },
      ),
      ask('failover', 'AtMostOneRunning', {...QUIET, views: '1', leases: 'true'}, {given: ['storage-loss-trigger']}),
    ],
  },
  {
    id: 'H13',
    title: 'No trigger',
    story:
      'Only the storage network is split. The primary hears from the host that is cut off and takes its VMs for ' +
      'running, though they can neither read nor write. Nobody restarts them.',
    predicted: 'found',
    questions: [ask('failover', 'EventuallyServing', {...QUIET, views: '1'})],
  },
  {
    id: 'H14',
    title: 'A kill mistaken for a clean stop',
    story:
      'The host that is cut off ends its instance and cannot write that it was killed. The flag says that the user has ' +
      'stopped the VM, and nobody restarts it.',
    predicted: 'found',
    questions: [ask('failover', 'EventuallyRestarted', {...QUIET, views: '1'}, {given: ['ghost-kill']})],
  },
  {
    id: 'H23',
    title: 'No quorum anywhere',
    story: 'The storage network is cut so that no side can use the VM. It must wait, and nothing may be written.',
    predicted: 'absent',
    questions: [
      ask('protect', 'NoMinorityCommit', {hosts: '3', views: '2', toggles: '1'}),
      ask('failover', 'StartsWithQuorum', {...QUIET, views: '2', cuts: 'any'}, {given: ['storage-loss-trigger']}),
      ask('failover', 'WaitsWithoutQuorum', {...QUIET, views: '1', cuts: 'any'}, {given: TRIGGERS}),
      ask(
        'failover',
        'NonInterference',
        {...QUIET, views: '1', cuts: 'any', vms: '2', pinned: 'true'},
        {given: TRIGGERS},
      ),
    ],
  },
  {
    id: 'H24',
    title: 'The count begins anew',
    story:
      'A primary uses up its attempts at a VM whose disks cannot be used, and fails. The next one begins to count anew, ' +
      'and makes as many futile attempts again.',
    predicted: 'found',
    questions: [
      ask(
        'failover',
        'BoundedFutileRestarts',
        {
          ...QUIET,
          hosts: '4',
          layout: 'far',
          query: 'namespace',
          views: '1',
          crashes: '1',
          lasting: 'true',
          attempts: '2',
          futile: '3',
        },
        {
          given: REPAIRS.filter(repair => !['shared-attempts', 'storage-loss-trigger'].includes(repair)),
          without: ['storage-loss-trigger'],
          among: ['shared-attempts'],
        },
      ),
    ],
  },
  {
    id: 'H26',
    title: 'Moved in the meantime',
    story:
      'A VM has migrated, its new host fails, and the list of the primary still names the old one. Nobody restarts it.',
    predicted: 'absent',
    questions: [ask('failover', 'EventuallyRestarted', {...QUIET, crashes: '1', migrations: '1'})],
  },
];
