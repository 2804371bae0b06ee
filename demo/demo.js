// A site's own code that uses the visitor's model.
import { createChat } from '{CORRAL}widget.js';

const [summarise, stop, summary, article] = ['summarise', 'stop', 'summary', 'article'].map((id) =>
  document.getElementById(id),
);
let chat = null;
let controller = null;

summarise.addEventListener('click', async () => {
  controller = new AbortController();
  summarise.disabled = true;
  stop.disabled = false;
  summary.textContent = '…';
  const content = `Put this in one short sentence: ${article.textContent.trim()}`;
  try {
    chat ??= await createChat();
    const stream = await chat.completions.create(
      { messages: [{ role: 'user', content }], stream: true, max_tokens: 60 },
      { signal: controller.signal },
    );
    summary.textContent = '';
    for await (const part of stream) {
      summary.textContent += part.choices[0].delta.content ?? '';
    }
  } catch (error) {
    summary.textContent += error.name === 'AbortError' ? ' (stopped)' : ` ${error.message}`;
  } finally {
    summarise.disabled = false;
    stop.disabled = true;
  }
});

stop.addEventListener('click', () => controller?.abort());
