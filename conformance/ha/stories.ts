// What has gone wrong between HA modules: the hazards that concern what one of them does, and the four partitions.

import {happens, often, type ScriptStep} from '../cases/script.js';
import type {Story} from '../cases/story.js';

const hears = (message: string, where: Readonly<Record<string, unknown>> = {}): ScriptStep =>
  happens('Received', {'message.type': message, ...where});

const fires = (phase: string): ScriptStep => happens('TimerFired', {'timer.phase': phase});

const ELECTED = happens('Elected', {term: 1});
const REQUESTED = happens('Request', {vm: 'v1', generation: 1});
const answers = (accessible: boolean): ScriptStep => hears('AccessAnswer', {'message.accessible': accessible});
const result = (what: string): ScriptStep => hears('SetResult', {'message.result': what});
const own = (what: string): ScriptStep => happens('StorageReplied', {result: what});

/** The own storage module cannot write, so the others are asked. */
const ASKING: readonly ScriptStep[] = [ELECTED, REQUESTED, own('failed')];

const plain = {needs: [], dependsOn: [], core: null} as const;

const WRITTEN = 'the own side can write';
const ELSEWHERE = 'another host writes';
const NOBODY = 'nobody on its side can write';
const REGISTERED = 'a VM becomes accessible where somebody waits for it';

const PARTITIONS: readonly Story[] = [
  {
    ...plain,
    name: WRITTEN,
    moral: 'A primary cut off from other HA modules, but not from the storage, writes and reports by itself.',
    of: 'partition 1',
    steps: [ELECTED, REQUESTED, own('ok')],
  },
  {
    ...plain,
    name: ELSEWHERE,
    moral: 'Where its own storage module cannot write, the primary has a host do it that says it can.',
    of: 'partition 2',
    steps: [...ASKING, often(answers(true)), result('ok')],
  },
  {
    ...plain,
    name: NOBODY,
    moral: 'A VM that nobody can write waits, and is written when the storage network is whole again.',
    of: 'partition 3',
    dependsOn: [WRITTEN],
    steps: [...ASKING, often(answers(false))],
    core: 'here',
  },
  {
    ...plain,
    name: 'those who could write are not heard',
    moral: 'The primary tries again and again, and succeeds once the two networks meet in one host.',
    of: 'partition 4',
    needs: ['timeouts'],
    dependsOn: [ELSEWHERE, NOBODY],
    steps: [...ASKING, often(answers(false)), fires('waiting'), hears('BecameAccessible'), own('failed')],
    core: 'elsewhere',
  },
];

const OF_PRIMARIES: readonly Story[] = [
  {
    ...plain,
    name: 'an acknowledgement is lost',
    moral: 'A command that nobody answers counts as failed, and the VM is written and reported all the same.',
    of: 'H2',
    needs: ['timeouts', 'every-responder'],
    dependsOn: [ELSEWHERE],
    steps: [...ASKING, often(answers(true)), fires('commanding')],
    core: 'elsewhere',
  },
  {
    ...plain,
    name: 'several say that they can',
    moral: 'One host is commanded at a time.',
    of: 'H3',
    steps: [...ASKING, often(answers(true))],
  },
  {
    ...plain,
    name: 'the slow one answers when the user has changed his mind',
    moral: 'What an earlier command brought about counts for nothing, and the newest state is written.',
    of: 'H3',
    needs: ['request-ids', 'generations'],
    dependsOn: [ELSEWHERE],
    steps: [
      ...ASKING,
      often(answers(true)),
      happens('Request', {vm: 'v1', generation: 2}),
      own('failed'),
      often(answers(true)),
      hears('SetResult', {'message.result': 'ok', 'message.generation': 1}),
    ],
    core: 'elsewhere',
  },
  {
    ...plain,
    name: 'protected is what is written',
    moral: 'Nothing is reported before it is written, however long that takes.',
    of: 'H4',
    needs: ['completion-report'],
    steps: [...ASKING, often(answers(true)), result('failed')],
  },
  {
    ...plain,
    name: 'the primary crashes in the middle of a fallback',
    moral: 'Elected again, it takes up what the platform sends again, and forgets what it was about.',
    of: 'H5',
    needs: ['resend'],
    dependsOn: [ELSEWHERE],
    steps: [...ASKING, happens('Crashed'), happens('Restarted')],
    core: 'elsewhere',
  },
  {
    ...plain,
    name: 'a host says that it can, and then it cannot',
    moral: 'Whoever else can is tried; a host that was cut off since it answered ends nothing.',
    of: 'H6',
    needs: ['every-responder'],
    dependsOn: [ELSEWHERE],
    steps: [...ASKING, often(answers(true)), result('failed')],
    core: 'elsewhere',
  },
  {
    ...plain,
    name: 'a VM becomes accessible while its primary begins to wait',
    moral: 'The primary is told, and begins anew.',
    of: 'H7',
    needs: ['level-triggered'],
    dependsOn: [NOBODY],
    steps: [...ASKING, often(answers(false)), hears('BecameAccessible')],
    core: 'elsewhere',
  },
  {
    ...plain,
    name: 'those who were asked first cannot',
    moral: 'Nobody is left out: whoever can is asked in the end.',
    of: 'H20',
    dependsOn: [ELSEWHERE],
    steps: [...ASKING, answers(false), answers(true), result('ok')],
  },
  {
    ...plain,
    name: 'nobody answers',
    moral: 'Silence counts as no, from the own storage module and from everybody else.',
    of: 'H21',
    needs: ['timeouts'],
    steps: [ELECTED, REQUESTED, fires('setting'), often(fires('querying')), fires('waiting')],
    core: 'elsewhere',
  },
  {
    ...plain,
    name: 'one VM keeps no other waiting',
    moral: 'A VM whose fallback nobody answers does not hold up the next.',
    of: 'H25',
    needs: ['parallel-fallbacks'],
    dependsOn: [WRITTEN],
    steps: [
      ...ASKING,
      happens('Request', {vm: 'v2', generation: 1}),
      happens('StorageReplied', {'call.vm': 'v2', result: 'failed'}),
      often(hears('AccessAnswer', {'message.vm': 'v2', 'message.accessible': true})),
      hears('SetResult', {'message.vm': 'v2', 'message.result': 'ok'}),
    ],
  },
];

