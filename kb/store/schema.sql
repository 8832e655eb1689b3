-- The knowledge base in one file. `record` holds a row's full record as JSON (kb/model.py); the other columns are what
-- people filter and join on. Offsets count characters of documents.body.
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, title_zh TEXT, short_title TEXT NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL,
  region TEXT NOT NULL, status TEXT NOT NULL, fidelity TEXT NOT NULL, doc_number TEXT, adopted TEXT, published TEXT,
  effective TEXT, horizon_end TEXT, path TEXT NOT NULL, sha256 TEXT NOT NULL, body TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE document_issuers (
  document TEXT NOT NULL REFERENCES documents(id), position INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (document, position));
CREATE TABLE document_relations (
  document TEXT NOT NULL REFERENCES documents(id), relation TEXT NOT NULL, target TEXT NOT NULL,
  target_document TEXT REFERENCES documents(id), PRIMARY KEY (document, relation, target));
CREATE TABLE provisions (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), eid TEXT NOT NULL,
  parent TEXT REFERENCES provisions(id), position INTEGER NOT NULL, kind TEXT NOT NULL, number TEXT, heading TEXT,
  heading_path TEXT NOT NULL, text TEXT NOT NULL, is_leaf INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE bodies (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, name_zh TEXT, level TEXT NOT NULL, since TEXT, until TEXT,
  successor TEXT REFERENCES bodies(id), record TEXT NOT NULL);
CREATE TABLE body_names (
  body TEXT NOT NULL REFERENCES bodies(id), name TEXT NOT NULL, since TEXT, until TEXT, PRIMARY KEY (body, name));
CREATE TABLE labels (
  scheme TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, name_zh TEXT, record TEXT NOT NULL, PRIMARY KEY (scheme, id));
CREATE TABLE terms (zh TEXT PRIMARY KEY, preferred TEXT NOT NULL, variants TEXT NOT NULL, note TEXT, record TEXT NOT NULL);
CREATE TABLE items (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), provision TEXT REFERENCES provisions(id),
  action TEXT NOT NULL, sentence TEXT NOT NULL, modality TEXT NOT NULL, strength TEXT NOT NULL, due TEXT,
  deadline_type TEXT, deadline_phrase TEXT, deadline_rule TEXT, deadline_origin TEXT, area TEXT,
  trackability INTEGER NOT NULL, basis TEXT, is_certain INTEGER NOT NULL, doubt TEXT, rule TEXT NOT NULL,
  fingerprint TEXT NOT NULL, start INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE item_actors (
  item TEXT NOT NULL REFERENCES items(id), position INTEGER NOT NULL, role TEXT NOT NULL, words TEXT,
  body TEXT REFERENCES bodies(id), is_inferred INTEGER NOT NULL, rule TEXT NOT NULL, PRIMARY KEY (item, position));
CREATE TABLE item_fields (item TEXT NOT NULL REFERENCES items(id), field TEXT NOT NULL, PRIMARY KEY (item, field));
CREATE TABLE times (
  id INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), provision TEXT REFERENCES provisions(id),
  text TEXT NOT NULL, type TEXT NOT NULL, earliest TEXT, latest TEXT, duration TEXT, unit TEXT, bound TEXT, rrule TEXT,
  origin TEXT NOT NULL, rule TEXT NOT NULL, start INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE lists (
  id TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), name TEXT NOT NULL, list_kind TEXT NOT NULL,
  sector TEXT, region TEXT, is_certain INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE list_slots (
  list TEXT NOT NULL REFERENCES lists(id), slot TEXT NOT NULL, state TEXT NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (list, slot));
CREATE TABLE list_facts (
  id INTEGER PRIMARY KEY, list TEXT NOT NULL REFERENCES lists(id), slot TEXT NOT NULL,
  provision TEXT REFERENCES provisions(id), quote TEXT NOT NULL, role TEXT, body TEXT, force TEXT, reach TEXT,
  measure TEXT, legal_basis TEXT, rule TEXT NOT NULL, start INTEGER NOT NULL,
  FOREIGN KEY (list, slot) REFERENCES list_slots(list, slot));
CREATE TABLE citations (
  id INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), provision TEXT REFERENCES provisions(id),
  quote TEXT NOT NULL, verb TEXT NOT NULL, title TEXT, number TEXT, target TEXT,
  target_document TEXT REFERENCES documents(id), rule TEXT NOT NULL, start INTEGER NOT NULL, record TEXT NOT NULL);
CREATE TABLE definitions (
  id INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), provision TEXT REFERENCES provisions(id),
  term TEXT NOT NULL, quote TEXT NOT NULL, rule TEXT NOT NULL, start INTEGER NOT NULL, record TEXT NOT NULL);
CREATE INDEX provisions_by_document ON provisions(document, position);
CREATE INDEX items_by_document ON items(document, start);
CREATE INDEX items_by_due ON items(due);
CREATE INDEX item_actors_by_body ON item_actors(body);
CREATE INDEX item_fields_by_field ON item_fields(field);
CREATE INDEX times_by_document ON times(document, start);
CREATE INDEX lists_by_document ON lists(document);
CREATE INDEX list_facts_by_list ON list_facts(list, slot);
CREATE INDEX list_facts_by_body ON list_facts(body);
CREATE INDEX citations_by_document ON citations(document, start);
CREATE INDEX citations_by_target ON citations(target_document);
CREATE INDEX definitions_by_document ON definitions(document);
