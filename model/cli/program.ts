import {Command, CommanderError} from 'commander';
import {VERSION} from '../engine/version.js';
import {EXIT_REFUSED} from './exit.js';
import type {Interruption} from './interruption.js';
import {oneLine} from './refusal.js';
import type {Word} from './word.js';

const program = (interruption: Interruption, others: readonly Word[]): Command => {
  const made = new Command('holdfast')
    .description('Explores the storage partition fallback protocol, and models of your own.')
    .version(VERSION)
    .exitOverride()
    .configureOutput({outputError: () => {}})
    .helpOption('-h, --help', 'show this text')
    .helpCommand(false)
    .enablePositionalOptions();
  type Run = (words: readonly string[], interruption: Interruption) => Promise<number>;
  /** What stands behind the name is read once the model is known. */
  const add = (name: string, about: string, load: () => Promise<Run>, argument = '[model | file]'): void => {
    made
      .command(name)
      .description(about)
      .helpOption(false)
      .argument(argument)
      .allowUnknownOption()
      .allowExcessArguments()
      .passThroughOptions()
      .action(async (_model, _options, {args}: Command) => {
        const run = await load();
        process.exitCode = await run(args, interruption);
      });
  };
  add('check', 'explore every reachable state of a model', async () => (await import('./check.js')).check);
  add('audit', 'prove the reductions of a model at a small size', async () => (await import('./audit.js')).audit);
  add('findings', 'say which hazards of the protocol are real', async () => (await import('./findings.js')).findings);
  add('mutants', 'say which property notices which fault', async () => (await import('./mutants.js')).mutants);
  for (const {name, about, load} of others) add(name, about, load, '[command]');
  return made;
};

/** Commander has printed what there is to print: the help, or the version. */
const isSaid = (thrown: unknown): thrown is CommanderError =>
  thrown instanceof CommanderError && (thrown.exitCode === 0 || thrown.code === 'commander.help');

/** One line for whoever used it; where it came from for whoever debugs it. */
const refuse = (thrown: unknown): void => {
  process.exitCode = EXIT_REFUSED;
  const {cause, stack} = thrown instanceof Error ? thrown : new Error(String(thrown));
  const detail = process.env['HOLDFAST_DEBUG'] === undefined ? '' : `${cause ?? stack}\n`;
  process.stderr.write(`holdfast: ${oneLine(thrown).replace(/^error: /, '')}\n${detail}`);
};

/** Runs the command line and leaves the exit code with the process. Never rejects. */
export const run = async (
  words: readonly string[],
  interruption: Interruption,
  others: readonly Word[],
): Promise<void> => {
  // Whoever reads the report may have seen enough of it, as `head` has; the exit code still tells the verdict.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') refuse(error);
  });
  // Where nobody hears complaints, there is nobody to complain to.
  process.stderr.on('error', () => {});
  const [first, ...rest] = words;
  try {
    const asked = first === 'help' ? [...rest, '--help'] : words;
    await program(interruption, others).parseAsync(asked, {from: 'user'});
  } catch (thrown) {
    if (!isSaid(thrown)) refuse(thrown);
    else process.exitCode = thrown.exitCode === 0 ? 0 : EXIT_REFUSED;
  }
};
