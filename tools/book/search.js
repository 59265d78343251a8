// The search page: what a search finds, and in which order (tools/book/search.py).
{
  const { pages, places, words } = PLACES;
  const MOST = 3; // places of one page
  const GOOD = 1 / 5; // of the best's weight, to be shown beside a better one of its page

  // how much each place says of a word; of a part of a word, where it is no word
  const weigh = (term) => {
    const parts =
      term.length > 2 ? Object.keys(words).filter((x) => x.includes(term)) : [];
    const weights = new Map();
    for (const word of Object.hasOwn(words, term) ? [term] : parts) {
      const found = words[word];
      let place = 0; // each is written as its distance from the one before
      for (let i = 0; i < found.length; i += 2) {
        place += found[i];
        weights.set(place, (weights.get(place) ?? 0) + found[i + 1]);
      }
    }
    return weights;
  };

  // 1 for an entry of the library that has the name in its own; 2, and it leads, for its
  // very name, if that is no plain word as dropout or ReLU, but as max_pool2d
  const named = ([page, anchor], name) => {
    const full = anchor.toLowerCase();
    const is = `.${full}`.endsWith(`.${name}`);
    const last = anchor.split(".").pop();
    if (pages[page][2] < 2 || !(is || last.toLowerCase().includes(name))) return 0;
    const isWord = !name.includes(".") && !/[_\d]|[a-z][A-Z][a-z]/.test(last);
    return is && !isWord ? 2 : 1;
  };

  // pages that have all of the words, and of each its best places
  const find = (query, terms) => {
    const name = query.trim().toLowerCase().replace(/\(\)$/, "");
    const found = new Map();
    const has = new Map(); // page: its words
    const at = (place) => {
      if (!found.has(place))
        found.set(place, {
          place,
          hits: 0,
          weight: 0,
          name: named(places[place], name),
        });
      return found.get(place);
    };
    for (const term of terms)
      for (const [place, weight] of weigh(term)) {
        const [page] = places[place];
        has.set(page, (has.get(page) ?? new Set()).add(term));
        at(place).hits++;
        at(place).weight += weight;
      }
    if (terms.size && name.length > 2)
      places.forEach((place, i) => {
        if (named(place, name)) at(i).hits = terms.size;
      });
    const rank = ({ place }) => pages[places[place][0]][2];
    const order = (a, b) =>
      (b.name === 2) - (a.name === 2) ||
      b.hits - a.hits ||
      rank(a) - rank(b) ||
      b.name - a.name ||
      b.weight - a.weight;
    const best = new Map(); // rank: its best place
    const shown = new Map(); // page: how many places
    return [...found.values()].sort(order).filter((hit) => {
      const [page] = places[hit.place];
      if (hit.name) return true;
      if ((has.get(page)?.size ?? 0) < terms.size) return false;
      if (!best.has(rank(hit))) best.set(rank(hit), hit);
      const { hits, weight } = best.get(rank(hit));
      const isGood = hit.hits === hits && hit.weight >= GOOD * weight;
      const before = shown.get(page) ?? 0;
      if (before && !(isGood && before < MOST)) return false;
      shown.set(page, before + 1);
      return true;
    });
  };

  // Sphinx shows the last first
  Search._performSearch = (query, terms) =>
    find(query, terms)
      .reverse()
      .map(({ place, weight }) => {
        const [page, anchor, heading] = places[place];
        const [file, title] = pages[page];
        const name = heading ? `${title} > ${heading}` : title;
        return [file, name, anchor && `#${anchor}`, null, weight, file];
      });

  // an anchor may begin with a figure, which a selector may not
  const toText = Search.htmlToText;
  Search.htmlToText = (html, anchor) =>
    toText(html, anchor && `#${CSS.escape(anchor.slice(1))}`);

  // the results say by themselves that the search has finished
  Documentation.TRANSLATIONS[
    "Search finished, found ${resultCount} page(s) matching the search query."
  ] = "${resultCount} found, the best first.";
  // the book has no categories that one could select
  Documentation.TRANSLATIONS[
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories."
  ] = "Nothing found. Is each word spelled as the book has it?";
  const search = Search.performSearch;
  Search.performSearch = (query) => {
    search(query);
    Search.status.setAttribute("role", "status");
  };
}
