//! Two-phase commit for Stateright, with the states of TwoPhase.tla: `two-phase-commit bfs|dfs THREADS MANAGERS`.
//! Explores all of them, checks that no manager commits while another aborts, and prints the counts as JSON.

use stateright::{Checker, Model, Property};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Manager {
    Working,
    Prepared,
    Committed,
    Aborted,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Coordinator {
    Undecided,
    Committed,
    Aborted,
}

/// Messages are never removed, so each is a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct State<const N: usize> {
    managers: [Manager; N],
    coordinator: Coordinator,
    /// The votes that the coordinator has received.
    prepared: [bool; N],
    votes: [bool; N],
    commit: bool,
    abort: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Action {
    ReceiveVote(usize),
    Commit,
    Abort,
    Prepare(usize),
    ChooseToAbort(usize),
    ReceiveCommit(usize),
    ReceiveAbort(usize),
}

struct TwoPhaseCommit<const N: usize>;

fn is_consistent<const N: usize>(_: &TwoPhaseCommit<N>, state: &State<N>) -> bool {
    !(state.managers.contains(&Manager::Committed) && state.managers.contains(&Manager::Aborted))
}

impl<const N: usize> Model for TwoPhaseCommit<N> {
    type State = State<N>;
    type Action = Action;

    fn init_states(&self) -> Vec<State<N>> {
        vec![State {
            managers: [Manager::Working; N],
            coordinator: Coordinator::Undecided,
            prepared: [false; N],
            votes: [false; N],
            commit: false,
            abort: false,
        }]
    }

    fn actions(&self, state: &State<N>, actions: &mut Vec<Action>) {
        let undecided = state.coordinator == Coordinator::Undecided;
        if undecided && state.prepared.iter().all(|&it| it) {
            actions.push(Action::Commit);
        }
        if undecided {
            actions.push(Action::Abort);
        }
        for n in 0..N {
            if undecided && state.votes[n] {
                actions.push(Action::ReceiveVote(n));
            }
            if state.managers[n] == Manager::Working {
                actions.push(Action::Prepare(n));
                actions.push(Action::ChooseToAbort(n));
            }
            if state.commit {
                actions.push(Action::ReceiveCommit(n));
            }
            if state.abort {
                actions.push(Action::ReceiveAbort(n));
            }
        }
    }

    fn next_state(&self, before: &State<N>, action: Action) -> Option<State<N>> {
        let mut state = *before;
        match action {
            Action::ReceiveVote(n) => state.prepared[n] = true,
            Action::Commit => {
                state.coordinator = Coordinator::Committed;
                state.commit = true;
            }
            Action::Abort => {
                state.coordinator = Coordinator::Aborted;
                state.abort = true;
            }
            Action::Prepare(n) => {
                state.managers[n] = Manager::Prepared;
                state.votes[n] = true;
            }
            Action::ChooseToAbort(n) => state.managers[n] = Manager::Aborted,
            Action::ReceiveCommit(n) => state.managers[n] = Manager::Committed,
            Action::ReceiveAbort(n) => state.managers[n] = Manager::Aborted,
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("consistent", is_consistent::<N>)]
    }
}

fn report<const N: usize>(checker: impl Checker<TwoPhaseCommit<N>>) {
    let checker = checker.join();
    checker.assert_properties();
    let (distinct, generated) = (checker.unique_state_count(), checker.state_count());
    println!("{{\"distinct\": {distinct}, \"generated\": {generated}}}");
}

fn explore<const N: usize>(strategy: &str, threads: usize) {
    let builder = TwoPhaseCommit::<N>.checker().threads(threads);
    match strategy {
        "bfs" => report(builder.spawn_bfs()),
        "dfs" => report(builder.spawn_dfs()),
        other => panic!("bfs or dfs, not {other}"),
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [strategy, threads, managers] = &words[..] else {
        panic!("two-phase-commit bfs|dfs THREADS MANAGERS");
    };
    let threads = threads.parse().expect("a number of threads");
    match managers.as_str() {
        "2" => explore::<2>(strategy, threads),
        "3" => explore::<3>(strategy, threads),
        "4" => explore::<4>(strategy, threads),
        "5" => explore::<5>(strategy, threads),
        "6" => explore::<6>(strategy, threads),
        "7" => explore::<7>(strategy, threads),
        "8" => explore::<8>(strategy, threads),
        "9" => explore::<9>(strategy, threads),
        "10" => explore::<10>(strategy, threads),
        other => panic!("2 to 10 managers, not {other}"),
    }
}
