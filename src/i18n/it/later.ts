/** Italian texts of what is opened later. */
import type { LaterMessages } from '../en/later';
import { chatSettings } from './chat-settings';
import { data } from './data';
import { markdown } from './markdown';
import { modelDialog } from './model-dialog';
import { presets } from './presets';

export const itLater: LaterMessages = {
  ...chatSettings,
  ...data,
  ...markdown,
  ...modelDialog,
  ...presets,
};
