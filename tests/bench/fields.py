#!/usr/bin/env python3
"""Fields and kinds of papers that `sohoa digitize` finds, against what is true: the gold documents, crops of single fields, and synthetic
documents of degraded strata. Prints for each field how many values are exact, how many an officer is asked about, and how many are wrong
though nobody is asked ("sure and wrong"); then every miss with what was expected, what came out and why it was doubted.

What a pen wrote must not be guessed: there the field counts as right where it is sent to review, or is sure and exact.
"""
import argparse, collections, csv, glob, json, os, re, subprocess, sys, tempfile, unicodedata
from bench import BIN, QUIET, SHARED

TYPES = ('quyet-dinh,thong-bao,to-trinh,bao-cao,cong-van,chi-thi,ke-hoach,huong-dan,giay-moi,bien-ban,giay-uy-quyen,nghi-quyet,'
         'giay-xac-nhan-tinh-trang-hon-nhan,giay-chung-nhan-dang-ky-doanh-nghiep,can-cuoc-cong-dan,ho-chieu')
STRATA = ('degraded', 'bilevel', 'seal', 'poor')
TEXT = ('issuing_agency', 'parent_agency', 'number_symbol', 'place', 'issue_date', 'document_type', 'abstract', 'signer_title', 'signer_name',
        'urgency', 'validity')
LISTS = ('addressees', 'recipients', 'personal_identifiers', 'old_identity_numbers', 'tax_codes', 'travel_document_numbers', 'owner_names')
BARS = {'number_symbol': 97, 'issue_date': 97, 'document_type': 98, 'issuing_agency': 95, 'signer_name': 95}


def plain(value):
    """For comparing: NFC, one blank for many, the mark of oa, oe, uy on the first vowel (two ways to write the same)."""
    value = re.sub(r'\b(TM|KT|TL|TUQ)\. ?', r'\1. ', value or '')
    value = ' '.join(unicodedata.normalize('NFC', value or '').split()).strip(' .;,:')
    for pair in ('oà òa', 'oá óa', 'oả ỏa', 'oã õa', 'oạ ọa', 'uỷ ủy', 'uý úy', 'uỳ ùy', 'uỵ ụy', 'oè òe', 'oẻ ỏe'):
        new, old = pair.split()
        for form in (str, str.upper, str.capitalize):
            value = re.sub(form(new) + r'(?!\w)', form(old), value)
    return value


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a):
        diagonal, row[0] = row[0], i + 1
        for j, y in enumerate(b):
            diagonal, row[j + 1] = row[j + 1], min(diagonal + (x != y), row[j + 1] + 1, row[j] + 1)
    return row[-1]


class Tally:
    """What became of one field over documents."""
    def __init__(self):
        self.count = self.exact = self.asked = self.by_pen = self.caught = self.sure_and_wrong = 0
        self.letters = self.errors = 0
        self.misses = []

    def add(self, name, true, found, by_pen=False):
        value, review = (found or {}).get('value', ''), (found or {}).get('review')
        right = plain(value) == plain(true)
        self.asked += bool(review)
        self.letters += len(plain(true))
        self.errors += distance(plain(true), plain(value))
        wrong_and_sure = not right and not review and bool(value)
        self.sure_and_wrong += wrong_and_sure
        if by_pen:
            self.by_pen += 1
            self.caught += right or bool(review)
        else:
            self.count += 1
            self.exact += right
        if not right and (not by_pen or wrong_and_sure):
            self.misses.append((name, plain(true), plain(value) or '(nothing)', review or ('SURE' if value else 'not found')))

    def row(self, field):
        share = f'{100 * self.exact / self.count:.2f}' if self.count else '-'
        pen = f'{self.caught} of {self.by_pen}' if self.by_pen else '-'
        cer = f'{100 * self.errors / self.letters:.2f}' if self.letters else '-'
        return f'| {field} | {self.count} | {share} | {cer} | {self.asked} | {pen} | {self.sure_and_wrong} |'


