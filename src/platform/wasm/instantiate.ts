export const WASM_PAGE_BYTES = 65_536;

/** Exported functions of a kernel that works in the given memory. The modules are small enough to compile at once. */
export function instantiateKernel<Exports>(wasmBase64: string, memory: WebAssembly.Memory): Exports {
  const module = new WebAssembly.Module(Buffer.from(wasmBase64, 'base64'));
  return new WebAssembly.Instance(module, { env: { memory } }).exports as Exports;
}
