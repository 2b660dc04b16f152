// What has gone wrong between hosts that elect: the hazards and partitions that concern one of them.

import {again, happens, type ScriptStep} from '../cases/script.js';
import type {Story} from '../cases/story.js';

const fires = (timer: string): ScriptStep => happens('TimerFired', {'timer.type': timer});
const checked = (reachable: boolean): ScriptStep => happens('IsolationChecked', {reachable});
const claims = (term: number): ScriptStep => happens('Received', {'message.type': 'Claim', 'message.term': term});

const plain = {needs: [], dependsOn: [], core: null} as const;

const LEADS: readonly ScriptStep[] = [fires('Silence'), fires('Election'), checked(true)];

const ALONE = 'the HA network splits, and nobody is heard';

export const electionStories: readonly Story[] = [
  {
    ...plain,
    name: ALONE,
    moral: 'Each side elects its primary: a host that reaches the isolation address and hears nobody leads itself.',
    of: 'partition 1',
    steps: LEADS,
  },
  {
    ...plain,
    name: 'both networks are lost',
    moral: 'A host that does not reach the isolation address either leads nobody, and gives its response.',
    of: 'partition 3',
    steps: [fires('Silence'), fires('Election'), checked(false), fires('Isolation'), checked(false)],
    core: 'here',
  },
  {
    ...plain,
    name: 'two primaries meet when the network heals',
    moral: 'The one with the newer term leads on, whatever the other claims.',
    of: 'H19',
    needs: ['terms'],
    dependsOn: [ALONE],
    steps: [...LEADS, claims(1), fires('Heartbeat')],
  },
  {
    ...plain,
    name: 'a primary that was overtaken claims its term',
    moral: 'Nobody follows it, or answers it as its primary.',
    of: 'H19',
    needs: ['terms'],
    steps: [claims(1), claims(0)],
  },
  {
    ...plain,
    name: 'the primary crashes while others look to it',
    moral: 'Whoever followed it sees to it that somebody leads.',
    of: 'H5',
    steps: [claims(1), again(fires('Silence'))],
    core: 'here',
  },
];
