/** Word problems of two to four steps, each with one number as its answer. */
import { mathsPrompt } from '../gsm8k';
import { single, type Task } from '../task';

const problems: readonly (readonly [string, number])[] = [
  ['A llama eats 3 kg of hay a day. How many kilograms does it eat in two weeks?', 42],
  [
    'Rosa picks 24 apples and gives a third of them to her brother. Then she picks 5 more. How many does she have?',
    21,
  ],
  [
    'A bus has 40 seats. At the first stop 17 people get on, at the second 9 more, and 4 get off. How many seats are free?',
    18,
  ],
  ['Six pens cost 9 euros. How many euros do ten of these pens cost?', 15],
  ['A baker makes 12 trays of 15 rolls. He sells 150 rolls. How many rolls are left?', 30],
  [
    'Dario walks 4 km to work and 4 km back, five days a week. How many kilometres is that in three weeks?',
    120,
  ],
  [
    'A jacket costs 80 dollars. It is reduced by 25 percent, and then by another 10 dollars. What does it cost now, in dollars?',
    50,
  ],
  [
    'A tank holds 600 litres and is a quarter full. A tap fills 30 litres a minute. After how many minutes is it full?',
    15,
  ],
  [
    'Nina reads 35 pages on Monday, twice as many on Tuesday, and 15 on Wednesday. How many pages is that?',
    120,
  ],
  ['A farmer has chickens and cows: 11 animals with 32 legs. How many of them are cows?', 5],
  [
    'Tickets cost 12 euros for adults and 7 for children. What do three adults and four children pay together, in euros?',
    64,
  ],
  [
    'A train leaves at 9:40 and arrives at 12:05. It stands still for 20 minutes on the way. How many minutes does it move?',
    125,
  ],
  [
    'A rectangle is 8 cm long and has a perimeter of 26 cm. What is its area in square centimetres?',
    40,
  ],
  [
    'Hugo is three times as old as his sister. In four years he will be 22. How old is his sister now?',
    6,
  ],
  [
    'A class of 28 is split into groups of 4. Each group needs 3 sheets of paper. How many sheets are needed?',
    21,
  ],
  [
    'Milk costs 1.20 euros a litre. Elena buys 5 litres and pays with a 10 euro note. How many euros does she get back?',
    4,
  ],
  [
    'A pump empties half of a 90 litre barrel in 15 minutes. How many litres does it pump in an hour?',
    180,
  ],
  [
    'There are 45 sweets for 6 children. Each gets the same number, as many as possible. How many sweets are left over?',
    3,
  ],
  [
    'A worker earns 18 dollars an hour, and half as much again for each hour beyond 40 a week. What does she earn in a week of 44 hours, in dollars?',
    828,
  ],
  [
    'A candle is 20 cm tall and burns down 1.5 cm an hour. How tall is it after 6 hours, in centimetres?',
    11,
  ],
  ['Two numbers add up to 50, and one is 12 larger than the other. What is the larger one?', 31],
];

const maxAnswerTokens = 300;

export function mathsTasks(): readonly Task[] {
  return problems.map(([question, value], index) =>
    single(
      `maths/${index + 1}`,
      { text: mathsPrompt(question), check: { kind: 'number', value } },
      maxAnswerTokens,
    ),
  );
}
