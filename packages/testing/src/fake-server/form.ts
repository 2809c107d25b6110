// A DOM for tests has its own classes, of which Node's `Request` and `instanceof` do not know the instances.

/** The form in a request's body; undefined for any other body. */
export function formOf(body: unknown): FormData | undefined {
  return isForm(body) ? body : undefined;
}

/** Whether an entry of a form is a file. */
export function isFile(entry: unknown): entry is File {
  return isObject(entry) && typeof entry['name'] === 'string' && typeof entry['size'] === 'number';
}

function isForm(body: unknown): body is FormData {
  return isObject(body) && ['append', 'entries', 'get'].every((name) => typeof body[name] === 'function');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
