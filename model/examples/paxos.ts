import {flag, has, integer, model, next, occursIn, product, range, setOf, subsets} from '../index.js';

type Vote = {readonly bal: number; readonly val: number};
/** The highest ballot that an acceptor joined, and its last vote: ballot -1 before the first. */
type Acceptor = {readonly maxBal: number; readonly voted: Vote};
type Promised = {readonly bal: number; readonly voted: Vote};

const NOTHING: Vote = {bal: -1, val: -1};

/** Lamport's Paxos consensus algorithm (Paxos.tla of his Turing award lecture, in the TLA+ examples). */
export const paxos = model({
  name: 'paxos',
  summary: 'Acceptors choose one value, whatever the leaders of the ballots do (Paxos.tla).',
  options: {
    acceptors: integer({default: 3, min: 1, max: 5, about: 'acceptors'}),
    values: integer({default: 2, min: 1, max: 4, about: 'values'}),
    maxBallot: integer({default: 1, min: 0, max: 4, about: 'the highest ballot'}),
    symmetry: flag({about: 'search one state for all that differ in the names of acceptors and values only'}),
  },
  build(m, {acceptors, values, maxBallot, symmetry}) {
    const everyone = range(acceptors);
    const ballots = range(maxBallot + 1);
    const quorums = subsets(everyone).filter(each => each.length === Math.floor(acceptors / 2) + 1);
    const acceptor = m.slots('acceptor', everyone, {maxBal: -1, voted: NOTHING} as Acceptor);
    // Every message that was ever sent, by kind and sender.
    const phase1a = m.set<number>('phase1a');
    const phase1b = m.sets<number, Promised>('phase1b', everyone);
    const phase2a = m.set<Vote>('phase2a');
    const phase2b = m.sets<number, Vote>('phase2b', everyone);

    m.action('Phase1a', {each: ballots}, (_, bal) => [next(phase1a.add(bal))]);
    m.action('Phase1b', {each: everyone}, (read, a) => {
      const {maxBal, voted} = read(acceptor(a));
      return read(phase1a)
        .filter(bal => bal > maxBal)
        .map(bal => next(acceptor(a).set({maxBal: bal, voted}), phase1b(a).add({bal, voted})));
    });
    m.action('Phase2a', {each: product(ballots, range(values))}, (read, ballot, val) => {
      if (read(phase2a).some(({bal}) => bal === ballot)) return [];
      return quorums.flatMap(quorum => {
        const promises = quorum.flatMap(a => read(phase1b(a)).filter(({bal}) => bal === ballot));
        if (promises.length < quorum.length) return [];
        const latest = Math.max(...promises.map(({voted}) => voted.bal));
        const proposal = next(phase2a.add({bal: ballot, val}));
        // One outcome per promise that shows the value to be safe.
        if (latest === -1) return [proposal];
        return promises.filter(({voted}) => voted.bal === latest && voted.val === val).map(() => proposal);
      });
    });
    m.action('Phase2b', {each: everyone}, (read, a) =>
      read(phase2a)
        .filter(({bal}) => bal >= read(acceptor(a)).maxBal)
        .map(vote => next(acceptor(a).set({maxBal: vote.bal, voted: vote}), phase2b(a).add(vote))),
    );

    m.invariant('LastVote', {each: everyone}, (read, a) => {
      const {maxBal, voted} = read(acceptor(a));
      return maxBal >= voted.bal && (voted.bal === -1 || read(phase2b(a).has(voted)));
    });
    m.invariant('PromisesKept', {each: everyone}, (read, a) =>
      read(phase1b(a)).every(
        ({bal, voted}) => read(acceptor(a)).maxBal >= bal && (voted.bal === -1 || read(phase2b(a).has(voted))),
      ),
    );
    m.invariant('VotesAsked', {each: everyone}, (read, a) =>
      read(phase2b(a)).every(vote => read(acceptor(a)).voted.bal >= vote.bal && read(phase2a.has(vote))),
    );
    // A proposal is the only one of its ballot, and some quorum shows that no earlier ballot can choose another value.
    m.invariant('ProposalsSafe', {each: ballots}, (read, ballot) => {
      const [proposal, second] = read(phase2a).filter(({bal}) => bal === ballot);
      if (proposal === undefined || second !== undefined) return second === undefined;
      return quorums.some(quorum => {
        if (quorum.some(a => read(acceptor(a)).maxBal < ballot)) return false;
        const earlier = quorum.flatMap(a => read(phase2b(a)).filter(({bal}) => bal < ballot));
        const latest = Math.max(-1, ...earlier.map(({bal}) => bal));
        return latest === -1 || has(earlier, {bal: latest, val: proposal.val});
      });
    });
    const chosen = m.derives('chosen', range(values), (read, val) =>
      ballots.some(bal => quorums.some(quorum => quorum.every(a => read(phase2b(a).has({bal, val}))))),
    );
    m.invariant('Agreement', read => chosen.members.filter(read).length <= 1);

    if (!symmetry) return;
    type To = (val: number) => number;
    const cast = ({bal, val}: Vote, to: To): Vote => ({bal, val: val === NOTHING.val ? val : to(val)});
    const castAll = (votes: readonly Vote[], to: To) => setOf(votes.map(vote => cast(vote, to)));
    m.symmetry(everyone, {families: [acceptor, phase1b, phase2b]});
    m.symmetry(range(values), {
      renamed: [
        occursIn(acceptor, ({maxBal, voted}, to: To) => ({maxBal, voted: cast(voted, to)})),
        occursIn(phase1b, (promises, to: To) => setOf(promises.map(({bal, voted}) => ({bal, voted: cast(voted, to)})))),
        occursIn(phase2a, castAll),
        occursIn(phase2b, castAll),
      ],
    });
  },
});
