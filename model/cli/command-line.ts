// The command line of `holdfast check`: the flags that every model takes, and those of one model.

import {Command, CommanderError, Option} from 'commander';
import type {Description, OptionDescription, Texts} from './exchange.js';
import {flagOf, placeholderOf, rangeOf} from './flag.js';
import {addGeneral, addLimits, GENERAL_FLAGS, type General, generalOf, limitsOf} from './general.js';
import {hint} from './nearest.js';
import {oneLine, Refusal} from './refusal.js';

/** What was said that any model takes. `model` is null when none was named. */
export type Said = General & {readonly model: string | null};

const HELP = ['-h', '--help'];
const FLAGS = [...HELP, ...GENERAL_FLAGS];

const command = (name: string, usage: string, about: string): Command =>
  new Command(name)
    .usage(usage)
    .description(about)
    .exitOverride()
    .configureOutput({outputError: () => {}});

/** A word that begins a command line about a model, and the flags that go with it whatever the model is. */
export type Verb = {readonly name: 'check' | 'audit'; readonly add: (made: Command) => Command};

export const CHECK: Verb = {name: 'check', add: addGeneral};
export const AUDIT: Verb = {name: 'audit', add: addLimits};

const withGeneral = (made: Command, {add} = CHECK): Command => add(made).helpOption('-h, --help', 'show this text');

/** Null when the help was asked for, and printed. Refuses with what commander has to say, on one line. */
export const attempt = <T>(parse: () => T): T | null => {
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
  return {model, ...generalOf(made)};
};

/**
 * What is said to an audit, whatever the model; `model` is null when none was named. Null when the help was asked
 * for, and printed.
 */
export const auditOf = (
  words: readonly string[],
): ({readonly model: string | null} & ReturnType<typeof limitsOf>) | null => {
  const about = 'Proves that the reductions of a model change no verdict, at a size where all states can be searched.';
  const made = withGeneral(command('holdfast audit', '<model | file> [options]', about), AUDIT);
  const model = attempt(() => made.parseOptions([...words]).operands[0]) ?? null;
  if (model === null && attempt(() => made.parse(words, {from: 'user'})) === null) return null;
  return {model, ...limitsOf(made)};
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
  const why = ({key}: OptionDescription, at: number): string | null =>
    !/^[a-z][A-Za-z0-9]*(-[a-z0-9]+)*$/.test(key)
      ? 'cannot be a flag; call it as lostReplies or lost-replies'
      : FLAGS.includes(flagOf(key))
        ? `would be ${flagOf(key)}, which every model has`
        : options.findIndex(each => flagOf(each.key) === flagOf(key)) < at
          ? `would be ${flagOf(key)}, which it has already`
          : null;
  for (const [at, option] of options.entries()) {
    const reason = why(option, at);
    if (reason !== null) throw new Refusal(`the model ${name} is broken: its option "${option.key}" ${reason}`);
  }
};

/** What was said for each option of a model, unread. Null when the help was asked for, and printed. */
export const textsOf = (words: readonly string[], description: Description, verb = CHECK): Texts | null => {
  refuseOptions(description);
  const {name, summary, options} = description;
  for (const word of words) {
    const flag = options.find(({key, kind}) => kind === 'flag' && word.startsWith(`${flagOf(key)}=`));
    if (flag !== undefined)
      throw new Refusal(`${flagOf(flag.key)} takes no value: it is said or not, so not "${word}"`);
  }
  const made = command(`holdfast ${verb.name} ${name}`, '[options]', summary)
    .argument('<model>')
    .allowExcessArguments();
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
  if (attempt(() => withGeneral(made, verb).parse(words, {from: 'user'})) === null) return null;
  const [, stranger] = made.args;
  if (stranger === undefined) return texts;
  throw new Refusal(`"${stranger}" is one word too many: there is one model, and a flag takes no value`);
};
