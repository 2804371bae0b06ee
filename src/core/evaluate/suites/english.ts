/** Simple questions in English: facts, words, grammar, reading, and small instructions. */
import type { PlainCheck } from '../check';
import { single, type Task } from '../task';

const mentions = (...anyOf: string[]): PlainCheck => ({ kind: 'mentions', anyOf });

const items: readonly (readonly [string, PlainCheck])[] = [
  ['What is the capital of France?', mentions('Paris')],
  ['Which planet is closest to the Sun?', mentions('Mercury')],
  [
    'What is the opposite of "ancient"?',
    mentions('modern', 'new', 'recent', 'contemporary', 'young'),
  ],
  ['What is the plural of "mouse", the animal?', mentions('mice')],
  ['What is the past tense of "to swim"?', mentions('swam')],
  ['How many legs does a spider have?', mentions('eight', '8')],
  ['Which ocean lies between Europe and North America?', mentions('Atlantic')],
  ['Complete the proverb: A stitch in time saves …', mentions('nine')],
  ['Who wrote the play "Romeo and Juliet"?', mentions('Shakespeare')],
  ['What gas do plants take in from the air to make sugar?', mentions('carbon dioxide', 'CO2')],
  [
    'The trophy did not fit into the suitcase because it was too big. What was too big?',
    { kind: 'mentions', anyOf: ['trophy'] },
  ],
  [
    'Anna gave Bruno the book because he had asked for it. Who had asked for the book?',
    { kind: 'mentions', anyOf: ['Bruno'] },
  ],
  [
    'Text: "The ferry leaves at eight, except on Sundays, when it leaves at ten." When does it leave on a Sunday?',
    mentions('ten', '10'),
  ],
  [
    'Text: "Maria has a red car. Her brother’s is blue, and her father’s is white." Whose car is blue?',
    mentions('brother', 'brothers', 'brother s'),
  ],
  [
    'Which word does not belong: apple, pear, carrot, plum?',
    { kind: 'mentions', anyOf: ['carrot'] },
  ],
  ['What do you call a person who bakes bread for a living?', mentions('baker')],
  ['Is "quickly" a noun, a verb or an adverb?', mentions('adverb')],
  ['Correct this sentence: "She don’t like tea."', mentions('doesn t', 'does not', 'doesnt')],
  ['Answer with one word: what colour do you get from blue and yellow?', mentions('green')],
  [
    'Name three fruits, in at most six words.',
    { kind: 'pin', check: { kind: 'max-words', count: 6 } },
  ],
  ['In which month is Christmas Day?', mentions('December')],
];

export function englishTasks(): readonly Task[] {
  return items.map(([text, check], index) => single(`english/${index + 1}`, { text, check }, 60));
}
