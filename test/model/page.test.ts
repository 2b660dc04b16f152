import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import type {BrowserContextOptions} from 'playwright-core';
import {twoPhaseCommit} from '../../model/examples/two-phase-commit.js';
import {check} from '../../model/index.js';
import {pageOf} from '../../model/report/html/page.js';
import {printable} from '../../model/report/value.js';
import {browse, browserPath, type Opened} from './browser.js';
import {played} from './post.js';
import {told} from './telling.js';

const DESK = {viewport: {width: 1100, height: 800}};
const PHONE = {viewport: {width: 360, height: 740}, isMobile: true, hasTouch: true, deviceScaleFactor: 2};

type Look = (t: ExecutionContext, opened: Opened, index: number) => Promise<void>;
type Shown = {readonly html: string; readonly as: BrowserContextOptions};

/** A test in the browser, or one that says that there is none. */
const inBrowser = (title: string, pages: () => Promise<readonly Shown[]> | readonly Shown[], look: Look): void => {
  test(title, async t => {
    if (browserPath === undefined) {
      t.log('not looked at: there is no chromium here');
      t.pass();
      return;
    }
    await browse(browserPath, await pages(), (opened, index) => look(t, opened, index));
  });
};

const counterexample = async (): Promise<string> => {
  const {result, violation} = await played('multiset', [
    'Tell',
    'Tell',
    'Hear',
    'Lose',
    'Tell',
    'Forget',
    'Tell',
    'Wait',
  ]);
  return pageOf({...result, violation}, 'post --loudly', '1.2.3');
};
const holding = async (): Promise<string> => pageOf(await check(twoPhaseCommit), 'two-phase-commit', '1.2.3');

/** How well a text can be told from its ground, from 1 to 21, as WCAG 2 defines it; 4.5 is wanted of small text. */
const CONTRAST = `(() => {
  const channels = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(each => each / 255);
  const light = each => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
  const luminance = colour => {
    const [red, green, blue] = channels(colour).map(light);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = element => {
    const {backgroundColor} = getComputedStyle(element);
    return backgroundColor.startsWith('rgba(0, 0, 0, 0') ? ground(element.parentElement) : backgroundColor;
  };
  const texts = [...document.body.querySelectorAll(':not(title)')].filter(element =>
    [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim() !== ''),
  );
  return texts.map(element => {
    const style = getComputedStyle(element);
    const colour = element.namespaceURI.endsWith('svg') ? style.fill : style.color;
    const [one, other] = [luminance(colour), luminance(ground(element))].sort((a, b) => b - a);
    return {text: element.textContent.slice(0, 30), ratio: (one + 0.05) / (other + 0.05)};
  });
})()`;

/** The texts of diagrams that stand out of their picture. */
const CLIPPED = `[...document.querySelectorAll('svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const {left, right, top, bottom} = text.getBoundingClientRect();
    return left < frame.left || right > frame.right || top < frame.top || bottom > frame.bottom;
  }).map(text => text.textContent);
})`;

for (const colorScheme of ['light', 'dark'] as const) {
  inBrowser(
    `the page is readable in ${colorScheme}, and asks for nothing`,
    async () => [await counterexample(), await holding()].map(html => ({html, as: {...DESK, colorScheme}})),
    async (t, {page, complaints}) => {
      const texts = (await page.evaluate(CONTRAST)) as readonly {readonly text: string; readonly ratio: number}[];
      t.true(texts.length > 20);
      t.deepEqual(
        texts.filter(({ratio}) => ratio < 4.5),
        [],
      );
      const ground = (await page.evaluate('getComputedStyle(document.body).backgroundColor')) as string;
      t.is(/\d+/.exec(ground)?.[0] === '255', colorScheme === 'light');
      t.deepEqual(await page.evaluate(CLIPPED), []);
      t.deepEqual(complaints, []);
    },
  );
}

inBrowser(
  'on a phone nothing but diagrams and tables is wider than the screen',
  async () => [await counterexample(), await holding()].map(html => ({html, as: PHONE})),
  async (t, {page}) => {
    t.is(await page.evaluate('document.documentElement.scrollWidth'), PHONE.viewport.width);
  },
);

inBrowser(
  'a step of the diagram leads to the step of the list, whose whole state opens',
  async () => [{html: await counterexample(), as: DESK}],
  async (t, {page}) => {
    t.is(await page.locator('.step').count(), 9);
    await page.locator('svg a').nth(7).locator('.name').click();
    t.true(page.url().endsWith('#step-8'));
    const step = page.locator('#step-8');
    t.true(await page.evaluate("document.querySelector('#step-8').getBoundingClientRect().top < innerHeight"));
    const state = step.locator('details table');
    t.false(await state.isVisible());
    await step.locator('summary').click();
    t.true(await state.isVisible());
    t.regex(await state.innerText(), /^done\s+8\n/);
    t.deepEqual(await state.locator('tr.changed').allInnerTexts(), ['done\t8']);
  },
);

inBrowser(
  'the page tells the verdict, the counts, how often what happened and what never did',
  async () => [{html: await counterexample(), as: DESK}],
  async (t, {page}) => {
    const text = await page.locator('body').innerText();
    for (const said of [
      'violated: Unfinished',
      'holdfast check post --loudly',
      'After 8 steps Unfinished is false. No shorter way leads there.',
      'Hear twice',
      'Never fired, of 6 actions: Hear twice.',
      'holdfast 1.2.3',
    ])
      t.true(text.includes(said), said);
    t.regex(text, /distinct states\s+9\s/);
    t.is(await page.locator('svg path.lost').count(), 1);
    t.is(await page.locator('svg path.received').count(), 1);
    t.is(await page.locator('svg path.dropped').count(), 1);
    t.is(await page.locator('svg path.underWay').count(), 1);
  },
);

/** Every tag that the page is made of, and the attributes that it may have there. */
const TAG =
  /^<(?:!doctype html|\/?[a-z][a-z0-9]*(?: (?:class|id|style|href|content|http-equiv|name|charset|lang|open|tabindex|role|aria-label|text-anchor|orient|viewBox|marker-end|d|r|rx|[cxy][12xy]?|refX|refY|width|height|markerWidth|markerHeight)(?:="[^"<>]*")?)*\/?)>$/;

test('whatever a model calls its parts, the page is made of its own tags and attributes only', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(told, ({result}) => {
        const [head = '', body = ''] = pageOf(result, result.model, '').split(/<style>[^<]*<\/style>/);
        for (const tag of `${head}${body}`
          .replace(/[^<>]*(<[^>]*>)[^<>]*/g, '$1\n')
          .trim()
          .split('\n')) {
          if (!TAG.test(tag)) throw new Error(`not one of its own: ${tag}`);
        }
      }),
      {numRuns: 300},
    ),
  );
});

inBrowser(
  'whatever a model calls its parts, the page shows it as text and does nothing of it',
  () => {
    const samples = fc.sample(told, {numRuns: 12, seed: 1});
    return samples.map(({result}) => ({html: pageOf(result, result.model, ''), as: DESK}));
  },
  async (t, {page, complaints}, index) => {
    const {result, violation} = fc.sample(told, {numRuns: 12, seed: 1})[index] ?? t.fail();
    t.deepEqual(complaints, []);
    t.is(await page.locator('script, img, [onclick], [onerror], style ~ style').count(), 0);
    const text = (await page.evaluate('document.body.textContent')) as string;
    for (const name of [result.model, violation.property, ...Object.keys(result.options)]) {
      t.true(text.includes(printable(name)), name);
    }
    t.is(await page.locator('.step').count(), 4);
  },
);
