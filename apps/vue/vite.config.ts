import vue from '@vitejs/plugin-vue';
import { defineConfig, loadEnv } from 'vite';

export default defineConfig(({ mode }) => {
  const api = loadEnv(mode, '.', 'TASKWIRE_')['TASKWIRE_API'] ?? 'http://127.0.0.1:4000';
  return {
    // Relative: the built app works below any path. The api serves it below /vue/.
    base: './',
    // The theme owns the icon and the script that sets the mode before the first paint.
    publicDir: '../../packages/theme/public',
    plugins: [vue()],
    resolve: { conditions: ['taskwire-source', 'module', 'browser', 'development|production'] },
    build: { sourcemap: true },
    server: { proxy: { '/api': api, '/trpc': api } },
  };
});
