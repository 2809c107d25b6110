// The former name of this package's entry.
export * from './index.ts';
