import { threadHandler } from '../thread.ts';
import { send } from './sending-handler.ts';
import { sendingTask } from './sending-task.ts';

export default threadHandler(sendingTask, send);
