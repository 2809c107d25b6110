import vue from '@vitejs/plugin-vue';
import { defineConfig, loadEnv } from 'vite';

export default defineConfig(({ mode }) => {
  const api = loadEnv(mode, '.', 'TASKWIRE_')['TASKWIRE_API'] ?? 'http://127.0.0.1:4000';
  return {
    // Relative, so that the built app works under any path; the api serves it under /vue/.
    base: './',
    // Its icon and the script that sets the mode before the first paint are the theme's.
    publicDir: '../../packages/theme/public',
    plugins: [vue()],
    resolve: { conditions: ['taskwire-source', 'module', 'browser', 'development|production'] },
    build: { sourcemap: true },
    server: { proxy: { '/api': api, '/trpc': api } },
  };
});
