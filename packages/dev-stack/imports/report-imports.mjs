// Runs in a program ahead of its own code (`node --import`). Writes each file that the program imports to the file that
// TASKWIRE_IMPORTS names, so that `taskwire dev` knows which changes matter.
import Module, { register } from 'node:module';
import { reportFile } from './report-file.mjs';

register('./import-hooks.mjs', import.meta.url);

const load = Module.prototype.load;
Module.prototype.load = function (file) {
  reportFile(file);
  return load.call(this, file);
};
