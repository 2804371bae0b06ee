/** English texts of the settings and the keyboard help. */

export const settings = {
  settings: {
    title: 'Settings',
    theme: 'Look',
    themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
    language: 'Language',
    languages: { auto: 'As the browser', en: 'English', it: 'Italiano' },
    modelTitle: 'Model for new questions',
    modelNow: (name: string) => `Chosen now: ${name}.`,
    chooseModel: 'Choose a model',
    storageTitle: 'On this device',
    noModels: 'No model is on this device yet.',
    moreTitle: 'More',
    aboutTitle: 'About',
    about:
      'Corral is free software under the Apache 2.0 licence. It is made of these parts, and some more:',
    licences: 'Licences of all parts',
    widget: 'This puts a chat of this Corral, in exactly this version, on another site:',
  },
  shortcuts: {
    title: 'Keyboard',
    names: {
      'new-chat': 'New chat',
      search: 'Search the chats',
      'focus-message': 'Go to the message field',
      stop: 'Stop the answer',
      'edit-last': 'Edit the last question (in an empty field)',
      help: 'This list',
    },
    send: 'Send the message',
    newLine: 'New line in the message',
  },
};

export type SettingsMessages = typeof settings;
