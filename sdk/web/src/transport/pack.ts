/** Gzip by the browser's own compressor; plain text where there is none. Rejects only when the browser fails. */
export async function pack(text: string): Promise<Uint8Array<ArrayBuffer> | string> {
  if (typeof CompressionStream === 'undefined') return text;
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
