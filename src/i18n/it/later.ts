/** Italian texts of what is opened later. */
import type { LaterMessages } from '../en/later';
import { chatSettings } from './chat-settings';
import { data } from './data';
import { errors } from './errors';
import { install } from './install';
import { markdown } from './markdown';
import { modelDialog } from './model-dialog';
import { presets } from './presets';

export const itLater: LaterMessages = {
  ...chatSettings,
  ...data,
  errors,
  ...install,
  ...markdown,
  ...modelDialog,
  ...presets,
};
