// `holdfast conform interop [options] [-- subject...]`

import {type Command, Option} from 'commander';
import type {Interruption} from '../../model/cli/interruption.js';
import {paintOf, print} from '../../model/cli/output.js';
import {timeSpan, wholeNumber} from '../../model/cli/quantity.js';
import {Refusal} from '../../model/cli/refusal.js';
import {printable} from '../../model/report/value.js';
import {eager, type HostId, hostId, profile, type Repairs} from '../../src/index.js';
import {Breakdown, OUTCOMES} from '../adapter/breakdown.js';
import {program} from '../adapter/program.js';
import {addressOf, socket} from '../adapter/socket.js';
import {driving} from '../driver.js';
import {haConfigOf, haSimulation} from '../interop/ha/simulation.js';
import {hostConfigOf, hostSimulation} from '../interop/host/simulation.js';
import {interop} from '../interop/interop.js';
import type {Seat} from '../interop/run.js';
import {type Assignment, seated} from '../interop/seats.js';
import type {Move, Simulation} from '../interop/simulation.js';
import {toldInterop} from '../interop/told.js';
import type {Specification} from '../specification.js';
import {referenceOf} from '../subjects.js';
import {EXIT} from './exit.js';
import {addSeed} from './options.js';
import {quoted} from './replay-command.js';
import {met, repairsFor, SUITE} from './subject.js';

type Said = {
  readonly profile: 'ha' | 'host';
  readonly subject: readonly string[];
  readonly hosts: number;
  readonly vms: number;
  readonly runs: number;
  readonly moves: number;
  readonly seed: number;
  readonly story: string | null;
  readonly choices: readonly (number | null)[] | null;
  readonly timeout: number;
};

type Asked = {
  readonly hosts: readonly HostId[];
  readonly words: readonly string[];
  readonly said: Said;
  readonly interruption: Interruption;
};

/** Ids of one digit, so that they are sorted as text. */
const MOST_HOSTS = 9;

export const addInterop = (made: Command, leave: (code: number) => void, interruption: Interruption): void => {
  const command = addSeed(
    made
      .command('interop')
      .description('let several subjects be the hosts of one simulated cluster')
      .argument('[subject...]', 'after --: the command for the hosts that no --subject names'),
  );
  command
    .addOption(new Option('--profile <module>', 'what the hosts are').choices(['ha', 'host']).default('ha'))
    .addOption(
      new Option(
        '--subject <host=command>',
        'who plays a host: a command, tcp:HOST:PORT, unix:PATH, or reference: the library itself; may come again',
      )
        .argParser((text: string, all: readonly string[]) => [...all, text])
        .default([]),
    )
    .addOption(
      new Option('--hosts <number>', 'how many hosts').argParser(wholeNumber('--hosts', MOST_HOSTS, 3)).default(3),
    )
    .addOption(new Option('--vms <number>', 'how many VMs').argParser(wholeNumber('--vms', 9)).default(1))
    .addOption(
      new Option('--runs <number>', 'how many runs, each from a seed of its own')
        .argParser(wholeNumber('--runs'))
        .default(20),
    )
    .addOption(
      new Option('--moves <number>', 'the most moves of a run before it settles')
        .argParser(wholeNumber('--moves'))
        .default(80),
    )
    .addOption(new Option('--story <name>', 'nothing but this story; whole hosts have some').default(null))
    .addOption(
      new Option('--choices <list>', 'one run, with these choices: 3.n12.0; n12 is 12 moves that come by themselves')
        .argParser(choicesIn)
        .default(null),
    )
    .addOption(
      new Option('--timeout <seconds>', 'how long an answer may take').argParser(timeSpan('--timeout')).default(10),
    )
    .action(async (words: readonly string[], said: Said) => leave(await play(words, said, interruption)));
};

const play = (words: readonly string[], said: Said, interruption: Interruption): Promise<number> => {
  const hosts = Array.from({length: said.hosts}, (_, index) => hostId(`h${index + 1}`));
  const vms = Array.from({length: said.vms}, (_, index) => `v${index + 1}`);
  const asked = {hosts, words, said, interruption};
  if (said.profile === 'ha')
    return played(
      asked,
      (host, repairs) => haConfigOf(hosts, vms, host, repairs),
      () => haSimulation(hosts, vms),
    );
  return played(asked, (host, repairs) => hostConfigOf(hosts, vms, host, repairs), hostSimulation);
};

