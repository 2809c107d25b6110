import { createTaskwire } from '@taskwire/vue';
import { createApp } from 'vue';
import App from './App.vue';
import { client } from './client.ts';
import './page.css';

createApp(App).use(createTaskwire(client)).mount('#root');
