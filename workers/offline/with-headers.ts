/** Adds the headers that a plain static host does not send. */
import { responseHeaders } from '../../src/core/response-headers';

const policyName = 'Content-Security-Policy';
const modelHosts = import.meta.env['MODEL_HOSTS'] as readonly string[];
const embedders = import.meta.env['EMBEDDERS'] as readonly string[];

/** `path` is the path of the response's address. The host's own policy stays in force too. */
export function withHeaders(response: Response, path: string): Response {
  // An error or a redirect cannot have headers.
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  const ownPolicy = headers.get(policyName);
  for (const [name, value] of Object.entries(responseHeaders(path, modelHosts, embedders))) {
    headers.set(name, value);
  }
  if (ownPolicy !== null && ownPolicy !== headers.get(policyName)) {
    headers.append(policyName, ownPolicy);
  }
  const { body, status, statusText } = response;
  return new Response(body, { status, statusText, headers });
}
