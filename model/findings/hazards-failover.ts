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
        {
          given: [...TRIGGERS, 'lock-registration'],
          asks: 'First with a network that changes twice: the VM is restarted.',
        },
      ),
      ask('failover', 'RestartedInTheEnd', FLAPPING, {
        given: [...TRIGGERS, 'lock-registration'],
        asks:
          'Then with a network that changes again and again, where hosts and storage do in the end what stays possible ' +
          '(weak fairness). What is possible only now and then may never be done.',
        ends:
          'Each time round, every host could start the VM and h1 calls for its lock; the network is cut before storage ' +
          'answers, so the call fails. The schedule has one attempt here, so the VM goes to the wait list, and the next ' +
          'heal puts it on the restart list again. (One turn is ten steps; rounds are counted in a circle of three here.)',
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
        {
          given: [...TRIGGERS, 'lock-registration'],
          asks:
            'Last with the same network, where what is possible again and again is done in the end, too (strong ' +
            'fairness): now and then storage answers in time, and the VM is restarted.',
        },
      ),
    ],
  },
  {
    id: 'H11',
    title: 'Two primaries, one VM',
    story:
      'The HA network is split and the storage network whole. A primary takes hosts on the other side for failed and ' +
      'tries to restart their VMs. While a VM runs, its lock keeps it from running twice, whoever tries. But when the ' +
      'user has powered it off, the lock is free, and a primary that does not know of that starts it.',
    predicted: 'found',
    questions: [
      ask(
        'failover',
        'NoResurrection',
        {...QUIET, splits: '1', toggles: '1'},
        {
          asks: 'Is something started that the user has switched off? One primary that is late is enough for that.',
          ends:
            'The user has powered v off (generation 2), and that is committed. h1 had called for the lock before it was ' +
            'told, by generation 1; the lock is free, and v runs on h1 against the will of the user.',
        },
      ),
      ask(
        'failover',
        'SingleWriter',
        {...QUIET, splits: '1', toggles: '1'},
        {asks: 'Do two primaries start it twice? The lock lets one succeed, and no other.'},
      ),
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
      ask(
        'failover',
        'SingleWriter',
        {...QUIET, views: '2'},
        {
          given: ['storage-loss-trigger'],
          asks: 'Do both instances write? The network heals while the first still executes.',
          ends:
            'h1 has taken the lock from h2, which could not be reached, and v runs there. h2 has never ended its instance, ' +
            'and reaches the disks again: both can write.',
        },
      ),
      ask(
        'failover',
        'GhostsEnd',
        {...QUIET, views: '1'},
        {
          given: ['storage-loss-trigger'],
          asks: 'Does the second instance last?',
          ends: 'v runs on h1; h2 executes it, too, without storage, and nothing is left that would end that.',
        },
      ),
      ask(
        'failover',
        'AtMostOneRunning',
        {...QUIET, views: '1'},
        {
          given: ['storage-loss-trigger'],
          asks: 'Are there two instances even for a moment?',
          ends: 'v has started on h1 while h2, which nothing can reach, still executes it.',
          conceded:
            'Nothing reaches the host that is cut off, so only time can tell that its instance has ended: with ' +
            '`--leases` a lock is broken no sooner, and the property holds.',
        },
      ),
      ask(
        'failover',
        'AtMostOneRunning',
        {...QUIET, views: '1', leases: 'true'},
        {
          given: ['storage-loss-trigger'],
          asks: 'And where a lock is broken only after its holder has ended what it ran, as leases see to?',
        },
      ),
    ],
  },
  {
    id: 'H13',
    title: 'No trigger',
    story:
      'Only the storage network is split. The primary hears from the host that is cut off and takes its VMs for ' +
      'running, though they can neither read nor write. Nobody restarts them.',
    predicted: 'found',
    questions: [
      ask(
        'failover',
        'EventuallyServing',
        {...QUIET, views: '1'},
        {
          ends:
            'v is stalled on h2, which has lost its storage; h1 and h3 have the quorum and could run it, and the primary ' +
            'has heard of nothing that it would act on.',
        },
      ),
    ],
  },
  {
    id: 'H14',
    title: 'A kill mistaken for a clean stop',
    story:
      'The host that is cut off ends its instance and cannot write that it was killed. The flag says that the user has ' +
      'stopped the VM, and nobody restarts it.',
    predicted: 'found',
    questions: [
      ask(
        'failover',
        'EventuallyRestarted',
        {...QUIET, views: '1'},
        {
          given: ['ghost-kill'],
          ends:
            'h2 has ended v, which had lost its storage, and could not write why. h1 takes that for a stop by the user, and ' +
            'v runs nowhere, though h1 and h3 could run it.',
        },
      ),
    ],
  },
  {
    id: 'H23',
    title: 'No quorum anywhere',
    story: 'The storage network is cut so that no side can use the VM. It must wait, and nothing may be written.',
    predicted: 'absent',
    questions: [
      ask(
        'protect',
        'NoMinorityCommit',
        {hosts: '3', views: '2', toggles: '1'},
        {asks: 'Is a protection state written without a quorum?'},
      ),
      ask(
        'failover',
        'StartsWithQuorum',
        {...QUIET, views: '2', cuts: 'any'},
        {given: ['storage-loss-trigger'], asks: 'Is a VM started without a quorum?'},
      ),
      ask(
        'failover',
        'WaitsWithoutQuorum',
        {...QUIET, views: '1', cuts: 'any'},
        {given: TRIGGERS, asks: 'Does the VM wait until some side can use it, rather than being tried or forgotten?'},
      ),
      ask(
        'failover',
        'NonInterference',
        {...QUIET, views: '1', cuts: 'any', vms: '2', pinned: 'true'},
        {given: TRIGGERS, asks: 'Does it hold up another VM that can be used?'},
      ),
    ],
  },
  {
    id: 'H24',
    title: 'The count begins anew',
    story:
      'A primary asks about the namespace object only, and uses up its attempts at a VM whose disk cannot be used; then ' +
      'it fails. The next one begins to count anew, and makes as many futile attempts again.',
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
          ends:
            'h2 can use the namespace object of v and not its disk: two power-ons that h1 commanded there have failed, and ' +
            'two that h2 tried as the next primary, though nothing had changed for the better. That is four, where the ' +
            'schedule has two attempts and three are allowed here.',
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
    questions: [
      ask(
        'failover',
        'EventuallyRestarted',
        {...QUIET, crashes: '1', migrations: '1'},
        {
          ends:
            'v runs nowhere. The primary takes it to run on h2, so that the crash of h3 is about no VM that it knows of; h1 ' +
            'and h2 could start it.',
        },
      ),
    ],
  },
];