def score(tallies, name, truth, found):
    fields = found['fields']
    for field in TEXT:
        true = truth.get(field)
        if true is None or (not true and field not in fields):
            continue
        by_pen = (field == 'validity' and truth.get('date_handwritten') and '-' in true) or (field == 'number_symbol' and truth.get('number_handwritten')) or (field == 'issue_date' and truth.get('date_handwritten'))
        tallies[field].add(name, true, fields.get(field), by_pen)
        if by_pen and field == 'number_symbol':  # the symbol is printed all the same
            value = fields.get(field, {}).get('value', '')
            part = {'value': value[value.find('/'):] if '/' in value else '', 'review': 'by pen'}
            tallies['number_symbol: symbol'].add(name, true[true.find('/'):], part)
        if by_pen and field == 'issue_date' and truth.get('date_handwritten_parts', 'day') == 'day':
            tallies['issue_date: month, year'].add(name, true[:7], {'value': fields.get(field, {}).get('value', '')[:7], 'review': 'by pen'})
    for field in LISTS:
        if field not in truth:
            continue
        true, items = [plain(x) for x in truth[field]], fields.get(field, [])
        for item in true:
            same = next((i for i in items if plain(i['value']) == item), None)
            near = min(items, key=lambda i: distance(plain(i['value']), item), default=None)
            tallies[field].add(name, item, same or near)
        for item in items:
            if plain(item['value']) not in true and len(items) > len(true):
                tallies[field + ': too many'].add(name, '', item)
    if truth.get('type_code'):
        kind = found['classification']
        tallies['classification'].add(name, truth['type_code'], dict(kind, value=kind['type']))


def report(title, tallies, most_misses):
    print(f'\n## {title}\n\n| field | printed | exact % | CER % | asked | by pen: asked or right | sure and wrong |\n|---|---|---|---|---|---|---|')
    for field in sorted(tallies):
        print(tallies[field].row(field))
    for field in sorted(tallies):
        for name, true, value, review in tallies[field].misses[:most_misses]:
            print(f'  {field}: {name}: «{true}» came out «{value}» ({review})')


def digitize(sources, out, data):
    """NAME.json of each file, by the program that users call."""
    subprocess.run([os.path.join(BIN, 'sohoa'), 'digitize', *sources, '--data', data, '--out', out], check=True, **QUIET)


def found_in(folder):
    """What the rules find in pages read, by file stem, with the milliseconds that they took."""
    files = sorted(glob.glob(os.path.join(folder, '**/*.json'), recursive=True))
    found, milliseconds, pages = {}, 0, 0
    for start in range(0, len(files), 200):
        lines = subprocess.run([os.path.join(BIN, 'sohoa-fields'), *files[start:start + 200]], check=True, stdout=subprocess.PIPE).stdout
        for line in lines.decode('utf8').splitlines():
            one = json.loads(line)
            found[os.path.basename(one['file']).removesuffix('.json')] = one
            milliseconds += one['milliseconds']
            pages += one['pages']
    print(f'{len(found)} documents, {pages} pages, {milliseconds / max(pages, 1):.2f} ms a page for fields', file=sys.stderr)
    return found


def gold(folder):
    truths = [json.loads(line) for line in open(os.path.join(SHARED, 'vi/gold/fields.jsonl'), encoding='utf8')]
    if not os.path.isdir(folder):
        digitize([os.path.join(SHARED, truth['file']) for truth in truths], folder, folder + '-data')
    found, tallies = found_in(folder), collections.defaultdict(Tally)
    for truth in truths:
        if truth['signature_page'] > 1 and truth['file'].endswith('.png'):  # the page alone was given
            truth = {key: value for key, value in truth.items() if not key.startswith('signer')}
        score(tallies, os.path.basename(truth['file']), truth, found[os.path.splitext(os.path.basename(truth['file']))[0]])
    return tallies


