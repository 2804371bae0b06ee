/** Has a visitor answer a site's question in a window of Corral: the frame's side, and the window's. */
import { mount } from 'svelte';
import { siteName } from '../core/embed/embedders';
import { openOwnWindow } from '../bridge/popup-handshake';
import { languageOf } from '../protocol/languages';
import { widgetTexts } from '../i18n/widget';
import type {
  PermissionAnswer,
  PermissionHandshake,
  PermissionQuestion,
} from '../protocol/permission-window';

import PermissionWindow from '../ui/embed/PermissionWindow.svelte';

const handshakeType: PermissionHandshake['type'] = 'corral-permission';

/** Within a click. Rejects if there is no window, or no answer in it. */
export async function askInWindow(pageUrl: string, question: PermissionQuestion): Promise<boolean> {
  const { opened, port } = await openOwnWindow(`${pageUrl}#permission`, handshakeType);
  port.postMessage(question);
  return new Promise((resolve, reject) => {
    port.onmessage = ({ data }: MessageEvent<PermissionAnswer>) => resolve(data.allows);
    const timer = setInterval(() => {
      if (!opened.closed) return;
      clearInterval(timer);
      // An answer that was on its way comes first.
      setTimeout(() => reject(new Error('the window was closed')), 500);
    }, 500);
  });
}

export async function askHere(opener: Window): Promise<void> {
  const language = languageOf(navigator.languages);
  document.documentElement.lang = language;
  const { port1: port, port2 } = new MessageChannel();
  port.onmessage = ({ data: { origin, ...question } }: MessageEvent<PermissionQuestion>) => {
    const onAnswer = (allows: boolean) => {
      const answer: PermissionAnswer = { allows };
      port.postMessage(answer);
      window.close();
    };
    mount(PermissionWindow, {
      target: document.getElementById('app')!,
      props: { w: widgetTexts(language), site: siteName(origin), question, onAnswer },
    });
  };
  const handshake: PermissionHandshake = { type: handshakeType };
  // Whoever opened this window gets the port only if it is a page of Corral's own.
  opener.postMessage(handshake, location.origin, [port2]);
}
