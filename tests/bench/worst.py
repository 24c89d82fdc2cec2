#!/usr/bin/env python3
"""Pages that are hard on a layout: what each takes, who laid it out, and what was said of it."""
import glob, json, os, random, subprocess, sys, tempfile, time
from bench import BIN, QUIET, SHARED


def draw(folder):
    def convert(name, *arguments):
        subprocess.run(['convert', *arguments, '-units', 'PixelsPerInch', os.path.join(folder, name)], check=True, **QUIET)

    a4 = ['-size', '2480x3508', '-density', '300']
    convert('blank.png', *a4, 'xc:white')
    convert('speckle.png', *a4, 'xc:white', '-seed', '1', '+noise', 'Random', '-colorspace', 'Gray', '-threshold', '97%')
    convert('heavy-speckle.png', *a4, 'xc:white', '-seed', '2', '+noise', 'Random', '-colorspace', 'Gray', '-threshold', '80%')
    convert('halftone.png', *a4, 'plasma:grey20-grey90', '-colorspace', 'Gray', '-ordered-dither', 'h8x8a')
    convert('photograph.jpg', *a4, '-seed', '3', 'plasma:fractal', '-colorspace', 'Gray')
    # Some 10,000 words: twenty-four scanned pages on one sheet.
    stem = os.path.join(folder, 'part')
    for pdf in sorted(glob.glob(os.path.join(SHARED, 'vi/scans-signed/*.pdf'))):
        subprocess.run(['pdftoppm', '-r', '120', '-gray', pdf, f'{stem}-{os.path.basename(pdf)}'], check=True, **QUIET)
    parts = sorted(glob.glob(stem + '*'))
    subprocess.run(['montage', *parts[:24], '-tile', '6x4', '-geometry', '1000x1400+0+0', '-density', '300', '-units', 'PixelsPerInch',
                    os.path.join(folder, '10000-words.png')], check=True, **QUIET)
    for part in parts:
        os.remove(part)
    lines = []
    dice = random.Random(7)
    for _ in range(900):
        x, y = dice.randrange(4900), dice.randrange(7000)
        lines += ['-draw', f'line {x},{y} {x + dice.randrange(-600, 600)},{y + dice.randrange(-600, 600)}']
    convert('a0-plan.png', '-size', '4967x7022', '-density', '150', 'xc:white', '-stroke', 'black', '-strokewidth', '2', *lines)
    newspaper = os.path.join(SHARED, 'ocr/tesseract-test/8087_054.3B.tif')
    os.symlink(newspaper, os.path.join(folder, 'newspaper.tif'))


def main():
    print('| page | CPU s by stage | wall s | read by | words | said |\n|---|---|---|---|---|---|')
    with tempfile.TemporaryDirectory(prefix='sohoa-worst-') as scratch:
        pages = os.path.join(scratch, 'pages')
        os.mkdir(pages)
        draw(pages)
        slowest = 0
        for page in sorted(os.listdir(pages)):
            out = os.path.join(scratch, page + '.out')
            start = time.monotonic()
            subprocess.run([os.path.join(BIN, 'sohoa'), 'digitize', os.path.join(pages, page), '--jobs', '1', '--data',
                            os.path.join(scratch, 'data'), '--out', out], **QUIET)
            wall = time.monotonic() - start
            slowest = max(slowest, wall)
            results = glob.glob(os.path.join(out, '*.json'))
            if not results:
                print(f'| {page} | | {wall:.2f} | not archived | | |')
                continue
            with open(results[0], encoding='utf8') as file:
                read = json.load(file)['pages'][0]
            words = sum(len(line['words']) for block in read['blocks'] for line in block['lines'])
            stages = ' '.join(f'{name} {seconds:.2f}' for name, seconds in sorted(read['times'].items()))
            said = ', '.join(finding['code'] for finding in read['findings'])
            print(f"| {page} | {stages} | {wall:.2f} | {read.get('engine', '')} | {words} | {said} |", flush=True)
    return 0 if slowest <= 10 else 1


if __name__ == '__main__':
    sys.exit(main())
