/** What stands in what is kept, in place of a value that no document says. */
export const LEFT_OUT = '[…]';
