import test from 'ava';
import {check, ModelError, next} from '../../../model/index.js';
import {sample} from './sample.js';

const {stringify} = JSON;
const {sort} = Array.prototype;

test.afterEach.always(() => {
  JSON.stringify = stringify;
  Array.prototype.sort = sort;
});

/** Counts to 3, which it claims not to, and calls this on the way. */
const counter = (meanwhile: (n: number) => void) =>
  sample(m => {
    const n = m.slot('n', 0);
    m.action('Up', read => {
      meanwhile(read(n));
      return read(n) < 3 ? [next(n.set(read(n) + 1))] : [];
    });
    m.invariant('Small', read => read(n) < 3);
    m.allowDeadlock();
  });

const lie = () => {
  JSON.stringify = (value: unknown) => (value === 3 ? '0' : stringify(value));
};

test.serial('a model that replaces what the explorer relies on is refused, whenever it does', async t => {
  await t.throwsAsync(check(counter(n => (n === 2 ? lie() : undefined))), {
    instanceOf: ModelError,
    message: /it has replaced JSON\.stringify, on which the explorer relies/,
  });
});

test.serial('a model that replaces it while it is built is refused before anything is explored', async t => {
  const model = sample(m => {
    m.slot('n', 0);
    Array.prototype.sort = function same() {
      return this;
    };
  });
  await t.throwsAsync(check(model), {instanceOf: ModelError, message: /it has replaced Array\.prototype\.sort/});
});

test.serial('a model that tells JSON another text for lists, or for objects, is refused', async t => {
  for (const owner of [Array.prototype, Object.prototype]) {
    const lieOf = () => Object.defineProperty(owner, 'toJSON', {value: () => 0, configurable: true});
    try {
      await t.throwsAsync(check(counter(n => (n === 2 ? lieOf() : undefined))), {
        instanceOf: ModelError,
        message: /it has added toJSON to all values/,
      });
    } finally {
      Reflect.deleteProperty(owner, 'toJSON');
    }
  }
});

test.serial('a model that adds to it is its own business', async t => {
  const add = () => {
    Object.defineProperty(Array.prototype, 'second', {value: () => 2, configurable: true});
  };
  try {
    const result = await check(counter(add));
    t.is(result.violation?.property, 'Small');
  } finally {
    Reflect.deleteProperty(Array.prototype, 'second');
  }
});

test.serial('a model that hides what typed arrays inherit is refused', async t => {
  const hide = () => {
    Object.defineProperty(Int32Array.prototype, 'fill', {
      value() {
        return this;
      },
      configurable: true,
    });
  };
  try {
    await t.throwsAsync(check(counter(n => (n === 2 ? hide() : undefined))), {
      instanceOf: ModelError,
      message: /it has replaced Int32Array\.prototype\.fill/,
    });
  } finally {
    Reflect.deleteProperty(Int32Array.prototype, 'fill');
  }
});
