// What programs write when nobody gave a title: their own name, a file name, a placeholder.
const junkTitle =
  /^(?:untitled(?:[-\s]?\d*)?|unknown|no title|title|document\d*|microsoft (?:word|powerpoint|excel)\b.*|powerpoint[- ]pr[äe]sentation|presentation\d*|print(?:ing)?|layout \d+|slide \d+|.*\.(?:docx?|pptx?|xlsx?|pdf|dvi|tex|rtf|txt|indd|qxd|pmd|p65|ps|eps|html?|odt|pages|fm|ai|cdr)|https?:\/\/\S*|[a-z]:\\.*|[^\p{L}]*)$/iu;

/** Whether a title in document properties says nothing about the document. */
export const isJunkTitle = (title: string): boolean => junkTitle.test(title.trim());
