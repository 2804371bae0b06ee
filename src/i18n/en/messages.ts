/** English texts of the messages of a chat. */
import { formatter } from '../format';

const { number, moment } = formatter('en');

export const messages = {
  message: {
    list: 'Conversation',
    question: 'Question',
    answer: 'Answer',
    waiting: 'Getting ready…',
    waitsForAnswer: 'Waiting: the model is answering in another tab…',
    waitsForLoad: 'Waiting: another tab is loading a model…',
    reading: (percent: number) => `Reading your message: ${percent} %`,
    thoughts: 'Thoughts',
    thinking: (s: number) => `Thinking… ${s} s`,
    stopped: 'Stopped.',
    unfinished: 'Unfinished: the answer was interrupted.',
    truncated: 'The answer reached its maximum length.',
    retry: 'Try again',
    acceptChange: 'Accept the change',
    editMessage: 'Edit the message',
    notSeen: 'The model no longer sees the messages above this line: its memory is full.',
    stats: (
      tokensPerSecond: number,
      firstTokenMs: number,
      prefilledTokens: number,
      reusedTokens: number,
    ) =>
      `${number(tokensPerSecond, 1)} tokens/s · first token after ${number(firstTokenMs / 1000, 1)} s · ${prefilledTokens} prefilled, ${reusedTokens} reused`,
    statsDetail: (prompt: number, cached: number, completion: number) =>
      `${prompt} tokens read, ${cached} of them from memory; ${completion} written`,
    done: 'Answer finished.',
    continueAnswer: 'Continue',
    answerNow: 'Get an answer',
    useSmaller: (name: string) => `Use ${name}, which needs less memory`,
    exportChat: 'Export this chat',
    saveAgain: 'Save again',
    actions: 'Message actions',
    copy: 'Copy',
    copied: 'Copied.',
    copyFailed: 'The browser did not allow copying.',
    copyMarkdown: 'Copy as Markdown',
    edit: 'Edit',
    editLabel: 'Edit your message',
    editSend: 'Save and send',
    editCancel: 'Cancel',
    editAnswer: 'Edit the answer',
    editAnswerLabel: 'Edit this answer',
    editAnswerSave: 'Save as a new version',
    edited: 'Edited by you.',
    editedDone: 'Saved. Your next question goes on from the edited answer.',
    regenerate: 'Regenerate',
    more: 'More',
    showDetails: 'Show details',
    hideDetails: 'Hide details',
    delete: 'Delete',
    branch: (at: number, of: number) => `${at} / ${of}`,
    branches: 'Versions',
    earlierBranch: 'Previous version',
    laterBranch: 'Next version',
    earlierTurns: 'Earlier messages',
    laterTurns: 'Later messages',
    by: (names: readonly string[]) => names.join(', then '),
    moment,
  },
};

export type MessageTexts = typeof messages;
