// Vite reads styles.
declare module '*.css';
