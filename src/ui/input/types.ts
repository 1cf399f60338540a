/** Keys that are not text. */
export type KeyName =
  | 'enter'
  | 'escape'
  | 'tab'
  | 'backspace'
  | 'delete'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'page-up'
  | 'page-down';

export type Input =
  | { readonly type: 'text'; readonly text: string }
  /** What the terminal says was pasted, with line ends as `\n` and nothing that a terminal would obey. */
  | { readonly type: 'paste'; readonly text: string }
  /** `key` is a KeyName or one small letter. */
  | {
      readonly type: 'key';
      readonly key: KeyName | (string & {});
      readonly ctrl?: true;
      readonly alt?: true;
      readonly shift?: true;
    };
