// Styles are read by vite.
declare module '*.css';
