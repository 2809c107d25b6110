import js from '@eslint/js';
import prettier from 'eslint-config-prettier/flat';
import reactHooks from 'eslint-plugin-react-hooks';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TYPED = ['**/*.{ts,tsx,vue}'];
const TESTS = ['**/*.test.{ts,tsx}', '**/*.test-d.ts', '**/testing/**', 'e2e/**'];

const noProcessEnv = [
  {
    selector: 'MemberExpression[object.name="process"][property.name="env"]',
    message: 'Only env.ts reads the environment; take the value from there.',
  },
  {
    selector: 'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]',
    message: 'Only env.ts reads the environment; take the value from there.',
  },
];

const noSpecialSyntax = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  { selector: 'TSParameterProperty', message: 'Declare the field and assign it.' },
];

export default defineConfig(
  {
    ignores: [
      // Projects of their own, checked after an install from a registry.
      'packages/create-taskwire/templates/**',
      'e2e/src/registry/foreign-app/**',
      '**/dist/**',
      '**/generated/**',
      '**/node_modules/**',
      '**/.turbo/**',
      '.data/**',
      'turbo/generators/templates/**',
    ],
  },
  // What is switched off stands here, where everyone sees it, and not in a comment.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },

  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.vue'] },
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/require-default-prop': 'off',
    },
  },
  { files: ['packages/react/**', 'apps/react/**'], ...reactHooks.configs.flat.recommended },

  {
    files: TYPED,
    rules: {
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true, 'ts-check': false },
      ],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An async function without await still turns what it throws into a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      // A switch counts once: an exhaustive one over the event types is no tangle.
      complexity: ['error', { max: 10, variant: 'modified' }],
      eqeqeq: 'error',
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...noProcessEnv, ...noSpecialSyntax],
      'prefer-const': 'error',
    },
  },

  { files: ['packages/cli/**', 'scripts/**'], rules: { 'no-console': 'off' } },
  // The only assertions of types. Each says who checks the value.
  { files: ['**/type-assertions.ts'], rules: { '@typescript-eslint/consistent-type-assertions': 'off' } },
  {
    files: TESTS,
    rules: {
      // vitest's matchers (`expect.stringContaining` and the like) are of type any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      'max-lines-per-function': 'off',
      'no-restricted-syntax': ['error', ...noSpecialSyntax],
    },
  },
  // A type test says which line must not compile.
  { files: ['**/*.test-d.ts'], rules: { '@typescript-eslint/ban-ts-comment': 'off' } },
  { files: ['**/env.ts', '**/*.config.ts'], rules: { 'no-restricted-syntax': ['error', ...noSpecialSyntax] } },
  { files: ['**/*.{js,mjs,cjs}'], ...tseslint.configs.disableTypeChecked },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  prettier,
);
