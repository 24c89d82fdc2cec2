#!/usr/bin/env python3
"""Sohoa beside the tesseract program and ocrmypdf: the same pages, alternating, minimum / median / maximum and the ratio.

(a) tesseract: one process a page, two at a time, OMP_THREAD_LIMIT=1, text output only (its pages are rasterised before)
(b) ocrmypdf --jobs 2 -l vie --output-type pdfa --force-ocr, one file after another
(c) sohoa digitize --jobs 2 with PDF/A, text, ALTO, JSON and the archive

Then reading alone, pixels to words on one core, against Tesseract's API with the model loaded, and what each stage costs
(sohoa-reading-bench).

Peak memory is the proportional set size of all processes of a run together, sampled ten times a second.
"""
import argparse, concurrent.futures, glob, json, os, shutil, statistics, subprocess, sys, tempfile, threading, time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.environ.get('SOHOA_BIN', os.path.join(ROOT, 'build/release/bin'))
SHARED = os.path.join(ROOT, '../shared/data')
QUIET = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Memory(threading.Thread):
    """Samples the memory of this process's descendants while a run goes on."""
    def __init__(self):
        super().__init__(daemon=True)
        self.peak, self.done = 0, threading.Event()

    @staticmethod
    def descendants():
        parents = {}
        for path in glob.glob('/proc/[0-9]*/stat'):
            try:
                with open(path) as stat:
                    text = stat.read()
                parents.setdefault(int(text[text.rindex(')') + 2:].split()[1]), []).append(int(path.split('/')[2]))
            except OSError:
                pass
        found, todo = [], [os.getpid()]
        while todo:
            children = parents.get(todo.pop(), [])
            found += children
            todo += children
        return found

    def run(self):
        while not self.done.wait(0.1):
            total = 0
            for pid in self.descendants():
                try:
                    with open(f'/proc/{pid}/smaps_rollup') as rollup:
                        total += sum(int(line.split()[1]) for line in rollup if line.startswith('Pss:'))
                except OSError:
                    pass
            self.peak = max(self.peak, total)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.join()


def page_count(pdf):
    out = subprocess.run(['pdfinfo', pdf], capture_output=True, text=True, check=True).stdout
    return next(int(line.split()[1]) for line in out.splitlines() if line.startswith('Pages:'))


def tesseract(images, work):
    environment = dict(os.environ, OMP_THREAD_LIMIT='1')
    def one(image):
        subprocess.run(['tesseract', image, os.path.join(work, os.path.basename(image)), '-l', 'vie'], env=environment,
                       check=True, **QUIET)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(one, images))


def ocrmypdf(pdfs, work):
    for pdf in pdfs:
        subprocess.run(['ocrmypdf', '--jobs', '2', '-l', 'vie', '--output-type', 'pdfa', '--force-ocr', pdf,
                        os.path.join(work, os.path.basename(pdf))], check=True, **QUIET)


def sohoa(pdfs, work):
    subprocess.run([os.path.join(BIN, 'sohoa'), 'digitize', *pdfs, '--jobs', '2', '--data', os.path.join(work, 'data'),
                    '--out', os.path.join(work, 'out'), '--json'], check=True, stdout=subprocess.DEVNULL)


def rasterise(pdfs, folder):
    images = []
    for pdf in pdfs:
        stem = os.path.join(folder, os.path.splitext(os.path.basename(pdf))[0])
        subprocess.run(['pdftoppm', '-r', '300', '-png', pdf, stem], check=True)
    images = sorted(glob.glob(os.path.join(folder, '*.png')))
    return images


def synthetic(folder, pages, seed):
    subprocess.run([os.path.join(BIN, 'sohoa-generate'), '--out', folder, '--count', str(pages), '--seed', str(seed),
                    '--format', 'pdf', '--stratum', 'degraded', '--most-pages', '1', '--corpus', os.path.join(SHARED, 'vi/corpus')],
                   check=True, **QUIET)
    return sorted(glob.glob(os.path.join(folder, '*.pdf')))