const OF_OTHERS: readonly Story[] = [
  {
    ...plain,
    name: 'a command arrives too late',
    moral: 'It is carried out with the generation that it has, and the primary is told that it was stale.',
    of: 'H1',
    needs: ['generations'],
    steps: [hears('SetCommand', {'message.generation': 1}), own('stale')],
  },
  {
    ...plain,
    name: 'a commanded host crashes before its SET is answered',
    moral: 'What it hears from its storage module later still goes to the primary that commanded it.',
    of: 'H5',
    steps: [hears('SetCommand', {'message.generation': 1}), happens('Crashed'), happens('Restarted'), own('ok')],
  },
  {
    ...plain,
    name: REGISTERED,
    moral: 'Whoever registered is told.',
    of: 'H7',
    steps: [
      hears('WaitRegister', {'message.scope': 'namespace'}),
      happens('AccessibilityChanged', {vm: 'v1', 'accessible.namespace': true}),
    ],
  },
  {
    ...plain,
    name: 'a registration comes when the VM is accessible already',
    moral: 'The primary is told at once: no further change may come.',
    of: 'H7',
    needs: ['level-triggered'],
    dependsOn: [REGISTERED],
    steps: [
      happens('AccessibilityChanged', {vm: 'v1', 'accessible.all': true}),
      hears('WaitRegister', {'message.scope': 'namespace'}),
    ],
  },
  {
    ...plain,
    name: 'the namespace object can be reached, and a disk cannot',
    moral: 'Who is asked about the namespace object says yes.',
    of: 'H8',
    steps: [
      happens('AccessibilityChanged', {vm: 'v1', accessible: {namespace: true, all: false}}),
      hears('AccessQuery', {'message.scope': 'namespace'}),
    ],
  },
  {
    ...plain,
    name: 'the primary asks about what it is going to write',
    moral: 'A SET needs the namespace object and nothing else.',
    of: 'H8',
    needs: ['namespace-query'],
    steps: ASKING,
    core: 'elsewhere',
  },
  {
    ...plain,
    name: 'an overtaken primary goes on commanding',
    moral: 'It is obeyed no more, and told so.',
    of: 'H19',
    needs: ['terms'],
    steps: [hears('Claim', {'message.term': 1}), hears('SetCommand', {'message.term': 0})],
  },
  {
    ...plain,
    name: 'a primary hears of a newer one',
    moral: 'It gives way, and works on nothing any more.',
    of: 'H19',
    needs: ['terms'],
    steps: [...ASKING, hears('Claim', {'message.term': 2}), often(answers(true)), happens('Request', {vm: 'v1'})],
  },
];

export const haStories: readonly Story[] = [...PARTITIONS, ...OF_PRIMARIES, ...OF_OTHERS];
