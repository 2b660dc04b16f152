// The four ways in which the two networks can be partitioned, each as a witness found in a scene.

import type {Model} from '../../model/index.js';
import {failover} from '../../model/scenes/failover/failover.js';
import {protect} from '../../model/scenes/protect/protect.js';
import {retrieve} from '../../model/scenes/retrieve/retrieve.js';
import type {FailoverState, Instance, PlatformState, Register, View} from '../../src/index.js';
import type {StateOf} from './witness.js';

export type Scenario = {
  readonly title: string;
  readonly about: string;
  readonly scene: Model;
  readonly choices: Readonly<Record<string, string>>;
  /** An action that the story does without. */
  readonly never?: string;
  readonly goal: (at: StateOf) => boolean;
};

const viewOf = (at: StateOf, network: string): View => at(network) as View;
const isSplit = (view: View): boolean => view.length > 1;
const isLike = (a: View, b: View): boolean => JSON.stringify(a) === JSON.stringify(b);

const runsOn = (at: StateOf, host: string): boolean =>
  (at(`runtime[${host}]`) as readonly Instance[]).some(({power}) => power === 'running');

const leadOf = (at: StateOf, host: string) => at(`primary[${host}]`) as {readonly failover: FailoverState} | null;

const attemptsOf = (at: StateOf, host: string): number => leadOf(at, host)?.failover.inventory[0]?.attempts ?? 0;

export const SCENARIOS: readonly Scenario[] = [
  {
    title: '1. The HA network is split, the storage network is whole',
    about:
      'Each side has a primary, and both can reach every object. When the host of the VM has failed, both try to restart it; nothing keeps them from trying, and the lock lets one succeed. (With `lock-registration` the second would see the lock and wait. It is off here, as claimed, and so is `shared-attempts`.)',
    scene: failover,
    choices: {views: '0', splits: '1', crashes: '1', without: 'lock-registration,shared-attempts'},
    goal: at =>
      isSplit(viewOf(at, 'HA network')) && at('up[h2]') === false && runsOn(at, 'h1') && attemptsOf(at, 'h3') > 0,
  },
  {
    title: '2. The HA network is whole, the storage network is split',
    about:
      'The primary cannot write the protection state, because the quorum of the namespace object is on the other side. It asks the other HA modules, and has one that can access the object call SET: the claim that this project began with.',
    scene: protect,
    choices: {hosts: '3', views: '1', toggles: '1', subsets: 'all'},
    goal: at => {
      const {reported} = at('platform[v]') as PlatformState;
      const {value, current} = at('register[v]') as Register;
      return reported === 1 && value === 'protected' && current.every(host => String(host) !== 'h1');
    },
  },
  {
    title: '2, continued. A new primary learns of what only the other side can access',
    about:
      'The protection state was written, the storage network was split, and a host on the side without the quorum is elected. GET on its own host tells it nothing. It learns of the VM from a host that it asks to retrieve.',
    scene: retrieve,
    choices: {views: '1', commits: '1', handovers: '1', without: 'periodic-retrieval'},
    never: 'storage announces',
    goal: at => {
      const {host, term, known} = at('primary') as {host: string; term: number; known: readonly {value: string}[]};
      const view = viewOf(at, 'view');
      const waits = (at(`gets[${host}]`) as readonly {type: string}[]).some(({type}) => type === 'Own');
      return term === 2 && waits && known[0]?.value === 'protected' && view.some(side => side.join() === host);
    },
  },
  {
    title: '3. Both networks are split, and alike',
    about:
      'Each side has a primary that sees its own side only. The VM is accessible to one of them: that one restarts it, breaking the lock of a host that cannot be reached, while the instance on the other side has stalled and is ended as a ghost.',
    scene: failover,
    choices: {views: '1', splits: '1', crashes: '0'},
    goal: at =>
      isSplit(viewOf(at, 'HA network')) &&
      isLike(viewOf(at, 'HA network'), viewOf(at, 'storage network')) &&
      (runsOn(at, 'h1') || runsOn(at, 'h3')) &&
      (at('runtime[h2]') as readonly Instance[]).length === 0,
  },
  {
    title: '4. Both networks are split, and differently',
    about:
      'Knowledge of the VM and access to it sit apart. A side of the HA network elects a primary whose own storage module cannot access the VM. GET on a host that it can talk to tells it of the VM; it waits, and that host says that the VM can be started there.',
    scene: failover,
    choices: {views: '1', splits: '1', crashes: '0'},
    goal: at =>
      isSplit(viewOf(at, 'HA network')) &&
      isSplit(viewOf(at, 'storage network')) &&
      !isLike(viewOf(at, 'HA network'), viewOf(at, 'storage network')) &&
      String(leadOf(at, 'h2')?.failover.inventory[0]?.host) === 'h3' &&
      runsOn(at, 'h3') &&
      (at('runtime[h2]') as readonly Instance[]).length === 0,
  },
];
