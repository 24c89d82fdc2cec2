#!/usr/bin/env python3
"""Character error rates of `sohoa digitize` beside the tesseract program (vie, 200 dpi), by vi/gold/score.py of the shared data:
full (with reading order), lines (each line against its best substring), base (letters without marks); by stratum.
"""
import argparse, collections, csv, glob, os, subprocess, sys, tempfile
from bench import BIN, QUIET, SHARED

sys.path.insert(0, os.path.join(SHARED, 'vi/gold'))
from score import score  # noqa: E402

KEYS = ('chars', 'full', 'n', 'lines', 'base')


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
            yield stratum, page, os.path.join(SHARED, 'vi/gold', row['file'])


def synthetic_pages(folder, count, seed):
    for stratum in ('clean', 'degraded', 'poor', 'seal', 'turned', 'bilevel'):
        own = os.path.join(folder, stratum)
        subprocess.run([os.path.join(BIN, 'sohoa-generate'), '--out', own, '--count', str(count), '--seed', str(seed), '--format', 'pdf',
                        '--stratum', stratum, '--most-pages', '1', '--corpus', os.path.join(SHARED, 'vi/corpus')], check=True, **QUIET)
        for page in sorted(glob.glob(os.path.join(own, '*.pdf'))):
            yield 'synthetic ' + stratum, page, page.removesuffix('.pdf') + '.gt.txt'


def tesseract_text(page, folder):
    stem = os.path.join(folder, 'page')
    if page.endswith('.pdf'):
        subprocess.run(['pdftoppm', '-r', '200', '-png', '-singlefile', page, stem], check=True)
    else:
        subprocess.run(['convert', page, '-resize', '66.667%', '-density', '200', '-units', 'PixelsPerInch', stem + '.png'], check=True)
    return subprocess.run(['tesseract', stem + '.png', '-', '-l', 'vie'], env=dict(os.environ, OMP_THREAD_LIMIT='1'), check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode('utf8', 'replace')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--synthetic', type=int, default=6, help='pages of each synthetic stratum')
    parser.add_argument('--seed', type=int, default=11)
    parser.add_argument('--alone', action='store_true', help='without tesseract')
    parser.add_argument('--pages', action='store_true', help='also a line for every page')
    arguments = parser.parse_args()
    totals = collections.defaultdict(lambda: dict.fromkeys(KEYS, 0))
    with tempfile.TemporaryDirectory(prefix='sohoa-accuracy-') as scratch:
        work = os.path.join(scratch, 'pages')
        os.mkdir(work)
        pages = list(gold_pages(work))
        if arguments.synthetic:
            pages += list(synthetic_pages(work, arguments.synthetic, arguments.seed))
        for stratum, page, truth in pages:
            out = tempfile.mkdtemp(dir=scratch)
            subprocess.run([os.path.join(BIN, 'sohoa'), 'digitize', page, '--jobs', '1', '--data', os.path.join(scratch, 'data'),
                            '--out', out], check=True, **QUIET)
            texts = {'sohoa': read(glob.glob(os.path.join(out, '*.txt'))[0])}
            if not arguments.alone:
                texts['tesseract'] = tesseract_text(page, scratch)
            for who, text in texts.items():
                result = score(read(truth), text)
                for group in (stratum, stratum.split()[0] + ' total'):
                    for key in KEYS:
                        totals[group, who][key] += result[key]
                if arguments.pages:
                    print(f"{os.path.basename(page):44} {who:10} full {result['full'] / result['chars']:7.2%}  lines "
                          f"{result['lines'] / result['n']:7.2%}", flush=True)
    print('| pages | who | full % | lines % | base % |\n|---|---|---|---|---|')
    for (group, who), t in sorted(totals.items()):
        print(f"| {group} | {who} | {100 * t['full'] / t['chars']:.2f} | {100 * t['lines'] / t['n']:.2f} | {100 * t['base'] / t['n']:.2f} |")


if __name__ == '__main__':
    main()
