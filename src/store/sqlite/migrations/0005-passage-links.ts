/** The graph that searches walk, kept from the process that built it. */
export const passageLinks = `
INSERT INTO meta VALUES ('graph_state', 0);

-- At most one row; it is of use as long as its state is that of the graph.
CREATE TABLE passage_links (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  state INTEGER NOT NULL,
  packed BLOB NOT NULL
) STRICT;

CREATE TRIGGER graph_grows AFTER INSERT ON document_mentions
BEGIN UPDATE meta SET value = value + 1 WHERE key = 'graph_state'; END;
CREATE TRIGGER graph_changes AFTER UPDATE ON document_mentions
BEGIN UPDATE meta SET value = value + 1 WHERE key = 'graph_state'; END;
CREATE TRIGGER graph_shrinks AFTER DELETE ON document_mentions
BEGIN UPDATE meta SET value = value + 1 WHERE key = 'graph_state'; END;
CREATE TRIGGER graph_names_change AFTER UPDATE OF title, path ON documents
BEGIN UPDATE meta SET value = value + 1 WHERE key = 'graph_state'; END;
CREATE TRIGGER graph_is_decided AFTER INSERT ON merge_decisions
BEGIN UPDATE meta SET value = value + 1 WHERE key = 'graph_state'; END;
`;
