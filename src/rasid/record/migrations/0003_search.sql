-- Full text. Kept are the words as they are looked up, one for each word of the text and in its order, without clitics and ال and
-- the letters that are written now so, now otherwise; rowid is articles.key. The index holds no text of its own.

CREATE VIRTUAL TABLE article_words USING fts5 (title, body, content = '', tokenize = 'unicode61 remove_diacritics 0');
INSERT INTO article_words (rowid, title, body) SELECT key, searchable(coalesce(title, '')), searchable(text) FROM articles;
