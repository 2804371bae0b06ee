/** English texts of what is opened later: dialogs, errors, markdown, presets. */
import { chatSettings } from './chat-settings';
import { data } from './data';
import { errors } from './errors';
import { install } from './install';
import { markdown } from './markdown';
import { modelDialog } from './model-dialog';
import { presets } from './presets';

export const enLater = {
  ...chatSettings,
  ...data,
  errors,
  ...install,
  ...markdown,
  ...modelDialog,
  ...presets,
};

export type LaterMessages = typeof enLater;
