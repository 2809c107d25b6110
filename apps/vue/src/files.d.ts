// Vite reads styles.
declare module '*.css';

// For tools that cannot read .vue files. vue-tsc reads them and uses their real types.
declare module '*.vue' {
  import type { Component } from 'vue';

  const component: Component;
  export default component;
}
