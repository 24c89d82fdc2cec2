#!/usr/bin/env python3
"""Character error rates of `sohoa digitize` beside the tesseract program (same languages; office pages at 200 dpi), by vi/gold/score.py
of the shared data: full (with reading order), lines (each line against its best substring), base (letters without marks); by stratum.
Behind ours stands the difference to tesseract's in points with its 95 % interval, by a paired bootstrap over pages.
"""
import argparse, collections, csv, glob, os, subprocess, sys, tempfile
import numpy
from bench import BIN, QUIET, SHARED

sys.path.insert(0, os.path.join(SHARED, 'vi/gold'))
from score import score  # noqa: E402

RATES = {'full': 'chars', 'lines': 'n', 'base': 'n'}  # errors, and what they are counted against
DRAWN = ('clean', 'degraded', 'poor', 'seal', 'turned', 'bilevel')
Page = collections.namedtuple('Page', 'stratum file truth languages', defaults=('vie',))


def read(path):
    with open(path, encoding='utf8', errors='replace') as file:
        return file.read()


def gold_pages(folder):
    """One-page PDFs or pictures with their truth, by stratum: colour or 1-bit."""
    with open(os.path.join(SHARED, 'vi/gold/NOTES.tsv'), encoding='utf8') as notes:
        for row in csv.DictReader(notes, delimiter='\t'):
            source = os.path.join(SHARED, row['source'])
            name = row['file'].removesuffix('.gt.txt')
            page = os.path.join(folder, name + os.path.splitext(source)[1])
            if source.endswith('.pdf'):
                subprocess.run(['qpdf', source, '--pages', '.', row['page'], '--', page], check=True)
            else:
                os.symlink(source, page)
            stratum = 'gold 1-bit' if row['colour'].startswith('1-bit') else 'gold colour'
            yield Page(stratum, page, os.path.join(SHARED, 'vi/gold', row['file']))


def tesseract_test_pages():
    """Tesseract's own test pages that have a truth: magazines in columns, and print in several languages; read as English."""
    for truth in sorted(glob.glob(os.path.join(SHARED, 'ocr/tesseract-test/*.txt'))):
        page = truth.removesuffix('.txt') + '.tif'
        if os.path.exists(page):
            yield Page('tesseract-test', page, truth, 'eng')


def synthetic_pages(folder, strata, count, seed):
    for stratum in strata:
        own = os.path.join(folder, stratum)
        subprocess.run([os.path.join(BIN, 'sohoa-generate'), '--out', own, '--count', str(count), '--seed', str(seed), '--format', 'pdf',
                        '--stratum', stratum, '--most-pages', '1', '--corpus', os.path.join(SHARED, 'vi/corpus')], check=True, **QUIET)
        for page in sorted(glob.glob(os.path.join(own, '*.pdf'))):
            yield Page('synthetic ' + stratum, page, page.removesuffix('.pdf') + '.gt.txt')


def pages_of(only, folder, synthetic, seed):
    """The pages whose stratum begins with one of `only`, all where it is empty."""
    def wanted(stratum):
        return not only or any(stratum.startswith(word) for word in only)
    if wanted('gold colour') or wanted('gold 1-bit'):
        yield from (page for page in gold_pages(folder) if wanted(page.stratum))
    if wanted('tesseract-test'):
        yield from tesseract_test_pages()
    if synthetic:
        yield from synthetic_pages(folder, [stratum for stratum in DRAWN if wanted('synthetic ' + stratum)], synthetic, seed)


def sohoa_text(page, folder):
    out = tempfile.mkdtemp(dir=folder)
    subprocess.run([os.path.join(BIN, 'sohoa'), 'digitize', page.file, '--jobs', '1', '--languages', page.languages,
                    '--data', os.path.join(folder, 'data'), '--out', out], check=True, **QUIET)
    return read(glob.glob(os.path.join(out, '*.txt'))[0])


def tesseract_text(page, folder):
    stem = os.path.join(folder, 'page')
    image = stem + '.png'
    if page.stratum == 'tesseract-test':
        image = page.file
    elif page.file.endswith('.pdf'):
        subprocess.run(['pdftoppm', '-r', '200', '-png', '-singlefile', page.file, stem], check=True)
    else:
        subprocess.run(['convert', page.file, '-resize', '66.667%', '-density', '200', '-units', 'PixelsPerInch', image], check=True)
    return subprocess.run(['tesseract', image, '-', '-l', page.languages], env=dict(os.environ, OMP_THREAD_LIMIT='1'), check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode('utf8', 'replace')


def rate(results, key):
    """Per cent over pages."""
    return 100 * sum(r[key] for r in results) / sum(r[RATES[key]] for r in results)


def interval(ours, peers, key, samples=4000):
    """Where 95 % of the differences between the two rates lie when the stratum's pages are drawn anew, with replacement."""
    draws = numpy.random.default_rng(1).integers(len(ours), size=(samples, len(ours)))
    def rates(results):
        errors, counts = (numpy.array([r[k] for r in results])[draws].sum(axis=1) for k in (key, RATES[key]))
        return 100 * errors / counts
    return numpy.percentile(rates(ours) - rates(peers), (2.5, 97.5))


def table(results):
    """`results`: of each stratum and engine the pages' scores, in the same order."""
    lines = ['| pages | who | full % | lines % | base % |', '|---|---|---|---|---|']
    for (group, who), own in sorted(results.items()):
        cells = [f'{rate(own, key):.2f}' for key in RATES]
        peers = results.get((group, 'tesseract'))
        if who == 'sohoa' and peers and len(own) > 1:
            for i, key in enumerate(RATES):
                low, high = interval(own, peers, key)
                cells[i] += f' ({rate(own, key) - rate(peers, key):+.2f}: {low:+.2f} to {high:+.2f})'
        lines.append(f"| {group} | {who} | {' | '.join(cells)} |")
    return '\n'.join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--synthetic', type=int, default=6, help='pages of each synthetic stratum')
    parser.add_argument('--seed', type=int, default=11)
    parser.add_argument('--alone', action='store_true', help='without tesseract')
    parser.add_argument('--pages', action='store_true', help='also a line for every page')
    parser.add_argument('--only', nargs='+', default=[], metavar='STRATUM', help='strata that begin so: gold, tesseract-test, "synthetic seal"')
    arguments = parser.parse_args()
    results = collections.defaultdict(list)
    with tempfile.TemporaryDirectory(prefix='sohoa-accuracy-') as scratch:
        work = os.path.join(scratch, 'pages')
        os.mkdir(work)
        for page in pages_of(arguments.only, work, arguments.synthetic, arguments.seed):
            group, *part = page.stratum.split()
            groups = (page.stratum, group + ' total') if part else (page.stratum,)
            texts = {'sohoa': sohoa_text(page, scratch)}
            if not arguments.alone:
                texts['tesseract'] = tesseract_text(page, scratch)
            for who, text in texts.items():
                result = score(read(page.truth), text)
                for group in groups:
                    results[group, who].append(result)
                if arguments.pages:
                    print(f'{os.path.basename(page.file):44} {who:10} ' + '  '.join(f'{key} {rate([result], key):6.2f} %' for key in RATES), flush=True)
    print(table(results))


if __name__ == '__main__':
    main()
