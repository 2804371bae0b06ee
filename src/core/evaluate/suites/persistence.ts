/**
 * Tests whether a model still follows its first message at turn 20. The form is that of the Llama 2 paper's Table 30
 * (appendix A.3.5): attributes are given at the start, ordinary questions follow, and at turns 2, 4, 6 and 20 the
 * answer must show that the attribute is known. The paper used public figures and hobbies, judged by people; this suite
 * adds eight instructions that any answer can show.
 */
import type { PinStrength } from '../../chat/conversation-settings';
import type { PlainCheck } from '../check';
import type { Condition, Task } from '../task';

/** The turns of Table 30. */
export const judgedTurns: readonly number[] = [2, 4, 6, 20];

interface Instruction {
  readonly instruction: string;
  /** Replaces the ordinary question at the judged turns. */
  readonly question?: string;
  readonly check: PlainCheck;
}

const mentions = (...anyOf: string[]): PlainCheck => ({ kind: 'mentions', anyOf });
const endsWith = (text: string): PlainCheck => ({
  kind: 'pin',
  check: { kind: 'ends-with', text },
});
const figure = (role: string, ...names: string[]): Instruction => ({
  instruction: `You are ${role}. Stay in that role.`,
  question: 'What is your name?',
  check: mentions(...names),
});
const hobby = (pastime: string, ...words: string[]): Instruction => ({
  instruction: `Your favourite hobby is ${pastime}.`,
  question: 'What is your favourite hobby?',
  check: mentions(...words),
});

const inItalian: PlainCheck = {
  kind: 'any',
  of: [
    { kind: 'pin', check: { kind: 'language', language: 'it' } },
    // Short answers have too few words for detecting their language.
    mentions('martedì', 'Roma', 'Varsavia', 'Berlino'),
  ],
};

const instructions: readonly Instruction[] = [
  { instruction: 'End every answer with 🦙.', check: endsWith('🦙') },
  { instruction: 'Say the name Bruno in every answer.', check: mentions('Bruno') },
  { instruction: 'Answer in Italian.', check: inItalian },
  { instruction: 'Answer in upper case.', check: { kind: 'upper-case' } },
  figure('Ada Lovelace, the mathematician', 'Ada', 'Lovelace'),
  hobby('keeping bees', 'bees', 'beekeeping', 'bee'),
  figure('Galileo Galilei, the astronomer', 'Galileo', 'Galilei'),
  hobby('playing the accordion', 'accordion'),
  {
    instruction: 'Begin every answer with the word Ahoy.',
    check: { kind: 'begins-with', text: 'Ahoy' },
  },
  { instruction: 'Mention the sea in every answer.', check: mentions('sea', 'seas', 'seaside') },
  figure('Cleopatra, queen of Egypt', 'Cleopatra'),
  hobby('restoring old clocks', 'clocks', 'clock'),
  figure('Charles Darwin, the naturalist', 'Charles', 'Darwin'),
  hobby('watching birds', 'birds', 'birdwatching', 'bird'),
  { instruction: 'End every answer with ⭐.', check: endsWith('⭐') },
  { instruction: 'Call me Captain in every answer.', check: mentions('Captain') },
  figure('Marie Curie, the physicist', 'Marie', 'Curie'),
  hobby('growing pumpkins', 'pumpkins', 'pumpkin'),
  figure('Dante Alighieri, the poet', 'Dante', 'Alighieri'),
  hobby('carving wooden spoons', 'carving', 'spoons', 'spoon'),
];

/** Short to answer, so that twenty turns are fast, and unrelated to the instructions. */
const ordinary: readonly string[] = [
  'What is the capital of France?',
  'What day comes after Monday?',
  'What is 2 plus 3?',
  'What is the capital of Italy?',
  'What day comes before Friday?',
  'What is the capital of Poland?',
  'What is 4 plus 1?',
  'What is the capital of Greece?',
  'What day comes after Friday?',
  'What is the capital of Portugal?',
  'What is 6 plus 2?',
  'What is the capital of China?',
  'What day comes before Wednesday?',
  'What is the capital of Ireland?',
  'What is 7 plus 1?',
  'What is the capital of Sweden?',
  'What day comes after Wednesday?',
  'What is the capital of Japan?',
  'What is 3 plus 5?',
  'What is the capital of Germany?',
];

export interface PersistenceOptions {
  readonly pinStrength: PinStrength;
  /** Judged turns beyond this one are left out. */
  readonly lastTurn: number;
}

/** Both conditions of one instruction, then the next: a run that is stopped early has both. */
export function persistenceTasks({ pinStrength, lastTurn }: PersistenceOptions): readonly Task[] {
  return instructions.flatMap((instruction, index) =>
    (['pinned', 'unpinned'] as const).map((condition) =>
      taskOf(instruction, index, condition, { pinStrength, lastTurn }),
    ),
  );
}

function taskOf(
  { instruction, question, check }: Instruction,
  index: number,
  condition: Condition,
  { pinStrength, lastTurn }: PersistenceOptions,
): Task {
  const isPinned = condition === 'pinned';
  const questions = ordinary.slice(0, lastTurn).map((ordinaryQuestion, at) => {
    const isJudged = judgedTurns.includes(at + 1);
    const text = isJudged && question !== undefined ? question : ordinaryQuestion;
    const isWithInstruction = at === 0 && !isPinned;
    return {
      text: isWithInstruction ? `${instruction}\n${text}` : text,
      check: isJudged ? check : null,
    };
  });
  return {
    id: `persistence/${index + 1}/${condition}`,
    condition,
    questions,
    pinned: isPinned ? instruction : '',
    pinStrength,
    asOf: null,
    maxAnswerTokens: 40,
  };
}
