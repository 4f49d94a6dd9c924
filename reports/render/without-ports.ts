/** A setting without the ports of its addresses, which a lab draws anew each time. */
export function withoutPorts(text: string): string {
  return text.replaceAll(/((?:\d{1,3}\.){3}\d{1,3}|localhost):\d+/g, '$1:PORT');
}
