// `holdfast conform <command>`: the commands, and the one place where their failures become exit codes.

import {Command, CommanderError} from 'commander';
import type {Interruption} from '../../model/cli/interruption.js';
import {oneLine, Refusal} from '../../model/cli/refusal.js';
import {addCoverage} from './coverage.js';
import {addDoctor} from './doctor.js';
import {EXIT} from './exit.js';
import {addExplain} from './explain.js';
import {addInit} from './init.js';
import {addInterop} from './interop.js';
import {addMutants} from './mutants.js';
import {addReplay} from './replay.js';
import {addTest} from './test.js';
import {addValidate} from './validate.js';
import {addVectors} from './vectors.js';
import {addVerify} from './verify.js';

/** Adds a command to `holdfast conform`; `leave` takes the exit code. */
export type Add = (made: Command, leave: (code: number) => void, interruption: Interruption) => void;

const COMMANDS: readonly Add[] = [
  addTest,
  addDoctor,
  addReplay,
  addInterop,
  addExplain,
  addMutants,
  addVerify,
  addValidate,
  addCoverage,
  addVectors,
  addInit,
];

const program = (leave: (code: number) => void, interruption: Interruption): Command => {
  const made = new Command('holdfast conform')
    .usage('<command> [options] [-- subject...]')
    .description(
      'Tries an implementation by the specification itself. The subject is a program that speaks holdfast/1.',
    )
    .helpOption('-h, --help', 'show this text')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({outputError: () => {}});
  for (const add of COMMANDS) add(made, leave, interruption);
  for (const each of made.commands)
    each
      .exitOverride()
      .configureOutput({outputError: () => {}})
      .helpOption('-h, --help', 'show this text');
  return made;
};

const complain = (thrown: unknown): void => {
  const {stack} = thrown instanceof Error ? thrown : new Error(String(thrown));
  process.stderr.write(`holdfast: a fault of holdfast itself: ${oneLine(thrown)}\n${stack}\n`);
};

const interrupted = (): number => {
  process.stderr.write('holdfast: interrupted\n');
  return EXIT.inconclusive;
};

/** How long a fault of our own may leave a subject or a file open before all of it ends. */
const GRACE_MS = 5000;

/** Answers the exit code. Refuses bad usage. */
export const conform = async (words: readonly string[], interruption: Interruption): Promise<number> => {
  let code: number = EXIT.pass;
  // What nobody waits for may go wrong too: subjects that run are ended with this process.
  for (const event of ['uncaughtException', 'unhandledRejection']) {
    process.once(event, (thrown: unknown) => {
      complain(thrown);
      process.exit(EXIT.fault);
    });
  }
  // A command that does not heed it, or not in time, is ended; and with this process its subjects.
  interruption.insisted.addEventListener('abort', () => process.exit(interrupted()), {once: true});
  try {
    await program(left => {
      code = left;
    }, interruption).parseAsync([...words], {from: 'user'});
    return code;
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown;
    if (interruption.asked.aborted && thrown === interruption.asked.reason) return interrupted();
    if (thrown instanceof CommanderError && (thrown.exitCode === 0 || thrown.code === 'commander.help')) {
      return thrown.exitCode === 0 ? EXIT.pass : EXIT.usage;
    }
    if (thrown instanceof CommanderError) throw new Refusal(oneLine(thrown.message.replace(/^error: /, '')));
    complain(thrown);
    setTimeout(() => process.exit(EXIT.fault), GRACE_MS).unref();
    return EXIT.fault;
  }
};
