#!/usr/bin/env python3
"""Whether the certainty of a word is what it says: of the words that are given p, a share of p is right. Prints for each set of pages how
many words an officer is asked about and how many of the others are right, the reliability table, and what the choice of words by language
mended and spoiled. With --fit, the weights for ocr/language/word_features.cpp, fitted on sets that the table above does not use.

Sets: gold (scans with a truth by eye), print (word processors' signed PDFs as pictures of three kinds), synthetic by stratum.
"""
import argparse, collections, difflib, glob, json, os, re, subprocess, tempfile, unicodedata
import numpy
from accuracy import gold_pages, synthetic_pages
from bench import BIN, SHARED

PRINTS = {'grey 200 dpi': ['-r', '200', '-png', '-gray'], '1-bit 300 dpi': ['-r', '300', '-mono', '-tiff'],
          'JPEG 150 dpi': ['-r', '150', '-jpeg', '-jpegopt', 'quality=40']}
STRATA = ('clean', 'degraded', 'poor', 'seal', 'bilevel')


def plain(word):
    """Quotation marks and dashes have several forms that a transcript does not tell apart."""
    word = unicodedata.normalize('NFC', word)
    for forms, one in (('“”', '"'), ('‘’', "'"), ('–—‑', '-')):
        for form in forms:
            word = word.replace(form, one)
    return re.sub(r'\.{3,}|…', '...', word)


def truth_of(path):
    with open(path, encoding='utf8') as file:
        text = re.sub(r'^\[(?:stamp|esign)\]$', '', file.read(), flags=re.M)
    return [plain(word) for word in text.split()]


def right_ones(read, truth):
    """Which of the words read stand in the truth: by the longest common sequences, again and again, for the order of columns may differ."""
    right = [False] * len(read)
    ours, theirs = list(range(len(read))), list(range(len(truth)))
    for turn in range(6):
        match = difflib.SequenceMatcher(None, [read[i] for i in ours], [truth[j] for j in theirs], autojunk=False)
        used_ours, used_theirs = set(), set()
        for a, b, size in match.get_matching_blocks():
            if size >= (1 if turn == 0 else 3):
                used_ours.update(range(a, a + size))
                used_theirs.update(range(b, b + size))
        if not used_ours:
            break
        for k in used_ours:
            right[ours[k]] = True
        ours = [i for k, i in enumerate(ours) if k not in used_ours]
        theirs = [j for k, j in enumerate(theirs) if k not in used_theirs]
    return right


def words_of(pages):
    """(words, right) of all pages; `pages` maps files to their truths."""
    by_file = collections.defaultdict(list)
    listed = subprocess.run([os.path.join(BIN, 'sohoa-words'), *pages], check=True, stdout=subprocess.PIPE).stdout
    for line in listed.decode().splitlines():
        word = json.loads(line)
        by_file[word['file']].append(word)
    words, right = [], []
    for file, its in by_file.items():
        words += its
        right += right_ones([plain(word['text']) for word in its], truth_of(pages[file]))
    return words, numpy.array(right, float)


def printed_pages(folder, options):
    for source in sorted(glob.glob(os.path.join(SHARED, 'vi/born-digital/*.pdf'))):
        name = os.path.join(folder, os.path.basename(source).removesuffix('.pdf'))
        subprocess.run(['pdftoppm', *options, source, name], check=True)
        for page in sorted(glob.glob(glob.escape(name) + '-*')):
            yield page, source.removesuffix('.pdf') + '.gt.txt'


def sets_of(folder, count, seed):
    def own(name):
        path = os.path.join(folder, name.replace(' ', '-'))
        os.makedirs(path)
        return path
    gold = {'gold colour': {}, 'gold 1-bit': {}}
    for page in gold_pages(own('gold')):
        gold[page.stratum][page.file] = page.truth
    yield from gold.items()
    for name, options in PRINTS.items():
        yield 'print ' + name, dict(printed_pages(own(name), options))
    for page_set in STRATA:
        yield 'synthetic ' + page_set, {page.file: page.truth for page in synthetic_pages(own(page_set), [page_set], count, seed)}


def fit(features, right):
    """Logistic regression by Newton's method, with a light pull to zero."""
    weights = numpy.zeros(features.shape[1])
    for _ in range(40):
        p = 1 / (1 + numpy.exp(-features @ weights))
        slope = features.T @ (p - right) + weights
        weights -= numpy.linalg.solve((features * (p * (1 - p))[:, None]).T @ features + numpy.eye(len(weights)), slope)
    return weights


def table(certainty, right):
    print('| certainty | words | right % |\n|---|---|---|')
    edges = [0, .2, .5, .8, .9, .95, .97, .98, .99, .995, 1.001]
    for low, high in zip(edges, edges[1:]):
        within = (certainty >= low) & (certainty < high)
        if within.any():
            print(f'| {low:g} to {min(high, 1):g} | {within.sum()} | {100 * right[within].mean():.2f} |')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--synthetic', type=int, default=6, help='documents of each stratum')
    parser.add_argument('--seed', type=int, default=31)
    parser.add_argument('--fit', action='store_true', help='print weights, fitted on the print and synthetic sets')
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = {name: words_of(pages) for name, pages in sets_of(folder, arguments.synthetic, arguments.seed)}
    print('| pages | words | right % | asked % | right above % | without language: asked % for as much |\n|---|---|---|---|---|---|')
    kinds = collections.defaultdict(list)
    for name, (words, right) in measured.items():
        kinds[name].append((words, right))
        kinds['**' + name.split()[0] + '**'].append((words, right))
    for name, parts in kinds.items():
        words = [word for its, _ in parts for word in its]
        right = numpy.concatenate([its for _, its in parts])
        sure = numpy.array([not word['doubtful'] for word in words])
        order = numpy.argsort([-word['without'] for word in words], kind='stable')
        good = numpy.cumsum(right[order]) / numpy.arange(1, len(order) + 1)
        enough = numpy.nonzero(good >= right[sure].mean())[0]
        asked = 100 * (1 - (enough[-1] + 1) / len(order)) if len(enough) else 100
        print(f'| {name} | {len(words)} | {100 * right.mean():.2f} | {100 * (1 - sure.mean()):.1f} | {100 * right[sure].mean():.2f} | {asked:.1f} |')
    every = [(word, ok) for words, right in measured.values() for word, ok in zip(words, right)]
    print()
    table(numpy.array([word['certainty'] for word, _ in every]), numpy.array([ok for _, ok in every]))
    if arguments.fit:
        training = [(word, ok) for name, (words, right) in measured.items() if not name.startswith('gold') for word, ok in zip(words, right)]
        right = numpy.array([ok for _, ok in training])
        for which in ('with_language', 'without_language'):
            weights = fit(numpy.array([word[which] for word, _ in training], float), right)
            print(which, ', '.join(f'{weight:.2f}F' for weight in weights))


if __name__ == '__main__':
    main()
