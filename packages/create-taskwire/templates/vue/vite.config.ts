import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

// `taskwire dev` starts Vite with the server's address.
const server = process.env['TASKWIRE_URL'] ?? 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [vue()],
  server: { proxy: { '/trpc': server, '/api': server } },
});
