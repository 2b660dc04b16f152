// `holdfast conform interop [options] [-- subject...]`

import {type Command, Option} from 'commander';
import type {Interruption} from '../../model/cli/interruption.js';
import {paintOf, print} from '../../model/cli/output.js';
import {timeSpan, wholeNumber} from '../../model/cli/quantity.js';
import {Refusal} from '../../model/cli/refusal.js';
import {printable} from '../../model/report/value.js';
import {type HostId, hostId} from '../../src/index.js';
import {Breakdown, OUTCOMES} from '../adapter/breakdown.js';
import {program} from '../adapter/program.js';
import {addressOf, socket} from '../adapter/socket.js';
import {haConfigOf, haSimulation} from '../interop/ha/simulation.js';
import {interop} from '../interop/interop.js';
import {type Assignment, seated} from '../interop/seats.js';
import {toldInterop} from '../interop/told.js';
import {EXIT} from './exit.js';
import {addSeed} from './options.js';
import {quoted} from './replay-command.js';
import {met, repairsFor} from './subject.js';

type Said = {
  readonly subject: readonly string[];
  readonly hosts: number;
  readonly vms: number;
  readonly runs: number;
  readonly moves: number;
  readonly seed: number;
  readonly choices: readonly number[] | null;
  readonly timeout: number;
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
    .addOption(
      new Option('--subject <host=command>', 'who plays a host: a command, tcp:HOST:PORT or unix:PATH; may come again')
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
    .addOption(new Option('--choices <list>', 'one run, with these choices: 3.0.12').argParser(choicesIn).default(null))
    .addOption(
      new Option('--timeout <seconds>', 'how long an answer may take').argParser(timeSpan('--timeout')).default(10),
    )
    .action(async (words: readonly string[], said: Said) => leave(await play(words, said, interruption)));
};

const play = async (words: readonly string[], said: Said, interruption: Interruption): Promise<number> => {
  const hosts = Array.from({length: said.hosts}, (_, index) => hostId(`h${index + 1}`));
  const vms = Array.from({length: said.vms}, (_, index) => `v${index + 1}`);
  const assignments = assigned(hosts, said.subject, words);
  interruption.grant();
  try {
    const cluster = await seated(
      assignments,
      'ha',
      command => met(opened(command, words), said.timeout),
      (host, introduction) => haConfigOf(hosts, vms, host, repairsFor(null, introduction)),
    );
    const {seats} = cluster;
    const simulation = haSimulation(hosts, vms);
    const extent = {runs: said.runs, length: said.moves, seed: said.seed, choices: said.choices};
    const found = await interop(simulation, seats, {...extent, signal: interruption.asked}).catch(
      async (thrown: unknown) => {
        await cluster.close();
        throw thrown;
      },
    );
    const ends = await cluster.close();
    const replay = (choices: readonly number[]): string => replayed(said, words, choices);
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
  return hosts.map(host => ({host, command: named.get(host) ?? REST}));
};

/** A command of an option is one text: the shell finds its words, and then gives way to it. */
const opened = (command: string, words: readonly string[]): ReturnType<typeof program> => {
  const address = addressOf(command);
  if (address !== null) return socket(address);
  return program(command === REST ? words : ['sh', '-c', `exec ${command}`]);
};

const choicesIn = (text: string): readonly number[] => {
  if (/^\d+(\.\d+)*$/.test(text)) return text.split('.').map(Number);
  throw new Refusal(`--choices is a list of numbers with dots between them, not "${text}"`);
};

const replayed = (said: Said, words: readonly string[], choices: readonly number[]): string => {
  const subjects = said.subject.flatMap(subject => ['--subject', subject]);
  const sizes = ['--hosts', String(said.hosts), '--vms', String(said.vms)];
  const rest = words.length === 0 ? [] : ['--', ...words];
  const command = ['holdfast', 'conform', 'interop', ...sizes, '--choices', choices.join('.'), ...subjects, ...rest];
  return command.map(quoted).join(' ');
};
