/** Small functions in JavaScript, from beginner's exercises to a job interview's. */
import type { CodeCall, Json } from '../javascript-task';
import { single, type Task } from '../task';

interface Problem {
  readonly name: string;
  readonly params: string;
  readonly does: string;
  readonly calls: readonly CodeCall[];
}

const call = (args: readonly Json[], result: Json): CodeCall => ({ args, result });
const problem = (
  signature: string,
  does: string,
  ...calls: readonly (readonly [readonly Json[], Json])[]
): Problem => {
  const [, name = '', params = ''] = /^(\w+)\((.*)\)$/.exec(signature) ?? [];
  return { name, params, does, calls: calls.map(([args, result]) => call(args, result)) };
};

const problems: readonly Problem[] = [
  problem(
    'add(a, b)',
    'returns the sum of two numbers',
    [[2, 3], 5],
    [[-4, 4], 0],
    [[0.5, 0.25], 0.75],
  ),
  problem(
    'isEven(n)',
    'returns true if the integer n is even, and false otherwise',
    [[4], true],
    [[7], false],
    [[0], true],
    [[-3], false],
  ),
  problem(
    'largest(list)',
    'returns the largest number of an array, or null if it is empty',
    [[[3, 9, 2]], 9],
    [[[-5, -2]], -2],
    [[[]], null],
  ),
  problem('reversed(text)', 'returns the text backwards', [['llama'], 'amall'], [[''], '']),
  problem(
    'countVowels(text)',
    'returns how many of the letters a, e, i, o, u are in the text, in either case',
    [['Corral'], 2],
    [['AEIOU xyz'], 5],
    [[''], 0],
  ),
  problem(
    'isPalindrome(text)',
    'returns true if the text reads the same backwards, taking no notice of case and of anything but letters and digits',
    [['Anna'], true],
    [['I topi non avevano nipoti'], true],
    [['llama'], false],
    [[''], true],
  ),
  problem(
    'factorial(n)',
    'returns n! for a whole number n from 0 to 15',
    [[0], 1],
    [[5], 120],
    [[10], 3628800],
  ),
  problem(
    'fibonacci(n)',
    'returns the nth Fibonacci number, where fibonacci(0) is 0 and fibonacci(1) is 1',
    [[0], 0],
    [[1], 1],
    [[10], 55],
    [[40], 102334155],
  ),
  problem(
    'unique(list)',
    'returns the values of an array without repetitions, in the order of their first appearance',
    [[[3, 1, 3, 2, 1]], [3, 1, 2]],
    [[['a', 'a']], ['a']],
    [[[]], []],
  ),
  problem(
    'median(list)',
    'returns the median of a non-empty array of numbers; of an even number of them, the mean of the middle two',
    [[[5, 1, 3]], 3],
    [[[4, 1, 3, 2]], 2.5],
    [[[10, 9, 100]], 10],
  ),
  problem(
    'wordCounts(text)',
    'returns an object that says for each word, in lower case, how often it is in the text; words are separated by spaces',
    [['the cat and The dog'], { the: 2, cat: 1, and: 1, dog: 1 }],
    [[''], {}],
  ),
  problem(
    'isPrime(n)',
    'returns true if the whole number n is a prime, and false otherwise',
    [[2], true],
    [[1], false],
    [[91], false],
    [[97], true],
    [[0], false],
  ),
  problem(
    'gcd(a, b)',
    'returns the greatest common divisor of two positive whole numbers',
    [[12, 18], 6],
    [[7, 13], 1],
    [[100, 10], 10],
  ),
  problem(
    'toRoman(n)',
    'returns the Roman numeral of a whole number from 1 to 3999',
    [[1], 'I'],
    [[4], 'IV'],
    [[1994], 'MCMXCIV'],
    [[2026], 'MMXXVI'],
  ),
  problem(
    'flatten(list)',
    'returns all values of arrays nested in arrays to any depth, as one flat array',
    [[[1, [2, [3, [4]]]]], [1, 2, 3, 4]],
    [[[]], []],
    [[[[['x']]]], ['x']],
  ),
  problem(
    'balanced(text)',
    'returns true if every bracket of (), [] and {} in the text is closed by its own kind, in the right order',
    [['(a[b]{c})'], true],
    [['(]'], false],
    [['(('], false],
    [[''], true],
    [[')('], false],
  ),
  problem(
    'chunks(list, size)',
    'returns the array cut into arrays of the given size, the last of which may be shorter',
    [
      [[1, 2, 3, 4, 5], 2],
      [[1, 2], [3, 4], [5]],
    ],
    [[[], 3], []],
    [[[1], 5], [[1]]],
  ),
  problem(
    'caesar(text, shift)',
    'returns the text with each letter moved by shift places in the alphabet, beginning again at its start after z; case and other characters stay',
    [['Hello, xyz!', 3], 'Khoor, abc!'],
    [['abc', 0], 'abc'],
    [['Zz', 1], 'Aa'],
  ),
  problem(
    'twoSum(list, target)',
    'returns the indices of the two different places in the array whose numbers add up to target, the smaller index first; there is always exactly one such pair',
    [
      [[2, 7, 11, 15], 9],
      [0, 1],
    ],
    [
      [[3, 2, 4], 6],
      [1, 2],
    ],
    [
      [[-1, 5, 1, 8], 0],
      [0, 2],
    ],
  ),
  problem(
    'runLength(text)',
    'returns the text with each run of the same character written as the character and the length of the run, so that "aaab" becomes "a3b1"',
    [['aaab'], 'a3b1'],
    [[''], ''],
    [['xyz'], 'x1y1z1'],
    [['llllllllllll'], 'l12'],
  ),
  problem(
    'editDistance(a, b)',
    'returns the least number of insertions, deletions and replacements of single characters that turn text a into text b',
    [['kitten', 'sitting'], 3],
    [['', 'abc'], 3],
    [['llama', 'llama'], 0],
    [['flaw', 'lawn'], 2],
  ),
];

const maxAnswerTokens = 360;

export function codingTasks(): readonly Task[] {
  return problems.map(({ name, params, does, calls }, index) => {
    const text = `Write a JavaScript function ${name}(${params}) that ${does}. Answer with the function alone, in one code block.`;
    const check = { kind: 'javascript', entryPoint: name, calls } as const;
    return single(`coding/${index + 1}`, { text, check }, maxAnswerTokens);
  });
}
