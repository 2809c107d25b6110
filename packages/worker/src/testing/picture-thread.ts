import { threadHandler } from '../thread.ts';
import { pictureTask } from './picture-task.ts';
import { readPicture } from './read-picture.ts';

export default threadHandler(pictureTask, readPicture);
