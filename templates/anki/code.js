/* Code in its colours, where its language is known by a fence such as ```python. What is in a gap
   stays as the gap shows it. */
(function () {
  "use strict";
  const SHARED = "as assert async await break case catch class const continue def default del do elif else enum except " +
    "export extends False false finally fn for from func function global if import in is lambda let match new nil None not " +
    "null or and pass raise return static struct switch this throw trait True true try type typeof var while with yield";
  const OF_C = " abstract bool byte char defer delete double extern final float go goto impl implements instanceof int " +
    "interface internal long mut namespace package private protected pub public short signed sizeof super template throws " +
    "typedef union unsafe unsigned use using val virtual void volatile where";
  const OF_WORDS = " begin done elsif end esac fi local module of rescue self then undef unless until when where";
  const OF_SQL = "all alter and as asc between by case create delete desc distinct drop else end exists foreign from full " +
    "group having in index inner insert into is join key left like limit not null on or order outer primary references right " +
    "select set table then union unique update using values view when where with";
  /* By the names of languages: how a comment looks, and the words that are the language's own. */
  const FAMILIES = [
    [/^(py(thon)?|ya?ml|toml|r|perl|dockerfile)$/, "#.*", SHARED],
    [/^((ba|z)?sh|shell|ruby|rb|make(file)?|julia|elixir|powershell)$/, "#.*", SHARED + OF_WORDS],
    [/sql$/, "--.*|\\/\\*[^]*?\\*\\/", OF_SQL],
    [/^(haskell|hs|lua|ada|elm)$/, "--.*", SHARED + OF_WORDS],
    [/^((la)?tex|matlab|octave|prolog|erlang)$/, "%.*", SHARED + OF_WORDS],
    [/^(lisp|clojure|scheme|asm|ini)$/, ";.*", ""],
    [/^(html|xml|svg)$/, "<!-{2}[^]*?-{2}>", ""],
    [/./, "\\/\\/.*|\\/\\*[^]*?\\*\\/", SHARED + OF_C],
  ];
  const NO_CODE = /^(|te?xt|plain|console|output|none)$/;
  const STRING = '"""[^]*?"""|"(?:\\\\.|[^"\\\\\\n])*"|`[^`]*`';
  const OR_SINGLE = "|'''[^]*?'''|'(?:\\\\.|[^'\\\\\\n])*'";
  const NO_SINGLE = /^(rust|rs|haskell|hs|lisp|scheme|clojure|ocaml|ml)$/;

  document.querySelectorAll(".qz pre > code").forEach((code) => {
    const language = (/\blanguage-(\S+)/.exec(code.className) || ["", ""])[1].toLowerCase();
    if (NO_CODE.test(language)) return;
    const [, comment, words] = FAMILIES.find(([known]) => known.test(language));
    const keywords = new Set(words.split(" "));
    const plain = (word) => (/sql$/.test(language) ? word.toLowerCase() : word);
    const string = STRING + (NO_SINGLE.test(language) ? "" : OR_SINGLE);
    const pieces = new RegExp(`(${comment})|(${string})|(\\b\\d[\\w.]*)|([A-Za-z_$][\\w$]*)`, "g");
    const walk = document.createTreeWalker(code, NodeFilter.SHOW_TEXT), texts = [];
    while (walk.nextNode()) if (!walk.currentNode.parentElement.closest(".cloze")) texts.push(walk.currentNode);
    texts.forEach((node) => node.replaceWith(coloured(node.data, pieces, (word) => keywords.has(plain(word)))));
  });

  function coloured(text, pieces, isKeyword) {
    const out = document.createDocumentFragment();
    let last = 0;
    text.replace(pieces, (piece, comment, string, number, word, at) => {
      const ofWord = word && isKeyword(word) ? "keyword" : "";
      const kind = comment ? "comment" : string ? "string" : number ? "number" : ofWord;
      if (!kind) return piece;
      out.append(text.slice(last, at));
      const made = document.createElement("span");
      made.className = "code-" + kind;
      made.textContent = piece;
      out.append(made);
      last = at + piece.length;
      return piece;
    });
    out.append(text.slice(last));
    return out;
  }
})();
