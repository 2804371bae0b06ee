/** English: offline use and updates. */

export const offline = {
  offline: {
    open: 'Offline and install',
    title: 'Offline and install',
    app: {
      preparing: 'The app is being stored on this device, so that it opens without a network.',
      ready: 'The app is on this device and opens without a network.',
      unavailable:
        'This browser does not store the app on this device: it opens only with a network.',
      insecure:
        'This page came over http://. Browsers keep only https:// pages: it opens only with a network.',
    },
    models: 'Without a network you can use:',
    none: 'No model is on this device yet. Ask a question, or open Models, while you are online.',
    states: {
      ready: 'ready offline',
      'model-absent': 'not on this device yet',
      'app-absent': 'on this device, but its engine is not kept yet',
    },
    now: {
      ready: (name: string) => `You are offline. ${name} is here: you can go on.`,
      'model-absent': (name: string) => `You are offline, and ${name} is not on this device yet.`,
      'app-absent': (name: string) =>
        `You are offline, and the engine that ${name} needs is not kept on this device.`,
    },
    needsNetwork: 'You are offline: this needs a network.',
  },
  update: {
    ready: 'A new version is ready.',
    reload: 'Reload',
    label: 'Update',
  },
};