CROPS = {'CQBH': ('agency', 'issuing_agency'), 'So_Ki_Hieu': ('number', 'number_symbol'), 'Ngay_BH': ('date', 'issue_date'),
         'Loai_VB': ('type', 'document_type'), 'ND_Chinh': ('abstract', 'abstract'), 'Chu_Ky': ('name', 'signer_name'),
         'Chuc_Vu': ('title', 'signer_title')}


def crops(folder):
    """Crops of single fields (vi/fields): the one rule that can do without a page. Lists of recipients are left out: a crop cuts their lines.
    Truth: the silver text, put right where silver_issues.tsv says so. Numbers and days of these documents are written by pen."""
    own = os.path.join(SHARED, 'vi/fields')
    with open(os.path.join(own, 'silver_issues.tsv'), encoding='utf8') as file:
        right = {row['image']: row['image_reads'].replace('\\n', '\n') for row in csv.DictReader(file, delimiter='\t')}
    rows = [row for row in json.load(open(os.path.join(own, 'fields.json'), encoding='utf8')) if row['field'] in CROPS]
    if not os.path.isdir(folder):
        digitize([os.path.join(own, row['image']) for row in rows], folder, folder + '-data')
    tallies = collections.defaultdict(Tally)
    for row in rows:
        rule, field = CROPS[row['field']]
        true = right.get(row['image'], row['text'])
        if true.startswith('('):
            true = row['text']
        if field == 'number_symbol':
            true = re.sub(r'^Số ?:? ?|\s', '', true)
        if field == 'issue_date':
            day, month, year = (re.search(word + r' (\d+)', 'ngày ' + true if true[0].isdigit() else true) for word in ('ngày', 'tháng', 'năm'))
            true = '-'.join(f'{int(part[1]):02}' for part in (year, month, day) if part)
        read = subprocess.run([os.path.join(BIN, 'sohoa-fields'), '--rule', rule, os.path.join(folder, row['image'][:-4] + '.json')],
                              check=True, stdout=subprocess.PIPE).stdout
        tallies[field].add(row['image'], true, json.loads(read), field in ('number_symbol', 'issue_date'))
    return tallies


def synthetic(folder, stratum, count, seed):
    own = os.path.join(folder, stratum)
    if not os.path.isdir(own):
        subprocess.run([os.path.join(BIN, 'sohoa-generate'), '--out', own, '--count', str(count), '--seed', str(seed), '--format', 'pdf',
                        '--stratum', stratum, '--types', TYPES, '--corpus', os.path.join(SHARED, 'vi/corpus')], check=True, **QUIET)
    if not os.path.isdir(own + '-out'):
        digitize(sorted(glob.glob(own + '/*.pdf')), own + '-out', own + '-data')
    found, tallies = found_in(own + '-out'), collections.defaultdict(Tally)
    for name, one in found.items():
        with open(os.path.join(own, name + '.truth.json'), encoding='utf8') as file:
            truth = json.load(file)
        score(tallies, name, dict(truth['fields'], type_code=truth['type'].replace('-', '_')), one)
    return tallies


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--count', type=int, default=144, help='synthetic documents of each stratum')
    parser.add_argument('--seed', type=int, default=21)
    parser.add_argument('--strata', default=','.join(STRATA))
    parser.add_argument('--misses', type=int, default=1000, help='misses shown of each field')
    parser.add_argument('--keep', help='folder for what was read; read again only what is not there')
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or temporary
        report('gold', gold(os.path.join(folder, 'gold')), arguments.misses)
        report('crops of single fields', crops(os.path.join(folder, 'crops')), arguments.misses)
        for stratum in filter(None, arguments.strata.split(',')):
            report('synthetic ' + stratum, synthetic(folder, stratum, arguments.count, arguments.seed), arguments.misses)


if __name__ == '__main__':
    main()