const played = async <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect, World, M extends Move>(
  {hosts, words, said, interruption}: Asked,
  configOf: (host: HostId, repairs: Repairs) => Config,
  simulationOf: (configs: readonly Config[]) => Simulation<Config, State, Stimulus, Effect, World, M>,
): Promise<number> => {
  const assignments = assigned(hosts, said.subject, words);
  const {specification, stories} = simulationOf(hosts.map(host => configOf(host, profile('hardened'))));
  if (said.story !== null && !stories.some(({name}) => name === said.story))
    throw new Refusal(
      `--story is one of these: ${stories.map(({name}) => `"${name}"`).join(', ') || 'there are none'}`,
    );
  interruption.grant();
  try {
    const cluster = await seated(
      assignments.filter(({command}) => command !== REFERENCE),
      said.profile,
      command => met(opened(command, words), said.timeout),
      command => addressOf(command) !== null,
      (host, introduction) => configOf(host, repairsFor(null, introduction)),
    );
    const ours = assignments.filter(({command}) => command === REFERENCE);
    const seats = [...cluster.seats, ...ours.map(({host}) => reference(specification, host, configOf))].sort((a, b) =>
      a.host < b.host ? -1 : 1,
    );
    const simulation = simulationOf(seats.map(({config}) => config));
    const extent = {runs: said.runs, length: said.moves, seed: said.seed, story: said.story, choices: said.choices};
    const found = await interop(simulation, seats, {...extent, signal: interruption.asked}).catch(
      async (thrown: unknown) => {
        await cluster.close();
        throw thrown;
      },
    );
    const ends = await cluster.close();
    const replay = (story: string | null, choices: readonly (number | null)[]): string =>
      replayed(said, words, story, choices);
    print(toldInterop({simulation, seats}, found, replay, paintOf(process.stdout)));
    if (found.verdict !== 'pass') return EXIT[found.verdict];
    for (const end of ends) told(end);
    return ends.length === 0 ? EXIT.pass : EXIT.error;
  } catch (thrown) {
    if (!(thrown instanceof Breakdown)) throw thrown;
    told(thrown);
    return EXIT.error;
  }
};

/** What is named where the library itself is to play a host. */
const REFERENCE = 'reference';

const reference = <Config extends {readonly repairs: Repairs}, State, Stimulus, Effect>(
  specification: Specification<Config, State, Stimulus, Effect>,
  host: HostId,
  configOf: (host: HostId, repairs: Repairs) => Config,
): Seat<Config> => ({
  host,
  name: SUITE,
  config: configOf(host, profile('hardened')),
  driver: driving(referenceOf(specification, eager)),
});

const told = ({message, outcome}: Breakdown): void =>
  print(`error: ${printable(message)}\n${outcome}: ${OUTCOMES[outcome]}`);

/** What stands for the words after `--`. */
const REST = '';

const assigned = (
  hosts: readonly HostId[],
  subjects: readonly string[],
  words: readonly string[],
): readonly Assignment[] => {
  const named = new Map<string, string>();
  for (const text of subjects) {
    const [, host = '', command = ''] = /^(\w+)=(.+)$/.exec(text) ?? [];
    if (!hosts.some(each => each === host))
      throw new Refusal(`--subject is HOST=COMMAND with a host of ${hosts.join(', ')}, not "${text}"`);
    if (named.has(host)) throw new Refusal(`--subject names ${host} twice`);
    named.set(host, command);
  }
  const missing = hosts.find(host => !named.has(host));
  if (missing !== undefined && words.length === 0)
    throw new Refusal(`nobody plays ${missing}: say --subject ${missing}=COMMAND, or a command for all after --`);
  const rest = words.length === 1 && words[0] === REFERENCE ? REFERENCE : REST;
  return hosts.map(host => ({host, command: named.get(host) ?? rest}));
};

/** A command of an option is one text: the shell finds its words, and then gives way to it. */
const opened = (command: string, words: readonly string[]): ReturnType<typeof program> => {
  const address = addressOf(command);
  if (address !== null) return socket(address);
  return program(command === REST ? words : ['sh', '-c', `exec ${command}`]);
};

const choicesIn = (text: string): readonly (number | null)[] => {
  if (!/^(n?\d+(\.n?\d+)*)?$/.test(text))
    throw new Refusal(`--choices is a list as 3.n12.0: numbers and, after an n, how many moves come by themselves`);
  return text
    .split('.')
    .filter(part => part !== '')
    .flatMap(part =>
      part.startsWith('n') ? Array<null>(Math.min(Number(part.slice(1)), MOST_CHOICES)).fill(null) : [Number(part)],
    );
};

/** So many moves in one go are more than any run has. */
const MOST_CHOICES = 1_000_000;

const choicesText = (choices: readonly (number | null)[]): string =>
  choices
    .reduce<readonly string[]>((parts, choice) => {
      const last = parts.at(-1) ?? '';
      if (choice !== null) return [...parts, String(choice)];
      return last.startsWith('n') ? [...parts.slice(0, -1), `n${Number(last.slice(1)) + 1}`] : [...parts, 'n1'];
    }, [])
    .join('.');

const replayed = (
  said: Said,
  words: readonly string[],
  story: string | null,
  choices: readonly (number | null)[],
): string => {
  const subjects = said.subject.flatMap(subject => ['--subject', subject]);
  const sizes = ['--hosts', String(said.hosts), '--vms', String(said.vms)];
  const what = story === null ? ['--choices', choicesText(choices)] : ['--story', story];
  const rest = words.length === 0 ? [] : ['--', ...words];
  const command = [
    'holdfast',
    'conform',
    'interop',
    '--profile',
    said.profile,
    ...sizes,
    ...what,
    ...subjects,
    ...rest,
  ];
  return command.map(quoted).join(' ');
};
