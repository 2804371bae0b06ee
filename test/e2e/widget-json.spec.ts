// JSON mode of the widget's API: the real CPU engine on another origin, restricted to an object.
import { JsonText } from '../../workers/engines/json-text.ts';
import { openBrowser, Site } from './site.ts';
import { expect, test } from './test.ts';
import { asks, complete, openApiPage, type SiteAnswer, WidgetFrame } from './widget-page.ts';

const json = { response_format: { type: 'json_object' }, temperature: 0 };
const wildly = { temperature: 1.5, seed: 7 };
const poem = 'Write a poem.';

function textOf(answer: SiteAnswer): string {
  if (!('text' in answer)) throw new Error(answer.code);
  return answer.text;
}

test('answers in JSON and by a schema, and reports truncated answers and unsupported schemas', async ({
  baseURL,
}) => {
  const site = await Site.start('127.0.0.1');
  const browser = await openBrowser({ letsIn: false });
  const page = await openApiPage(await browser.context.newPage(), site, baseURL ?? '');
  const paris = asks('Describe the city of Paris as JSON with the fields "name" and "country".');
  const asked = complete(page, { ...paris, ...json, max_tokens: 200 });
  await new WidgetFrame(page, 'corral-chat-api-1').allows();
  const answer = await asked;
  expect(answer).toMatchObject({ finish: 'stop' });
  const { name } = JSON.parse(textOf(answer)) as { name?: unknown };
  expect(name).toMatch(/Paris/i);

  // Unrestricted, the model would begin with words or a fence.
  const plain = await complete(page, { ...asks(poem), temperature: 0, max_tokens: 2 });
  expect(textOf(plain)).not.toMatch(/^\s*\{/);
  // Any output, however random, is an object, or the beginning of one that was cut.
  const wild = await complete(page, { ...asks(poem), ...json, ...wildly, max_tokens: 24 });
  const short = await complete(page, { ...paris, ...json, max_tokens: 3 });
  expect(short).toMatchObject({ finish: 'length' });
  for (const one of [wild, short]) {
    const read = new JsonText();
    read.add(new TextEncoder().encode(textOf(one)));
    expect(one).toMatchObject({ finish: read.isWhole ? 'stop' : 'length' });
    expect(textOf(one)).toMatch(/^\s*\{/);
  }

  // From the likeliest token alone, no temperature makes another answer.
  const [greedy, narrow] = [
    await complete(page, { ...paris, temperature: 0, max_tokens: 8 }),
    await complete(page, { ...paris, ...wildly, top_k: 1, max_tokens: 8 }),
  ];
  expect(textOf(narrow)).toBe(textOf(greedy));
  for (const wish of [{ top_k: -1 }, { min_p: 2 }, { presence_penalty: 3 }]) {
    expect(await complete(page, { ...paris, ...wish })).toEqual({ code: 'completion-invalid' });
  }

  const inSchema = (schema: object) => ({
    response_format: { type: 'json_schema', json_schema: { name: 'city', schema } },
  });
  const city = {
    type: 'object',
    properties: {
      name: { type: 'string' },
      continent: { enum: ['Europe', 'Asia', 'Africa'] },
      isCapital: { type: 'boolean' },
      nearby: { type: 'array', items: { type: 'string' }, maxItems: 2 },
    },
    required: ['name', 'continent', 'isCapital', 'nearby'],
    additionalProperties: false,
  };
  const held = await complete(page, {
    ...paris,
    ...inSchema(city),
    temperature: 0,
    max_tokens: 120,
  });
  expect(held).toMatchObject({ finish: 'stop' });
  const written = JSON.parse(textOf(held)) as { nearby: unknown[] };
  expect(written).toEqual({
    name: expect.stringMatching(/Paris/),
    continent: expect.stringMatching(/^(Europe|Asia|Africa)$/),
    isCapital: expect.any(Boolean),
    nearby: expect.any(Array),
  });
  expect(written.nearby.length).toBeLessThanOrEqual(2);

  const pattern = { ...city, properties: { name: { type: 'string', pattern: '^(a+)+$' } } };
  for (const schema of [{}, pattern]) {
    expect(await complete(page, { ...paris, ...inSchema(schema) })).toEqual({
      code: 'schema-unsupported',
    });
  }
  await browser.close();
  await site.stop();
});
