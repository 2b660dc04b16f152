// The command line of `holdfast check`: the flags that every model takes, and those of one model.

import {Command, CommanderError, Option} from 'commander';
import type {Bounds, Description, OptionDescription, Texts, Walks} from './exchange.js';
import {flagOf, placeholderOf, rangeOf} from './flag.js';
import {hint} from './nearest.js';
import {memorySize, timeSpan, wholeNumber} from './quantity.js';
import {oneLine, Refusal} from './refusal.js';

/** What was said that any model takes. `model` is null when none was named. */
export type Said = {readonly model: string | null; readonly json: boolean; readonly bounds: Bounds};

const OF_WALKS: readonly Option[] = [
  new Option('--seed <n>', 'simulate: where chance comes from').argParser(wholeNumber('--seed', undefined, 0)),
  new Option('--runs <n>', 'simulate: walks (1000, unless there are --seconds)').argParser(wholeNumber('--runs')),
  new Option('--steps <n>', 'simulate: steps of a walk (100)').argParser(wholeNumber('--steps')),
  new Option('--seconds <s>', 'simulate: time for all walks').argParser(timeSpan('--seconds')),
];

const general = (): readonly Option[] => [
  new Option('--json', 'one JSON document on standard output and nothing else'),
  new Option('--depth <n>', 'stop when this many levels are explored').argParser(wholeNumber('--depth')),
  new Option('--states <n>', 'stop when more distinct states than this are found').argParser(wholeNumber('--states')),
  new Option('--workers <n>', 'threads that search').argParser(wholeNumber('--workers', 64)),
  new Option('--memory <size>', 'stop before more memory is held, as 512m or 4g').argParser(memorySize('--memory')),
  new Option('--simulate', 'walk at random instead of searching everything; never says that a model holds'),
  ...OF_WALKS,
];

const HELP = ['-h', '--help'];
const FLAGS = [...HELP, ...general().map(({long}) => long ?? '')];

const command = (name: string, usage: string, about: string): Command =>
  new Command(name)
    .usage(usage)
    .description(about)
    .exitOverride()
    .configureOutput({outputError: () => {}});

const withGeneral = (made: Command): Command => {
  made.optionsGroup('Options of every model:');
  for (const option of general()) made.addOption(option);
  return made.helpOption('-h, --help', 'show this text');
};

/** Null when the help was asked for, and printed. Refuses with what commander has to say, on one line. */
const attempt = <T>(parse: () => T): T | null => {
  try {
    return parse();
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return null;
    throw new Refusal(oneLine(thrown.message.replace(/^error: /, '')));
  }
};

/** What is said to every model, read before the options of the one that is named are known. */
export const saidOf = (words: readonly string[]): Said => {
  const made = withGeneral(command('', '', ''));
  const model = attempt(() => made.parseOptions([...words]).operands[0]) ?? null;
  const {json = false, depth = null, states = null, memory = null, workers = 1} = made.opts();
  return {model, json, bounds: {depth, states, memoryBytes: memory, workers, walks: walksOf(made)}};
};

/** What was said of a simulation, null where there is none. Refuses what only the other kind of exploration could take. */
const walksOf = (made: Command): Walks | null => {
  const {simulate = false, seed = null, runs = null, steps = null, seconds = null} = made.opts();
  const said = (long: string): boolean => made.getOptionValueSource(long.slice(2)) === 'cli';
  const stranger = (simulate ? ['--depth', '--workers'] : OF_WALKS.map(({long}) => long ?? '')).find(said);
  if (stranger !== undefined) throw new Refusal(`${stranger} does not go ${simulate ? 'with' : 'without'} --simulate`);
  return simulate ? {seed, runs, steps, seconds} : null;
};

/** Refuses whatever only a model could take. False when the help was asked for, and printed; `listing` ends it. */
export const goesWithoutModel = (words: readonly string[], listing: string): boolean => {
  const about = 'Explores every reachable state of a model; without a model, of every built-in one.';
  const made = withGeneral(command('holdfast check', '[model | file] [options]', about)).addHelpText('after', listing);
  const stranger = made.parseOptions([...words]).unknown.find(word => word.startsWith('-') && !HELP.includes(word));
  if (stranger !== undefined) {
    const meant = hint(stranger, FLAGS) || '; options of a model come after its name';
    throw new Refusal(`unknown option '${stranger}'${meant}`);
  }
  return attempt(() => made.parse(words, {from: 'user'})) !== null;
};

const optionOf = (described: OptionDescription): Option =>
  new Option(`${flagOf(described.key)}${placeholderOf(described)}`, `${described.about} (${rangeOf(described)})`);

/** Refuses a model whose options cannot be flags. */
const refuseOptions = ({name, options}: Description): void => {
  const why = ({key}: OptionDescription): string | null =>
    !/^[a-z][A-Za-z0-9]*(-[a-z0-9]+)*$/.test(key)
      ? 'cannot be a flag; call it as lostReplies or lost-replies'
      : FLAGS.includes(flagOf(key))
        ? `would be ${flagOf(key)}, which every model has`
        : null;
  for (const option of options) {
    const reason = why(option);
    if (reason !== null) throw new Refusal(`the model ${name} is broken: its option "${option.key}" ${reason}`);
  }
};

/** What was said for each option of a model, unread. Null when the help was asked for, and printed. */
export const textsOf = (words: readonly string[], description: Description): Texts | null => {
  refuseOptions(description);
  const {name, summary, options} = description;
  const made = command(`holdfast check ${name}`, '[options]', summary).argument('<model>');
  const texts: Record<string, string> = {};
  made.optionsGroup(`Options of ${name}:`);
  for (const described of options) {
    const {key, kind} = described;
    const option = optionOf(described);
    // Listened to rather than read from commander's values: it takes `--no-loss` for the opposite of `--loss`.
    made.addOption(option).on(`option:${option.name()}`, (text: string | null) => {
      texts[key] = kind === 'list' && texts[key] !== undefined ? `${texts[key]},${text}` : (text ?? 'true');
    });
  }
  return attempt(() => withGeneral(made).parse(words, {from: 'user'})) === null ? null : texts;
};
