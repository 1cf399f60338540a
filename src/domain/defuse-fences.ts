/** Text of a document for a prompt: a fence of ours inside it, `<passage>` or `</passage>`, loses its bracket. */
export const defuseFences = (text: string): string => text.replace(/<(?=\s*\/?\s*passage\b)/gi, '(');
