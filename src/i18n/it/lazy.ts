/** Italian texts that load later. */
import type { LazyMessages } from '../en/lazy';
import { incoming } from './incoming';
import { chatSettings } from './chat-settings';
import { data } from './data';
import { documents } from './documents';
import { errors } from './errors';
import { history } from './history';
import { install } from './install';
import { markdown } from './markdown';
import { messages } from './messages';
import { modelDialog } from './model-dialog';
import { moreModels } from './more-models';
import { pin } from './pin';
import { presets } from './presets';
import { privacy } from './privacy';
import { settings } from './settings';
import { window } from './window';

export const itLazy: LazyMessages = {
  ...incoming,
  ...chatSettings,
  ...data,
  ...documents,
  errors,
  ...history,
  ...install,
  ...markdown,
  ...messages,
  ...modelDialog,
  ...moreModels,
  ...pin,
  ...presets,
  ...privacy,
  ...settings,
  ...window,
};
