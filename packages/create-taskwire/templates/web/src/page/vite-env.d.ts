/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** A token for trials; only `taskwire dev` sets it. */
  readonly VITE_TASKWIRE_TOKEN?: string;
}
