#!/usr/bin/env python3
"""Peak memory of `sohoa digitize --jobs 2` over all its processes, for one PDF of growing length: it must not grow with it.

The pages are colour JPEG scans at 300 dpi with the head of a document on them, so that thousands can be read in minutes.
"""
import argparse, os, shutil, subprocess, sys, tempfile, time
from bench import BIN, QUIET, Memory


def make_pdf(folder, pages):
    page = os.path.join(folder, 'page.pdf')
    if not os.path.exists(page):
        subprocess.run([os.path.join(BIN, 'sohoa-generate'), '--out', folder, '--count', '1', '--seed', '7', '--format', 'pdf',
                        '--stratum', 'degraded', '--most-pages', '1', '--types', 'giay-moi'], check=True, **QUIET)
        made = [name for name in sorted(os.listdir(folder)) if name.endswith('.pdf')]
        os.rename(os.path.join(folder, made[0]), page)
    pdf = os.path.join(folder, f'{pages}.pdf')
    subprocess.run(['qpdf', '--empty', '--pages', page, ','.join(['1'] * pages), '--', pdf], check=True)
    return pdf


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--pages', default='20,200,2000')
    parser.add_argument('--page', help='a one-page PDF to repeat, instead of a synthetic page')
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix='sohoa-memory-') as scratch:
        if arguments.page:
            shutil.copy(arguments.page, os.path.join(scratch, 'page.pdf'))
        for pages in map(int, arguments.pages.split(',')):
            pdf = make_pdf(scratch, pages)
            work = tempfile.mkdtemp(dir=scratch)
            with Memory() as sampled:
                start = time.monotonic()
                subprocess.run([os.path.join(BIN, 'sohoa'), 'digitize', pdf, '--jobs', '2', '--data', os.path.join(work, 'data')],
                               check=True, **QUIET)
                seconds = time.monotonic() - start
            print(f'{pages} pages: peak {sampled.peak / 1024:.0f} MiB, {pages / seconds:.2f} pages/s', flush=True)
            shutil.rmtree(work)


if __name__ == '__main__':
    sys.exit(main())
