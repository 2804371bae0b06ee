/** English texts of the settings and the keyboard help. */

export const settings = {
  settings: {
    title: 'Settings',
    theme: 'Appearance',
    themes: { system: 'Same as the device', light: 'Light', dark: 'Dark' },
    language: 'Language',
    browserLanguage: 'Same as the browser',
    chatTitles: 'Titles of chats',
    titleChoices: {
      auto: 'By larger models',
      on: 'By every model',
      off: 'First words',
    },
    titlesHint:
      'After the first answer, the model can suggest a title. It stops as soon as you ask something, and never replaces a title of yours.',
    modelTitle: 'Model for new questions',
    modelNow: (name: string) => `Selected: ${name}.`,
    chooseModel: 'Choose a model',
    storageTitle: 'On this device',
    noModels: 'No model is on this device yet.',
    moreTitle: 'More',
    aboutTitle: 'About',
    about:
      'Corral is free software under the Apache 2.0 licence. It includes these parts, among others:',
    licences: 'Licences of all parts',
    widget: 'This code puts a chat from this Corral, in exactly this version, on another site:',
  },
  lock: {
    title: 'Lock',
    text: 'Chats are stored unencrypted on this device: anyone who can use the device can read them. A passphrase encrypts them.',
    isOn: 'Chats are stored encrypted. They stay unlocked on this page until you reload or close it.',
    set: 'Lock chats',
    change: 'Change passphrase',
    changed: 'The passphrase was changed.',
    warning:
      'If you forget the passphrase, all chats on this device are lost. Nobody can recover them, and the passphrase cannot be reset.',
    understood: 'I understand that I lose my chats if I forget the passphrase.',
    passphrase: 'Passphrase',
    repeat: 'Confirm passphrase',
    show: 'Show passphrase',
    lockNow: 'Lock now',
    remove: 'Remove lock',
    working: 'Updating the chats',
    pageTitle: 'Your chats are locked',
    unlock: 'Unlock',
    forgotten: 'Forgot passphrase?',
    forgottenText:
      'Without the passphrase nobody can open the chats, not even Corral. You can delete them and start over.',
    delete: 'Delete all chats',
    deleteText: 'This permanently deletes all chats and drafts on this device.',
    deleteNow: 'Delete permanently',
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    names: {
      'new-chat': 'New chat',
      search: 'Search chats',
      'focus-message': 'Go to the message field',
      stop: 'Stop the answer',
      'edit-last': 'Edit the last question (in an empty field)',
      help: 'Show this list',
    },
    send: 'Send the message',
    newLine: 'New line in the message',
  },
};

export type SettingsMessages = typeof settings;
