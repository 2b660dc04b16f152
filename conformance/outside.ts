// Rules of a profile's chapters that are not of the profile: no case comes to them, whatever the subject is. Each has
// its reason, and every other rule is come to by some case.

import type {RuleId} from '../src/index.js';
import type {ModuleName} from './adapter/protocol.js';

export type Outside = Readonly<Partial<Record<RuleId, string>>>;

const SUBSETS = 'a module may ask any subset next here, so none of the narrower rules binds it';
const ELSEWHERE = 'the HA module elects by itself here, and nobody else has a say';

const OF_SUBSETS: Outside = {'FB-26': SUBSETS, 'FB-27': SUBSETS, 'FB-28': SUBSETS, 'FB-30': SUBSETS};

const IDENTITY = 'the contract is tried for one object that is never made anew';
const READ = 'the profile has no GET: what it answers is tried by whole hosts';

const LOST = 'the storage module of a host answers its own HA module in the same process';
const DIRECTED = 'the directory does it by components: OB-11, OB-21';
const CACHED = 'GET is answered from what the host was told last: CH-03, CH-07';

/** By profile. */
export const OUTSIDE: Readonly<Record<ModuleName, Outside>> = {
  ha: OF_SUBSETS,
  election: {'TM-03': 'commands are tried in the profile ha', 'TM-05': ELSEWHERE},
  storage: {
    'ST-08': IDENTITY,
    'ST-09': IDENTITY,
    'ST-10': IDENTITY,
    'ST-11': READ,
    'ST-12': READ,
    'ST-13': READ,
    'ST-14': 'the profile has no attempts',
  },
  host: {
    ...OF_SUBSETS,
    'DR-20': 'a host that is down is down as a whole: HO-20',
    'LK-06': 'the reads and writes of VMs do not pass through what is tried',
    'ST-01': 'a call without a quorum is refused before it comes to the object: OB-14',
    'ST-05': LOST,
    'ST-06': DIRECTED,
    'ST-07': DIRECTED,
    'ST-11': CACHED,
    'ST-12': CACHED,
    'ST-13': CACHED,
    'TM-05': ELSEWHERE,
    'TM-06': ELSEWHERE,
    'TM-11': 'a host that is down is down as a whole: HO-20',
  },
};
