"""The base and what is due -> one foreign format a module, each a pure function from records to text or bytes.

    calendar(rows, as_of, name)                   iCalendar                                         ics.py
    feed(rows, changes, as_of, title)             Atom                                              atom.py
    due_sheet(rows)  list_sheet(lists)            CSV, safe to open in a spreadsheet                sheet.py lists.py
    dataset(…), encode(…), schema()               JSON and its JSON Schema                          dataset.py
    biblatex(meta, …)  csl(meta, …)  plain(…)     citations of a document or a place in it          cite.py
    akoma_ntoso(document, bodies)                 Akoma Ntoso 3.0 XML                               akn.py

The same records and date give the same bytes. The modules are imported one by one, where they are needed: the libraries
behind them are slow to load.
"""
