// Questions that both bench models answer in a few tokens.
const countries = [
  'France',
  'Italy',
  'Spain',
  'Germany',
  'Portugal',
  'Greece',
  'Austria',
  'Poland',
];
export const capitalQuestions = countries.map((country) => `What is the capital of ${country}?`);
