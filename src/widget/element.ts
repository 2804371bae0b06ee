/** The custom element `<corral-chat>`: a frame in a panel, and for a floating chat the button that opens it. */
import type { HostMessage } from '../protocol/widget';
import { makeCompletions, makeModels } from './completions';
import { FrameLink, type Notice } from './frame-link';
import { attributeFaults, observed, optionsOf } from './options';
import type { Completions, CorralChatElement, Models } from './public';
import { style } from './style';
import { wordsFor } from './words';

/** A chat is loaded when it comes this close to the screen. */
const nearMargin = '200px';

/** Counts the page's elements, to name those without an id. */
let made = 0;

export class CorralChat extends HTMLElement implements CorralChatElement {
  static readonly observedAttributes: readonly string[] = observed;

  readonly completions: Completions = makeCompletions(() => this.link);
  readonly models: Models = makeModels(() => this.link);

  readonly #panel = document.createElement('div');
  readonly #launcher = document.createElement('button');
  readonly #name = `chat-${++made}`;
  readonly #near = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) void this.link;
    },
    { rootMargin: nearMargin },
  );
  readonly #view = new IntersectionObserver((entries) => {
    this.#inView = entries.at(-1)!.isIntersecting;
    this.#draw();
  });
  #link: FrameLink | null = null;
  #attention: 'question' | 'mark' | null = null;
  /** For an inline chat: whether it is on the screen. */
  #inView = false;
  #isConfiguring = false;
  /** From then on, changes are made by the page or the visitor. */
  #isAttached = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    this.#launcher.type = 'button';
    this.#launcher.className = 'launcher';
    this.#launcher.setAttribute('part', 'launcher');
    this.#launcher.append(bubble());
    this.#launcher.addEventListener('click', () => this.toggle());
    this.#panel.className = 'panel';
    this.#panel.id = 'panel';
    this.#panel.setAttribute('part', 'panel');
    this.#launcher.setAttribute('aria-controls', 'panel');
    root.append(this.#launcher, this.#panel);
  }

  /** The link to the frame; made when it is first needed. */
  get link(): FrameLink {
    if (this.#link) return this.#link;
    const options = () => optionsOf(this, this.id || this.#name);
    const link = new FrameLink(options, (notice) => this.#onNotice(notice));
    this.#link = link;
    link.frame.title = this.#words.chat;
    link.frame.setAttribute('part', 'frame');
    this.#near.disconnect();
    this.#view.observe(this);
    // An element outside the document makes its frame when it is inserted.
    if (this.isConnected) link.appendTo(this.#panel);
    this.#draw();
    return link;
  }

  connectedCallback(): void {
    for (const name of [
      'model',
      'systemPrompt',
      'pinned',
      'theme',
      'placeholder',
      'mode',
      'open',
    ]) {
      this.#upgrade(name);
    }
    const faults = attributeFaults(this);
    if (faults) console.warn(`corral-chat: ${faults}`);
    if (this.#link) this.#link.appendTo(this.#panel);
    else if (this.mode === 'inline') this.#near.observe(this);
    else if (this.open) void this.link;
    this.#isAttached = true;
    this.#draw();
  }

  disconnectedCallback(): void {
    this.#near.disconnect();
    this.#view.disconnect();
    this.#link?.close();
    this.#link = this.#attention = null;
    this.#isAttached = false;
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before === now) return;
    if (name === 'open' && (before === null) !== (now === null)) this.#opened(now !== null);
    this.#draw();
    // Several attributes that change together are sent once.
    if (!this.#link || name === 'open' || this.#isConfiguring) return;
    this.#isConfiguring = true;
    queueMicrotask(() => {
      this.#isConfiguring = false;
      this.#post({ type: 'configure', options: optionsOf(this, this.id || this.#name) });
    });
  }

  get model(): string {
    return this.#text('model');
  }
  set model(value: string) {
    this.#set('model', value);
  }
  get systemPrompt(): string {
    return this.#text('system-prompt');
  }
  set systemPrompt(value: string) {
    this.#set('system-prompt', value);
  }
  get pinned(): string {
    return this.#text('pinned');
  }
  set pinned(value: string) {
    this.#set('pinned', value);
  }
  get theme(): 'system' | 'light' | 'dark' {
    return optionsOf(this, '').theme ?? 'system';
  }
  set theme(value: string) {
    this.#set('theme', value);
  }
  get placeholder(): string {
    return this.#text('placeholder');
  }
  set placeholder(value: string) {
    this.#set('placeholder', value);
  }
  get mode(): 'inline' | 'floating' {
    return this.#text('mode') === 'floating' ? 'floating' : 'inline';
  }
  set mode(value: string) {
    this.#set('mode', value);
  }
  get open(): boolean {
    return this.hasAttribute('open');
  }
  set open(value: boolean) {
    this.toggleAttribute('open', Boolean(value));
  }

  show(): void {
    this.open = true;
  }

  hide(): void {
    this.open = false;
  }

  toggle(): void {
    this.open = !this.open;
  }

  override focus(): void {
    const { frame } = this.link;
    this.show();
    frame.focus();
    this.#post({ type: 'focus' });
  }

  stop(): void {
    this.#post({ type: 'stop' });
  }

  newChat(): void {
    this.#post({ type: 'new-chat' });
  }

  prefill(text: string): void {
    void this.link;
    this.#post({ type: 'prefill', text });
  }

  #post(message: HostMessage): void {
    this.#link?.post(message);
  }

  #opened(open: boolean): void {
    if (!this.#isAttached) return;
    if (this.mode === 'floating') {
      // A visitor who opens the chat wants to type; one who closes it continues on the page.
      if (open) this.focus();
      else if (document.activeElement === this) this.#launcher.focus();
    }
    this.dispatchEvent(new CustomEvent('open-change', { detail: { open } }));
  }

  #onNotice(notice: Notice): void {
    switch (notice.type) {
      case 'connected':
        this.#draw();
        this.dispatchEvent(new CustomEvent('ready', { detail: { model: notice.model } }));
        return;
      case 'close':
        if (this.mode === 'floating') this.hide();
        return;
      case 'attention':
        this.#attention = notice.wanted ? (notice.mark ? 'mark' : 'question') : null;
        return this.#draw();
      default: {
        const { type, ...detail } = notice;
        const told = type === 'error' ? notice.error : detail;
        this.dispatchEvent(new CustomEvent(type, { detail: told }));
      }
    }
  }

  #draw(): void {
    const { open, mode } = this;
    const words = this.#words;
    const isApi = this.getAttribute('mode') === 'api';
    const usual = !isApi && (mode === 'inline' || open);
    // If the chat itself is not visible, a strip of it is.
    const isSeen = usual && (mode !== 'inline' || this.#inView);
    this.#panel.classList.toggle('shown', usual || this.#attention !== null);
    this.#panel.classList.toggle('mark', this.#attention === 'mark' && !isSeen);
    this.#launcher.setAttribute('aria-label', open ? words.close : words.open);
    this.#launcher.setAttribute('aria-expanded', String(open));
  }

  get #words() {
    return wordsFor([...(this.lang ? [this.lang] : []), ...navigator.languages]);
  }

  #text(attribute: string): string {
    return this.getAttribute(attribute) ?? '';
  }

  #set(attribute: string, value: unknown): void {
    if (value === null || value === undefined) this.removeAttribute(attribute);
    else this.setAttribute(attribute, String(value));
  }

  /** A framework may have set the property before the element was defined. */
  #upgrade(name: string): void {
    if (!Object.hasOwn(this, name)) return;
    const own = this as unknown as Record<string, unknown>;
    const value = own[name];
    delete own[name];
    own[name] = value;
  }
}

/** Built element by element: a page may forbid HTML from strings (Trusted Types). */
function bubble(): SVGElement {
  const make = (name: string) => document.createElementNS('http://www.w3.org/2000/svg', name);
  const path = make('path');
  path.setAttribute('d', 'M4 5h16v11H9l-5 4z');
  const image = make('svg');
  image.setAttribute('viewBox', '0 0 24 24');
  image.setAttribute('aria-hidden', 'true');
  image.append(path);
  return image as SVGElement;
}
