/** English: offline use and updates. */

export const offline = {
  offline: {
    open: 'Offline and install',
    title: 'Offline and install',
    app: {
      preparing: 'The app is being stored on this device for offline use.',
      ready: 'The app is on this device and opens offline.',
      unavailable: 'This browser does not store the app on this device: it opens only online.',
      insecure:
        'This page was loaded over http://. Browsers store only https:// pages: it opens only online.',
    },
    models: 'Models for offline use:',
    none: 'No model is on this device yet. Ask a question, or open Models, while you are online.',
    states: {
      ready: 'ready offline',
      'model-absent': 'not on this device yet',
      'app-absent': 'on this device, but its engine is not stored yet',
    },
    now: {
      ready: (name: string) => `You are offline. ${name} is on this device: you can continue.`,
      'model-absent': (name: string) => `You are offline, and ${name} is not on this device yet.`,
      'app-absent': (name: string) =>
        `You are offline, and the engine that ${name} needs is not stored on this device.`,
    },
    needsNetwork: 'You are offline: this needs a connection.',
  },
  update: {
    ready: 'A new version is ready.',
    reload: 'Reload',
    label: 'Update',
  },
};
