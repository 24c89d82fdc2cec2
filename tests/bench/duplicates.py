#!/usr/bin/env python3
"""Near duplicates: papers of all kinds are archived, then the same sheets scanned again in other ways, and what `sohoa digitize` says they
resemble is held against what they are. Recall: scans whose first scan is named. Precision: of the documents named, those that are the same
paper; all others, of the same kind first of all, are wrong. Prints a table, then every miss and every wrong one.
"""
import argparse, collections, glob, json, os, re, subprocess, tempfile
from bench import BIN, QUIET, SHARED
from fields import TYPES

# name -> (how it is scanned, resolution): all of sheets as an office has them
SCANS = {'first': ('degraded', 300), '1-bit': ('bilevel', 300), 'fax, phone': ('poor', 300), '200 dpi': ('degraded', 200), 'clean': ('clean', 300)}


def scan(folder, name, number, count, seed):
    stratum, dpi = SCANS[name]
    own = os.path.join(folder, f'{number}-{stratum}-{dpi}')
    if not os.path.isdir(own):
        subprocess.run([os.path.join(BIN, 'sohoa-generate'), '--out', own, '--count', str(count), '--seed', str(seed), '--format', 'pdf', '--types', TYPES,
                        '--corpus', os.path.join(SHARED, 'vi/corpus'), '--sheets', 'degraded', '--stratum', stratum, '--scan', str(number), '--dpi', str(dpi)],
                       check=True, **QUIET)
    return sorted(glob.glob(own + '/*.pdf'))


def digitize(files, data):
    ended = subprocess.run([os.path.join(BIN, 'sohoa'), 'digitize', *files, '--data', data, '--json'], check=True, stdout=subprocess.PIPE)
    return [json.loads(line) for line in ended.stdout.decode('utf8').splitlines()]


def paper_of(path):
    return re.search(r'syn-\d+', path)[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--count', type=int, default=96, help='papers; each is scanned five times')
    parser.add_argument('--seed', type=int, default=41)
    parser.add_argument('--keep', help='folder for the scans; made only where they are not there')
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, data = arguments.keep or temporary, os.path.join(temporary, 'data')
        papers, misses, wrong = {}, [], []
        print('| scanned as | documents | recall % | named | precision % | kinds | pages alike | words that differ, median % |\n|---|---|---|---|---|---|---|---|')
        for number, name in enumerate(SCANS):
            lines = digitize(scan(folder, name, number, arguments.count, arguments.seed), data)
            papers.update((line['document'], (paper_of(line['input']), name)) for line in lines)
            found, named, right, alike, pages, differing, kinds = 0, 0, 0, 0, 0, [], collections.Counter()
            for line in lines:
                paper, hit = paper_of(line['input']), False
                for one in line['similar']:
                    other, its_scan = papers[one['document']]
                    named += 1
                    right += other == paper
                    if other != paper:
                        wrong.append(f"{line['input'].split('/')[-1]} ({name}) is no {one['title'].split('/')[-1]}: {one}")
                    elif its_scan == 'first':
                        hit = True
                        kinds[one['kind']] += 1
                        alike += one['pages_alike']
                        pages += one['pages']
                        differing.append(100 * one['differing_words'] / max(1, one['words']))
                found += hit
                if not hit and name != 'first':
                    misses.append(f"{line['input'].split('/')[-1]} ({name})")
            differing.sort()
            print(f"| {name} | {len(lines)} | {100 * found / len(lines):.1f} | {named} | {100 * right / max(1, named):.1f} | "
                  f"{', '.join(f'{kind} {n}' for kind, n in kinds.most_common())} | {alike} of {pages} | {differing[len(differing) // 2] if differing else 0:.1f} |")
        for line in misses:
            print('not found:', line)
        for line in wrong:
            print('wrong:', line)


if __name__ == '__main__':
    main()
