// The search page: a result leads to the section (tools/book/search.py).
{
  const HITS = 1000; // that a word is there weighs more than how often

  // the place that has the most of the words, and has them most often
  const best = ({ at, words }, terms) => {
    const scores = at.map(() => 0);
    for (const term of terms) {
      const parts =
        term.length > 2 ? Object.keys(words).filter((x) => x.includes(term)) : [];
      const counts = {};
      for (const word of Object.hasOwn(words, term) ? [term] : parts) {
        const found = words[word];
        for (let i = 0; i < found.length; i += 2)
          counts[found[i]] = (counts[found[i]] ?? 0) + found[i + 1];
      }
      for (const [place, n] of Object.entries(counts)) scores[place] += HITS + n;
    }
    return at[scores.indexOf(Math.max(...scores))];
  };

  const findPages = Search.performTermsSearch;
  Search.performTermsSearch = (words, ...others) => {
    // Sphinx looks words up in objects, which have names of their own
    const terms = new Set([...words].filter((word) => !(word in Object.prototype)));
    return findPages(terms, ...others).map(([page, title, anchor, ...rest]) => {
      const [place, heading] = best(PLACES[page], terms);
      return place
        ? [page, `${title} > ${heading}`, `#${place}`, ...rest]
        : [page, title, anchor, ...rest];
    });
  };

  // a place may be found by its title, by its name and by its words; the best is last
  const findAll = Search._performSearch;
  Search._performSearch = (...query) => {
    const places = new Map();
    for (const result of findAll(...query).reverse()) {
      const place = result[0] + result[2];
      if (!places.has(place)) places.set(place, result);
    }
    return [...places.values()].reverse();
  };

  // an anchor may begin with a figure, which a selector may not
  const toText = Search.htmlToText;
  Search.htmlToText = (html, anchor) =>
    toText(html, anchor && `#${CSS.escape(anchor.slice(1))}`);

  // the results say by themselves that the search has finished
  Documentation.TRANSLATIONS[
    "Search finished, found ${resultCount} page(s) matching the search query."
  ] = "${resultCount} found, the best first.";
  const search = Search.performSearch;
  Search.performSearch = (query) => {
    search(query);
    Search.status.setAttribute("role", "status");
  };
}
