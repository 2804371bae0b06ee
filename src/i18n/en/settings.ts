/** English texts of the settings and the keyboard help. */

export const settings = {
  settings: {
    title: 'Settings',
    theme: 'Look',
    themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
    language: 'Language',
    browserLanguage: 'As the browser',
    chatTitles: 'Titles of chats',
    titleChoices: {
      auto: 'By larger models',
      on: 'By every model',
      off: 'First words',
    },
    titlesHint:
      'After the first answer, the model can suggest a title. It stops as soon as you ask something, and never replaces a title of yours.',
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
    widget: 'This code puts a chat from this Corral, in exactly this version, on another site:',
  },
  lock: {
    title: 'Lock',
    text: 'Chats are stored unencrypted on this device: anyone who can use the device can read them. A passphrase encrypts them.',
    isOn: 'Chats are stored encrypted. They are open on this page, until it is reloaded or closed.',
    set: 'Lock the chats',
    change: 'Change the passphrase',
    changed: 'The passphrase was changed.',
    warning:
      'If you forget the passphrase, all chats on this device are lost. Nobody can open them then, and there is no way to reset it.',
    understood: 'I know that a forgotten passphrase means that my chats are lost.',
    passphrase: 'Passphrase',
    repeat: 'The passphrase once more',
    show: 'Show what is typed',
    lockNow: 'Lock now',
    remove: 'Take the lock off',
    working: 'Rewriting the chats',
    pageTitle: 'Your chats are locked',
    unlock: 'Unlock',
    forgotten: 'Forgotten?',
    forgottenText:
      'Without the passphrase nobody can open the chats, not even Corral. You can delete them and start again.',
    delete: 'Delete all chats',
    deleteText: 'All chats and drafts on this device will be lost for good.',
    deleteNow: 'Delete them for good',
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
