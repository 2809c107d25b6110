import '@taskwire/theme/theme.css';
import { createWebPage, type StandardAppRouter } from '@taskwire/web-kit';
import { createTaskwireClient } from '@taskwire/client';
import { createApp } from 'vue';
import App from './App.vue';
import { pageKey } from './composables/use-page.ts';

const page = createWebPage(window, createTaskwireClient<StandardAppRouter>);
createApp(App).provide(pageKey, page).mount('#root');
