// Lint rules: the recommended sets for TypeScript and Svelte, and Corral's own rules.
import js from '@eslint/js';
import * as regexp from 'eslint-plugin-regexp';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Playwright's methods that read the page's state once, without waiting. */
const readOnce = [
  'innerText',
  'textContent',
  'allInnerTexts',
  'allTextContents',
  'inputValue',
  'getAttribute',
  'count',
  'isVisible',
  'isHidden',
  'isEnabled',
  'isDisabled',
  'isChecked',
];

/** Literals that are spread although their members could stand there directly. */
const packed = ['ObjectExpression', 'ArrayExpression'].map((literal) => ({
  selector: `SpreadElement > ${literal}.argument`,
  message: 'Write the members themselves, and leave the width of lines to Prettier.',
}));

/** Names that were replaced by the field's terms; docs/ARCHITECTURE.md lists the terms. */
const oldWords = [
  'arrivals',
  'beginnings',
  'begun',
  'canGoOn',
  'comfortableBytes',
  'forEver',
  'goOn',
  'handIn',
  'interview',
  'letGo',
  'lookAgain',
  'mended',
  'obstacle',
  'ownModel',
  'replies',
  'reply',
  'seam',
  'settled',
  'silence',
  'surroundings',
  'takeBack',
  'takeEnd',
  'upkeep',
  'wayOut',
  'weigh',
];

export default ts.config(
  {
    ignores: ['dist', 'dist-tests', 'node_modules', 'public', 'test-results', 'playwright-report'],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      'no-undef': 'off', // TypeScript checks this better
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'svelte/no-at-html-tags': 'error',
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-console': ['error', { allow: ['warn', 'error'] }],
      'no-restricted-syntax': ['error', ...packed],
    },
  },
  {
    files: ['src/**', 'workers/**', 'vite/**', 'scripts/**', 'bench/**'],
    rules: {
      'id-denylist': ['error', ...oldWords],
      // What is longer has two purposes.
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**', 'workers/**'],
    // For a union it is `assertNever`, so that the compiler reports a new member.
    rules: { 'default-case': 'error' },
  },
  // A table of texts has one purpose, however long it is.
  { files: ['src/i18n/**'], rules: { 'max-lines': 'off' } },
  {
    // These folders read untrusted input, so no pattern may take quadratic time.
    files: ['src/**', 'workers/**', 'scripts/**', 'vite/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: false }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ['scripts/**', 'bench/**', 'toolchain/**', 'test/**', '*.config.*'],
    languageOptions: { globals: { ...globals.node } },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['test/e2e/*.spec.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'playwright/test',
          importNames: ['test', 'expect'],
          message: 'Those of ./test.ts fail on errors that a page does not catch.',
        },
      ],
      'no-restricted-syntax': [
        'error',
        ...packed,
        {
          selector: `CallExpression[callee.name='expect'] > AwaitExpression > CallExpression[callee.property.name=/^(${readOnce.join('|')})$/]`,
          message:
            'An act takes effect a little later: use `await expect(locator).to…` or `expect.poll`.',
        },
      ],
    },
  },
  {
    files: ['test/unit/**'],
    ignores: ['test/unit/**/*.mocked.test.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'vi',
          property: 'mock',
          message: 'These share modules with other files: name the file `….mocked.test.ts`.',
        },
      ],
    },
  },
);
