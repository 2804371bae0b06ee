/** English texts of code that runs, and of previews. */
import { formatter } from '../format';

const { size } = formatter('en');

export const codeRun = {
  codeRun: {
    run: 'Run code',
    runPython: (bytes: number) => `Run code (fetches Python once, ${size(bytes)})`,
    result: 'Result of the code',
    starting: 'Running…',
    fetching: (received: number, total: number) =>
      `Fetching Python: ${size(received)} of ${size(total)}`,
    pythonDownload: 'Download of Python',
    stop: 'Stop',
    close: 'Close',
    stopped: 'Stopped.',
    finished: 'Finished.',
    threw: 'Ended with an error.',
    late: 'Ended: its time was up.',
    nothing: 'It printed nothing.',
    cut: 'What follows was left out: it is too long.',
    output: 'Output',
    value: 'Value',
    picture: 'Picture made by the code',
    problems: {
      'python-missing':
        'This site has no Python. Copy the code and run it elsewhere. (python-missing)',
      'python-offline': 'Python could not be fetched. Go online and try again. (python-offline)',
      'python-failed':
        'Python did not start. Close other programs that use much memory and try again. (python-failed)',
      'sandbox-failed':
        'The sandbox did not start. Reload the page and try again. (sandbox-failed)',
    },
  },
  preview: {
    open: 'Preview',
    title: 'Preview of the code',
    note: 'The preview has no network and sees nothing of Corral.',
    scripts: 'Run its scripts',
    scriptsNote: 'A script that never ends can block this tab.',
    noScripts:
      'This browser cannot keep scripts of a preview from the network, so they do not run.',
    failed: 'The preview could not be opened. Reload the page and try again.',
  },
};

export type CodeRunMessages = typeof codeRun;
