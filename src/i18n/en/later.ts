/** English texts of what is opened later: dialogs, markdown, presets. */
import { chatSettings } from './chat-settings';
import { data } from './data';
import { markdown } from './markdown';
import { modelDialog } from './model-dialog';
import { presets } from './presets';

export const enLater = {
  ...chatSettings,
  ...data,
  ...markdown,
  ...modelDialog,
  ...presets,
};

export type LaterMessages = typeof enLater;