def measure(name, pdfs, rounds, peers, scratch):
    images = rasterise(pdfs, tempfile.mkdtemp(dir=scratch))
    pages = sum(map(page_count, pdfs))
    runs = {'tesseract': lambda w: tesseract(images, w), 'ocrmypdf': lambda w: ocrmypdf(pdfs, w),
            'sohoa': lambda w: sohoa(pdfs, w)}
    runs = {peer: run for peer, run in runs.items() if peer in peers}
    seconds, memory = {peer: [] for peer in runs}, {peer: 0 for peer in runs}
    for number in range(rounds):
        for peer, run in runs.items():
            work = tempfile.mkdtemp(dir=scratch)
            with Memory() as sampled:
                start = time.monotonic()
                run(work)
                seconds[peer].append(time.monotonic() - start)
            memory[peer] = max(memory[peer], sampled.peak)
            shutil.rmtree(work)
            print(f'{name} round {number + 1} {peer}: {pages / seconds[peer][-1]:.2f} pages/s', file=sys.stderr)
    return dict(name=name, pages=pages, seconds=seconds, memory_mib={p: m / 1024 for p, m in memory.items()})


def table(results):
    lines = ['| pages | who | pages/s min | median | max | sohoa is faster by | peak MiB |', '|---|---|---|---|---|---|---|']
    for result in results:
        rates = {peer: sorted(result['pages'] / s for s in times) for peer, times in result['seconds'].items()}
        for peer, rate in rates.items():
            ratio = ''
            if peer != 'sohoa' and 'sohoa' in rates:
                pairs = [b / a for a, b in zip(result['seconds']['sohoa'], result['seconds'][peer])]
                ratio = f'{statistics.median(pairs):.2f}'
            lines.append(f"| {result['name']} ({result['pages']}) | {peer} | {rate[0]:.2f} | {statistics.median(rate):.2f} "
                         f"| {rate[-1]:.2f} | {ratio} | {result['memory_mib'][peer]:.0f} |")
    return '\n'.join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--synthetic', type=int, default=50, help='documents to generate; 0 for none')
    parser.add_argument('--real', default=os.path.join(SHARED, 'vi/scans-signed'), help="folder of PDFs; '' for none")
    parser.add_argument('--limit', type=int, default=0, help='take only so many PDFs of each set')
    parser.add_argument('--seed', type=int, default=2026)
    parser.add_argument('--reading', type=int, default=2, help='rounds of reading alone; 0 for none')
    parser.add_argument('--peers', default='tesseract,ocrmypdf,sohoa')
    parser.add_argument('--out', default=os.path.join(ROOT, 'build/bench.md'))
    arguments = parser.parse_args()
    results = []
    with tempfile.TemporaryDirectory(prefix='sohoa-bench-') as scratch:
        sets = []
        if arguments.real:
            sets.append(('real scans', sorted(glob.glob(os.path.join(arguments.real, '*.pdf')))))
        if arguments.synthetic:
            sets.append(('synthetic', synthetic(os.path.join(scratch, 'synthetic'), arguments.synthetic, arguments.seed)))
        for name, pdfs in sets:
            pdfs = pdfs[:arguments.limit] if arguments.limit else pdfs
            results.append(measure(name, pdfs, arguments.rounds, arguments.peers.split(','), scratch))
    with open('/proc/cpuinfo') as cpuinfo:
        model = next((line.split(':')[1].strip() for line in cpuinfo if line.startswith('model name')), 'unknown')
    text = f'{os.cpu_count()} cores, {model}\n\n{table(results)}\n'
    if arguments.reading and arguments.real:
        files = sorted(glob.glob(os.path.join(arguments.real, '*.pdf')))
        text += '\n' + subprocess.run(['taskset', '-c', '0', os.path.join(BIN, 'sohoa-reading-bench'), '--rounds', str(arguments.reading)]
                                      + (files[:arguments.limit] if arguments.limit else files), check=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    print(text)
    with open(arguments.out, 'w') as out:
        out.write(text)
    with open(os.path.splitext(arguments.out)[0] + '.json', 'w') as out:
        json.dump(results, out, indent=1)


if __name__ == '__main__':
    main()
