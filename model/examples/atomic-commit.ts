import {anyOf, integer, model, next, range} from '../index.js';
import {perWitness} from './witness.js';

type Decision = 'undecided' | 'commit' | 'abort';
type Participant = {
  readonly vote: 'yes' | 'no';
  readonly alive: boolean;
  readonly decision: Decision;
  readonly voteSent: boolean;
};

/** Babaoglu and Toueg's atomic commitment by a broadcast that may break off (ACP_SB.tla of the TLA+ examples). */
export const atomicCommit = model({
  name: 'atomic-commit',
  summary: 'A coordinator collects votes and broadcasts a decision, and anyone may die (ACP_SB.tla).',
  options: {participants: integer({default: 3, min: 1, max: 5, about: 'participants'})},
  build(m, {participants}) {
    const everyone = range(participants);
    const participant = m.slots(
      'participant',
      everyone,
      anyOf<Participant>(
        (['yes', 'no'] as const).map(vote => ({vote, alive: true, decision: 'undecided', voteSent: false})),
      ),
    );
    const requested = m.slots('request', everyone, false);
    const votes = m.slots('vote', everyone, 'waiting' as 'waiting' | 'yes' | 'no');
    const broadcast = m.slots('broadcast', everyone, 'notsent' as 'notsent' | 'commit' | 'abort');
    const decision = m.slot<Decision>('decision', 'undecided');
    const alive = m.slot('alive', true);
    const allRequested = m.fold('allRequested', requested.members, true, (all, isRequested) => all && isRequested);
    const isCollecting = m.derive(
      'isCollecting',
      read => read(alive) && read(decision) === 'undecided' && read(allRequested),
    );

    // As long as it lives, the coordinator does not rest for ever on what it could do, nor does a participant.
    const coordinator = {fair: 'weak', fairAs: 'coordinator'} as const;
    const eachOne = {fair: 'weak', fairAs: (i: number) => `participant ${i}`} as const;

    m.action('Request', {each: everyone, ...coordinator}, (read, i: number) =>
      read(alive) && !read(requested(i)) ? [next(requested(i).set(true))] : [],
    );
    m.action('GetVote', {each: everyone, ...coordinator}, (read, i: number) => {
      if (!read(isCollecting) || read(votes(i)) !== 'waiting') return [];
      const {vote, voteSent} = read(participant(i));
      return voteSent ? [next(votes(i).set(vote))] : [];
    });
    m.action('DetectFault', {each: everyone, ...coordinator}, (read, i: number) => {
      if (!read(isCollecting) || read(votes(i)) !== 'waiting') return [];
      const {alive: isAlive, voteSent} = read(participant(i));
      return !isAlive && !voteSent ? [next(decision.set('abort'))] : [];
    });
    m.action('MakeDecision', coordinator, read => {
      if (!read(isCollecting)) return [];
      const cast = votes.members.map(read);
      if (cast.includes('waiting')) return [];
      const noes = cast.filter(vote => vote === 'no').length;
      return noes === 0 ? [next(decision.set('commit'))] : perWitness(noes, next(decision.set('abort')));
    });
    m.action('Broadcast', {each: everyone, ...coordinator}, (read, i: number) => {
      const decided = read(decision);
      if (!read(alive) || decided === 'undecided' || read(broadcast(i)) !== 'notsent') return [];
      return [next(broadcast(i).set(decided))];
    });
    m.action('CoordinatorDies', read => (read(alive) ? [next(alive.set(false))] : []));

    const becomes = (i: number, self: Participant, change: Partial<Participant>) => [
      next(participant(i).set({...self, ...change})),
    ];
    const isUndecided = ({alive: isAlive, decision: decided}: Participant) => isAlive && decided === 'undecided';
    m.action('SendVote', {each: everyone, ...eachOne}, (read, i: number) => {
      const self = read(participant(i));
      return self.alive && read(requested(i)) ? becomes(i, self, {voteSent: true}) : [];
    });
    m.action('AbortOnVote', {each: everyone, ...eachOne}, (read, i: number) => {
      const self = read(participant(i));
      return isUndecided(self) && self.voteSent && self.vote === 'no' ? becomes(i, self, {decision: 'abort'}) : [];
    });
    m.action('AbortOnTimeout', {each: everyone, ...eachOne}, (read, i: number) => {
      const self = read(participant(i));
      return isUndecided(self) && !read(alive) && !read(requested(i)) ? becomes(i, self, {decision: 'abort'}) : [];
    });
    m.action('Decide', {each: everyone, ...eachOne}, (read, i: number) => {
      const self = read(participant(i));
      const heard = read(broadcast(i));
      return isUndecided(self) && heard !== 'notsent' ? becomes(i, self, {decision: heard}) : [];
    });
    m.action('ParticipantDies', {each: everyone}, (read, i) => {
      const self = read(participant(i));
      return self.alive ? becomes(i, self, {alive: false}) : [];
    });
    m.allowDeadlock(); // everyone has decided or died

    const some = (name: string, isOne: (self: Participant) => boolean) =>
      m.fold(name, participant.members, false, (any, self) => any || isOne(self));
    const someCommitted = some('someCommitted', self => self.decision === 'commit');
    const someAborted = some('someAborted', self => self.decision === 'abort');
    const someNo = some('someNo', self => self.vote === 'no');
    const someDead = some('someDead', self => !self.alive);
    m.invariant('AC1', read => !(read(someCommitted) && read(someAborted)));
    m.invariant('AC2', read => !(read(someCommitted) && read(someNo)));
    m.invariant('AC3', read => !read(someAborted) || read(someNo) || read(someDead) || !read(alive));
    const allDecided = m.fold(
      'allDecided',
      participant.members,
      true,
      (all, {decision: decided}) => all && decided !== 'undecided',
    );
    m.eventually('AC3_2', read => read(allDecided) || read(someDead) || !read(alive));
    for (const i of everyone) {
      m.stepProperty(`AC4[${i}]`, {of: [participant(i)]}, (before, after) => {
        const {decision: decided} = before(participant(i));
        return decided === 'undecided' || decided === after(participant(i)).decision;
      });
    }
  },
});
