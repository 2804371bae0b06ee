// Sample chats that show what answers can contain; they are not shown as a model's work.

const modelId = 'sample';

const answer = `Anything that Markdown has, **typeset as it is written**:

| what | how |
| --- | --- |
| tables | as this one |
| colours | in code, when its language is known |

- [x] lists with ticks
- [ ] and without

\`\`\`python
def herd(llamas: list[str]) -> str:
    return ", ".join(sorted(llamas))
\`\`\`

and mathematics, such as $e^{i\\pi} + 1 = 0$, or

$$\\int_0^1 x^2\\,dx = \\frac{1}{3}$$`;

const others = [
  'Why do llamas hum?',
  'A packing list for the Andes',
  'Che cosa mangia un lama?',
  'Name a wool that is softer than cashmere',
];

/**
 * An export file in the format of docs/conversation-format.md.
 * @param {number} nowMs
 */
export function sampleChats(nowMs) {
  const dayMs = 86_400_000;
  const conversations = [
    conversation('sample-0', ['What can you write?', answer], nowMs),
    ...others.map((question, index) =>
      conversation(`sample-${index + 1}`, [question, '…'], nowMs - (index + 1) * 2 * dayMs),
    ),
  ];
  return JSON.stringify({ format: 'corral-conversations', version: 1, notices: [], conversations });
}

/**
 * @param {string} id
 * @param {readonly string[]} texts Question and answer in turn.
 * @param {number} atMs
 */
function conversation(id, texts, atMs) {
  const turns = texts.map((text, index) => ({
    id: `${id}-${index}`,
    parentId: index === 0 ? null : `${id}-${index - 1}`,
    text,
    atMs: atMs + index * 1000,
    ...(index % 2 === 0
      ? { role: 'user' }
      : { role: 'assistant', modelId, modelName: 'A sample, by no model', state: 'done' }),
  }));
  const leafId = turns.at(-1)?.id ?? null;
  return { schema: 2, id, createdMs: atMs, turns, leafId, settings: { pinned: '' } };
}
