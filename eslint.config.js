// Lint rules: TypeScript's and Svelte's recommended sets, plus what keeps Corral's promises.
import js from '@eslint/js';
import * as regexp from 'eslint-plugin-regexp';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Playwright's methods that tell how a page is at this moment. */
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

export default ts.config(
  { ignores: ['dist', 'node_modules', 'public', 'test-results', 'playwright-report'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      'no-undef': 'off', // TypeScript knows better
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
    },
  },
  {
    // What others write comes into these rooms, and no input may take the square of its length.
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
